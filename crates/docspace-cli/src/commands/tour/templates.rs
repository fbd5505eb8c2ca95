//! Third chapter: a template made from a room, and a room made from the template.

use docspace::RoomType;
use futures::TryStreamExt;

use super::guide::{Guide, brief, expect};
use crate::failure::Failure;

pub(super) async fn walk(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Templates")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Course");
    let asked = format!("create a public room “{title}”");
    let source =
        guide.step(&asked, portal.rooms().create(&title, RoomType::Public).send(), |room| Ok(brief(room))).await?;
    guide.remember(&source);

    let title = guide.title("Course template");
    let mut save = portal.room(&source).save_as_template(&title).copy_logo().color("3366CC");
    let mut asked = format!("make a template “{title}” from it, with a colour");
    // A tag would stay in the portal's catalogue of tags when the template is gone.
    if !guide.is_live() {
        save = save.tags(["course"]);
        asked.push_str(" and a tag");
    }
    asked.push_str(", and wait");
    let template = guide.work(&asked, save.start(), |template| Ok(brief(template))).await?;
    guide.remember(&template);
    let listing = async {
        let mine = portal.templates().list().search(&title).stream();
        mine.try_collect::<Vec<_>>().await
    };
    guide
        .step("list the templates with this title", listing, |found| {
            expect(found.iter().any(|room| room.id == template.id), "the template is not among them")?;
            Ok(found.iter().map(brief).collect::<Vec<_>>().join(", "))
        })
        .await?;

    let title = guide.title("Course, spring 2027");
    let asked = format!("create a room “{title}” from the template, and wait");
    let start = portal.template(&template).create_room(&title).copy_logo().start();
    let room = guide
        .work(&asked, start, |room| {
            expect(room.room_type == source.room_type, "it has another type")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&room);
    guide
        .work("delete the template, and wait", portal.template(&template).delete(), |()| Ok("gone".to_owned()))
        .await?;
    guide.forget(&template.id);
    for room in [source, room] {
        let asked = format!("delete {}, and wait", brief(&room));
        guide.work(&asked, portal.room(&room).delete(), |()| Ok("gone".to_owned())).await?;
        guide.forget(&room.id);
    }
    Ok(())
}
