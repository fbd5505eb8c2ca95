//! What was measured with generated SDKs on a real portal, and with the portal itself, and must not be possible here: one
//! test for each. That no call goes out without credentials is tested with every call, in the fault matrix.

use contract::target::Target;
use docspace::{Access, ErrorKind, Room, RoomType, Timestamp};
use docspace_mock::Fault;
use futures::future::join_all;
use serde_json::json;

const PASSWORD: &str = "Tr0ub4dor&3";

async fn room(target: &Target, kind: RoomType) -> Room {
    target.portal().rooms().create(target.title("room"), kind).send().await.unwrap()
}

fn far_ahead() -> Timestamp {
    (chrono::Utc::now() + chrono::Days::new(400)).into()
}

#[tokio::test]
async fn an_expiry_is_set_and_not_dropped() {
    Target::run(async |target| {
        let room = room(target, RoomType::Custom).await;
        let (links, date) = (target.portal().room(&room).links(), far_ahead());
        let made = links.create(Access::Read).expires(date).send().await.unwrap();
        let listed = links.get(made.id()).await.unwrap();
        let kept = listed.shared_link.expiration_date.expect("an expiry");
        assert_eq!(kept.to_utc().timestamp(), date.to_utc().timestamp());
    })
    .await;
}

#[tokio::test]
async fn a_renamed_link_is_neither_revoked_nor_stripped() {
    Target::run(async |target| {
        let room = room(target, RoomType::Custom).await;
        let links = target.portal().room(&room).links();
        let made = links.create(Access::Comment).password(PASSWORD).expires(far_ahead()).send().await.unwrap();
        links.update(made.id()).title("Renamed").send().await.unwrap();
        let now = links.get(made.id()).await.unwrap();
        assert_eq!((now.title(), now.access), ("Renamed", Access::Comment));
        assert_eq!(now.shared_link.password.as_ref().map(|password| password.expose()), Some(PASSWORD));
        assert_eq!(now.shared_link.expiration_date, made.shared_link.expiration_date);
    })
    .await;
}

#[tokio::test]
async fn every_room_of_a_list_has_its_id() {
    Target::run(async |target| {
        let made = [room(target, RoomType::Custom).await, room(target, RoomType::Public).await];
        let listed = target.portal().rooms().list().search(target.title("room")).all().await.unwrap();
        for room in made {
            assert!(listed.iter().any(|listed| listed.id == room.id), "{} is missing", room.id);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_can_be_narrowed_to_two_types() {
    Target::run(async |target| {
        for kind in [RoomType::Custom, RoomType::Public, RoomType::Editing] {
            room(target, kind).await;
        }
        let list = target.portal().rooms().list().kind(RoomType::Custom).kind(RoomType::Public);
        let mut kinds: Vec<String> = list
            .search(target.title("room"))
            .all()
            .await
            .unwrap()
            .iter()
            .map(|room| room.room_type.to_string())
            .collect();
        kinds.sort();
        assert_eq!(kinds, ["Custom", "Public"]);
    })
    .await;
}

#[tokio::test]
async fn an_enum_value_that_nobody_knows_is_kept() {
    Target::on_mock(async |target, mock| {
        let room = room(target, RoomType::Custom).await;
        let mut answer = target.raw().get(&format!("files/rooms/{}", room.id)).await.body.unwrap();
        answer["response"]["roomType"] = json!(77);
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.to_string());
        mock.faults().next("GET /files/rooms/*", fault);
        let read = target.portal().room(&room).get().await.unwrap();
        assert_eq!(read.room_type, RoomType::Unknown(77));
    })
    .await;
}

#[tokio::test]
async fn what_the_portals_validation_says_of_each_field_is_told() {
    Target::on_mock(async |target, mock| {
        let room = room(target, RoomType::Custom).await;
        // The first request that breaks two rules; this crate's own checks would not let it out.
        let bad = json!({"title": "x".repeat(171), "logo": {"tmpFile": "", "width": 0, "height": 1}});
        let answer = target.raw().send("PUT", &format!("files/rooms/{}", room.id), bad).await;
        assert_eq!(answer.status, 400);
        let body = answer.body.unwrap();
        let fields = body["response"]["errors"].as_object().unwrap().clone();
        assert!(fields.len() > 1, "{body}");
        let fault = Fault::status(400).header("Content-Type", "application/problem+json").body(body.to_string());
        mock.faults().next("PUT /files/rooms/*", fault);
        let error = target.portal().room(&room).rename("new").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        for (field, texts) in &fields {
            assert_eq!(json!(error.details()[field]), *texts);
        }
    })
    .await;
}

/// Ten deletions at once are all answered with the first one's operation.
#[tokio::test]
async fn no_deletion_takes_anothers_operation_for_its_own() {
    Target::run(async |target| {
        let portal = &target.portal();
        let mut rooms = Vec::new();
        for _ in 0..4 {
            rooms.push(room(target, RoomType::Custom).await);
        }
        let deletions = rooms.iter().map(|room| async move { portal.room(room).delete().await?.wait().await });
        for outcome in join_all(deletions).await {
            outcome.unwrap();
        }
        for room in &rooms {
            assert!(portal.room(room).get().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// The portal itself archives eleven of them and answers 200 to all.
#[tokio::test]
async fn of_fourteen_rooms_archived_in_a_row_fourteen_are() {
    Target::run(async |target| {
        let portal = target.portal();
        let mut started = Vec::new();
        for _ in 0..14 {
            let room = room(target, RoomType::Custom).await;
            started.push(portal.room(&room).archive().await.unwrap());
        }
        for archive in started {
            assert!(archive.wait().await.unwrap().is_archived());
        }
    })
    .await;
}
