//! Changing the owner of a room.

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use super::{as_person, id_of, with_ann};
use crate::fixture::titled_room;

#[tokio::test]
async fn rooms_can_be_given_to_a_person_who_can_own_rooms() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let ann = id_of(target, mock, "ann").await;
        let given = portal.room(&made).change_owner(ann).await.unwrap();
        assert_eq!((given.id, given.created_by.unwrap().id), (made.id.clone(), ann));
        let as_ann = as_person(target, mock, "ann");
        as_ann.room(&made).rename("mine now").await.unwrap();
        let ulf = id_of(target, mock, "ulf").await;
        assert!(as_ann.room(&made).change_owner(ulf).await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn former_owner_stays_in_the_room_as_room_manager() {
    Target::run_on(with_ann().await, async |target, mock| {
        let ann = as_person(target, mock, "ann");
        let made = ann.rooms().create("room", RoomType::Custom).send().await.unwrap();
        let owner = target.portal().me().await.unwrap().id;
        let given = ann.room(&made).change_owner(owner).await.unwrap();
        assert_eq!(given.created_by.unwrap().id, owner);
        ann.room(&made).rename("still mine to name").await.unwrap();
        assert!(ann.room(&made).delete().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn owner_changes_that_the_portal_did_not_make_are_an_error() {
    Target::run_on(with_ann().await, async |target, mock| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let empty = json!({"response": [], "count": 0, "links": [], "status": 0, "statusCode": 200}).to_string();
        mock.faults().next("POST /files/owner", Fault::status(200).body(empty));
        let ann = id_of(target, mock, "ann").await;
        let error = portal.room(&made).change_owner(ann).await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("change_owner")), "{error}");
    })
    .await;
}
