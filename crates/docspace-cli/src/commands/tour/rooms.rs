//! First chapter: a room from its making to its end.

use docspace::{Error, RoomType};

use super::guide::{Guide, brief, expect};
use crate::failure::Failure;

pub(super) async fn walk(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Rooms")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Audit 2026");
    let mut create = portal.rooms().create(&title, RoomType::Custom).color("FF5733");
    let mut asked = format!("create a custom room “{title}”");
    // A tag would stay in the portal's catalogue of tags when the room is gone.
    if !guide.is_live() {
        create = create.tags(["audit", "client"]);
        asked.push_str(" with tags audit and client");
    }
    let room = guide
        .step(&asked, create.send(), |room| {
            expect(room.title == title, "another title came back")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&room);
    let handle = portal.room(&room);
    guide
        .step("read it", handle.get(), |room| {
            let mut tags = room.tags.clone();
            tags.sort();
            let tags = if tags.is_empty() { String::new() } else { format!(", tags {}", tags.join(" and ")) };
            Ok(format!("{}, active{tags}, {} files", brief(room), room.files_count))
        })
        .await?;
    let title = guide.title("Audit 2027");
    let renamed = guide
        .step(&format!("rename it to “{title}”"), handle.rename(&title), |room| {
            expect(room.title == title, "it has another title")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&renamed);
    guide.work("archive it, and wait", handle.archive(), |room| Ok(format!("{}, in the archive", brief(room)))).await?;
    guide.work("restore it, and wait", handle.restore(), |room| Ok(format!("{}, active again", brief(room)))).await?;
    guide.work("archive it again, and wait", handle.archive(), |_| Ok("in the archive".to_owned())).await?;
    guide.work("delete it, and wait", handle.clone().delete(), |()| Ok("gone".to_owned())).await?;
    guide.forget(&room.id);
    guide.refused("read it once more", handle.get(), Error::is_not_found).await
}
