//! Finds the rooms in whose history nothing has happened since a date, leaves a tag and a note in
//! them, and archives them.

use std::time::Duration;

use contract::target::Target;
use docspace::rooms::Outcomes;
use docspace::{Portal, Result, Room, RoomType, Timestamp};
use futures::TryStreamExt;

use crate::fixture::files;

async fn archive_abandoned_rooms(portal: &Portal, since: Timestamp) -> Result<Outcomes<Room>> {
    let mut abandoned = Vec::new();
    for room in portal.rooms().list().all().await? {
        let handle = portal.room(&room);
        // The first event decides, so the stream does not read the whole history.
        let is_used = handle.history().since(since).stream().try_next().await?.is_some();
        if is_used {
            continue;
        }
        handle.add_tags(["abandoned"]).await?;
        let note = format!("Archived because nothing had happened in this room since {}.", since.date());
        handle.upload("why this room is archived.txt", note).send().await?;
        abandoned.push(room.id);
    }
    // A room whose tag or note failed is not archived. A room that could not be archived has a new
    // event, so the result must be looked at: the next run would not find it.
    Ok(portal.rooms().many(abandoned).archive().finish().await)
}

#[tokio::test]
async fn rooms_without_events_are_archived_with_a_note() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let create = async |title: &str| portal.rooms().create(title, RoomType::Custom).send().await.unwrap();
        let (quiet, used) = (create("Quiet").await, create("Used").await);
        mock.advance(Duration::from_secs(95 * 86_400));
        portal.room(&used).upload("news.txt", "x").send().await.unwrap();
        let new = create("New").await;

        let outcomes = archive_abandoned_rooms(&portal, Timestamp::in_days(5)).await.unwrap();
        assert_eq!(outcomes.done.len(), 1);
        assert!(outcomes.failed.is_empty());
        let archived = portal.room(&quiet).get().await.unwrap();
        assert!(archived.is_archived() && archived.tags == ["abandoned"], "{archived:?}");
        let files = files(portal.room(&quiet).content()).await;
        assert_eq!(files[0].title, "why this room is archived.txt");
        for room in [&used, &new] {
            let room = portal.room(room).get().await.unwrap();
            assert!(room.is_active() && room.tags.is_empty(), "{room:?}");
        }
    })
    .await;
}
