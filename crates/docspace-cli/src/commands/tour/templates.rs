//! The third chapter: a template created from a room, and a room created from the template.

use docspace::RoomType;
use futures::TryStreamExt;

use super::guide::{Guide, brief, expect};
use crate::failure::Failure;

pub(super) async fn run(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Templates")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Course");
    let step = format!("create a public room “{title}”");
    let source =
        guide.step(&step, portal.rooms().create(&title, RoomType::Public).send(), |room| Ok(brief(room))).await?;
    guide.remember(&source);

    let title = guide.title("Course template");
    let mut save = portal.room(&source).save_as_template(&title).copy_logo().color("3366CC");
    let mut step = format!("create a template “{title}” from the room, with a color");
    // Tags belong to the whole portal, so the tour adds none to a real one.
    if !guide.is_live() {
        save = save.tags(["course"]);
        step.push_str(" and a tag");
    }
    let template = guide.operation(&step, save.start(), |template| Ok(brief(template))).await?;
    guide.remember(&template);
    let listing = async {
        let templates = portal.templates().list().search(&title).stream();
        templates.try_collect::<Vec<_>>().await
    };
    guide
        .step("list the templates with this title", listing, |found| {
            expect(found.iter().any(|room| room.id == template.id), "the list does not contain the template")?;
            Ok(found.iter().map(brief).collect::<Vec<_>>().join(", "))
        })
        .await?;

    let title = guide.title("Course, spring 2027");
    let step = format!("create a room “{title}” from the template");
    let start = portal.template(&template).create_room(&title).copy_logo().start();
    let room = guide
        .operation(&step, start, |room| {
            expect(room.room_type == source.room_type, "the type of the room differs from that of the source room")?;
            Ok(brief(room))
        })
        .await?;
    guide.remember(&room);
    guide.operation("delete the template", portal.template(&template).delete(), |()| Ok("deleted".to_owned())).await?;
    guide.forget(&template.id);
    for room in [source, room] {
        let step = format!("delete {}", brief(&room));
        guide.operation(&step, portal.room(&room).delete(), |()| Ok("deleted".to_owned())).await?;
        guide.forget(&room.id);
    }
    Ok(())
}
