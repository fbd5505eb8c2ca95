//! Copies the folders and files of a welcome room into a new room, and renames one of the copies.

use contract::target::Target;
use docspace::folders::Entry;
use docspace::{Portal, Result, RoomRef, RoomType};
use futures::TryStreamExt;

use crate::fixture::files;

async fn copy_welcome_pack(portal: &Portal, pack: impl Into<RoomRef>, room: impl Into<RoomRef>) -> Result<()> {
    let room = room.into();
    let entries: Vec<Entry> = portal.room(pack).content().try_collect().await?;
    let copying = portal.room(&room).copy_into(&entries).start().await?;
    // Returns when the room contains the copies. They have other ids than the originals.
    for copy in copying.wait().await? {
        if let Entry::File(file) = copy
            && file.title == "Welcome.txt"
        {
            let title = portal.room(&room).get().await?.title;
            // The portal keeps the ending of the name.
            portal.file(&file).rename(format!("Welcome, {title}")).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn welcome_pack_is_copied_and_one_file_is_renamed() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = async |title| portal.rooms().create(target.title(title), RoomType::Custom).send().await.unwrap();
        let (pack, room) = (create("Pack").await, create("Acme").await);
        let first = portal.room(&pack).folders().create("First steps").await.unwrap();
        portal.folder(&first).upload("read me.txt", "Begin here.").send().await.unwrap();
        portal.room(&pack).upload("Welcome.txt", "Welcome!").send().await.unwrap();

        copy_welcome_pack(&portal, &pack, &room).await.unwrap();
        let entries: Vec<Entry> = portal.room(&room).content().try_collect().await.unwrap();
        let mut titles: Vec<&str> = entries.iter().map(Entry::title).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["First steps", &*format!("Welcome, {}.txt", room.title)]);
        let copied = portal.room(&room).folders().find("First steps").await.unwrap().unwrap();
        assert_eq!(files(portal.folder(&copied).content()).await[0].title, "read me.txt");
        let originals = files(portal.room(&pack).content()).await;
        assert_eq!(originals[0].title, "Welcome.txt");
    })
    .await;
}
