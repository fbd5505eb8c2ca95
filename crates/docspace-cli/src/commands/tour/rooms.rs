//! The first chapter: the life of a room, from its creation to its deletion.

use docspace::{Error, RoomType};

use super::guide::{Guide, brief, expect};
use crate::failure::Failure;

pub(super) async fn run(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Rooms")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Audit 2026");
    let mut create = portal.rooms().create(&title, RoomType::Custom).color("FF5733");
    let mut step = format!("create a custom room “{title}”");
    // Tags belong to the whole portal, so the tour adds none to a real one.
    if !guide.is_live() {
        create = create.tags(["audit", "client"]);
        step.push_str(" with tags audit and client");
    }
    let room = guide
        .step(&step, create.send(), |room| {
            expect(room.title == title, "the portal returned another title")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&room);
    let handle = portal.room(&room);
    guide
        .step("read the room", handle.get(), |room| {
            let mut tags = room.tags.clone();
            tags.sort();
            let tags = if tags.is_empty() { String::new() } else { format!(", tags {}", tags.join(" and ")) };
            Ok(format!("{}, active{tags}, {} files", brief(room), room.files_count))
        })
        .await?;
    let title = guide.title("Audit 2027");
    let renamed = guide
        .step(&format!("rename the room to “{title}”"), handle.rename(&title), |room| {
            expect(room.title == title, "the portal returned another title")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&renamed);
    guide.operation("archive the room", handle.archive(), |room| Ok(format!("{}, archived", brief(room)))).await?;
    guide.operation("restore the room", handle.restore(), |room| Ok(format!("{}, active again", brief(room)))).await?;
    guide.operation("archive the room again", handle.archive(), |_| Ok("archived".to_owned())).await?;
    guide.operation("delete the room", handle.clone().delete(), |()| Ok("deleted".to_owned())).await?;
    guide.forget(&room.id);
    guide.rejected("read the deleted room", handle.get(), Error::is_not_found).await
}
