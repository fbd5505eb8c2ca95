//! Pinned rooms.

use contract::target::Target;
use docspace::ErrorKind;

use crate::fixture::{room, titled_room};

#[tokio::test]
async fn pinned_rooms_are_listed_first() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let (first, _second) = (room(target).await, room(target).await);
        assert!(portal.room(&first).pin().await.unwrap().pinned);
        assert_eq!(portal.rooms().list().all().await.unwrap()[0].id, first.id);
        assert!(!portal.room(&first).unpin().await.unwrap().pinned);
    })
    .await;
}

#[tokio::test]
async fn an_eleventh_pin_is_a_conflict_that_names_the_pinned_rooms() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for number in 0..10 {
            let room = titled_room(target, &format!("pinned {number}")).await;
            portal.room(&room).pin().await.unwrap();
        }
        let one_more = titled_room(target, "one more").await;
        let error = portal.room(&one_more).pin().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(403)), "{error}");
        assert!(error.to_string().contains("pinned 7"), "{error}");
        // A pin that is refused for another reason is not a conflict.
        portal.room(&one_more).archive().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&one_more).pin().await.unwrap_err().is_forbidden());
        assert!(portal.room(987_654_321).pin().await.unwrap_err().is_forbidden());
    })
    .await;
}
