//! API keys: owners, scopes, changes and rotation.

use std::time::Duration;

use contract::target::Target;
use docspace::keys::{ApiKey, KeyId, Keys};
use docspace::{ErrorKind, Portal, RoomType, Secret};
use docspace_mock::{Fault, MockPortal, Role};
use uuid::Uuid;

fn with(mock: &MockPortal, key: &Secret) -> Portal {
    Portal::builder(mock.url()).api_key(key.expose()).build().unwrap()
}

async fn with_ann() -> MockPortal {
    MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a mock portal")
}

fn ids(keys: &[ApiKey]) -> Vec<KeyId> {
    keys.iter().map(|key| key.id).collect()
}

#[tokio::test]
async fn administrators_can_list_all_keys_or_only_their_own() {
    Target::run_on(with_ann().await, async |target, mock| {
        let portal = target.portal();
        let hers = Portal::builder(mock.url()).api_key(mock.key("ann")).build().unwrap();
        let of_ann = hers.keys().create("ann").send().await.unwrap();
        let mine = portal.keys().create("mine").send().await.unwrap();
        assert_eq!(ids(&portal.keys().list().await.unwrap()), [mine.id, of_ann.id]);
        assert_eq!(ids(&portal.keys().mine().await.unwrap()), [mine.id]);
        assert_eq!(portal.keys().get(of_ann.id).await.unwrap().name, "ann");
        assert!(hers.keys().get(mine.id).await.unwrap_err().is_not_found());
        assert!(portal.keys().get(KeyId(Uuid::from_u128(77))).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn my_id_works_with_every_key_and_session() {
    Target::run_on(with_ann().await, async |target, mock| {
        let portal = target.portal();
        let me = portal.me().await.unwrap().id;
        let limited = portal.keys().create("limited").scopes(["rooms:read"]).send().await.unwrap();
        let session = Portal::builder(mock.url()).token(mock.token("owner")).build().unwrap();
        for portal in [portal, with(mock, &limited.key), session] {
            assert_eq!(portal.my_id().await.unwrap(), me);
        }
        let anonymous = Portal::builder(mock.url()).anonymous().build().unwrap();
        assert!(anonymous.my_id().await.unwrap_err().is_unauthorized());
    })
    .await;
}

#[tokio::test]
async fn the_list_of_scopes_matches_the_portal() {
    Target::run(async |target| {
        assert_eq!(target.portal().keys().scopes().await.unwrap(), Keys::SCOPES);
    })
    .await;
}

#[tokio::test]
async fn unknown_scopes_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let id = KeyId(Uuid::from_u128(77));
        for error in [
            portal.keys().create("x").scopes(["rooms:writ"]).send().await.unwrap_err(),
            portal.keys().set_scopes(id, ["rooms:writ"]).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains("`rooms:writ`") && error.to_string().contains("rooms:write"), "{error}");
        }
        assert_eq!(portal.keys().set_scopes::<String>(id, []).await.unwrap_err().kind(), ErrorKind::Invalid);
        let unlimited = portal.keys().create("x").scopes::<String>([]).send().await.unwrap_err();
        assert_eq!(unlimited.kind(), ErrorKind::Invalid, "a portal treats no scopes as all scopes");
        assert!(mock.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn keys_for_rooms_allow_all_calls_about_rooms() {
    Target::on_mock(async |target, mock| {
        let key = target.portal().keys().create("rooms").for_rooms().send().await.unwrap();
        let portal = Target::at(mock.url(), key.key.expose(), false).portal();
        let room = portal.rooms().create("room", RoomType::Custom).tags(["audit"]).send().await.unwrap();
        let handle = portal.room(&room);
        handle.links().create(docspace::Access::Read).send().await.unwrap();
        portal.tags().list().await.unwrap();
        handle.archive().await.unwrap().wait().await.unwrap();
        assert!(portal.people().list().all().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn scopes_can_be_extended_restricted_and_removed() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let key = portal.keys().create("x").scopes(["rooms:read"]).send().await.unwrap();
        let scopes = async || portal.keys().get(key.id).await.unwrap().permissions;
        portal.keys().set_scopes(key.id, ["rooms:read", "files:read", "rooms:read"]).await.unwrap();
        assert_eq!(scopes().await.unwrap(), ["rooms:read", "files:read"]);
        portal.keys().set_scopes(key.id, ["*"]).await.unwrap();
        assert_eq!(scopes().await, None, "all scopes");
        assert!(with(mock, &key.key).me().await.is_ok());
        portal.keys().set_scopes(key.id, ["accounts:read"]).await.unwrap();
        assert!(with(mock, &key.key).rooms().list().all().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn scopes_that_the_portal_did_not_store_are_an_error() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let key = portal.keys().create("x").scopes(["rooms:read"]).send().await.unwrap();
        let done = r#"{"response":true,"count":1,"links":[],"status":0,"statusCode":200}"#;
        mock.faults().next("PUT /keys/*", Fault::status(200).body(done));
        let error = portal.keys().set_scopes(key.id, ["files:read"]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains("rooms:read"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn keys_of_other_people_cannot_be_rotated() {
    Target::run_on(with_ann().await, async |target, mock| {
        let hers = Portal::builder(mock.url()).api_key(mock.key("ann")).build().unwrap();
        let key = hers.keys().create("ann").send().await.unwrap();
        let portal = target.portal();
        let error = portal.keys().rotate(key.id).await.unwrap_err();
        assert!(error.kind() == ErrorKind::Invalid && error.to_string().contains("Ann Tester"), "{error}");
        assert_eq!(portal.keys().list().await.unwrap().len(), 1);
        hers.keys().rotate(key.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rotated_keys_keep_their_scopes_and_lifetime() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let free = portal.keys().create("free").send().await.unwrap();
        portal.keys().set_scopes(free.id, ["*"]).await.unwrap();
        let new = portal.keys().rotate(free.id).await.unwrap();
        assert!(new.permissions.is_none_or(|scopes| scopes.is_empty()) && new.expires_at.is_none());
        let short = portal.keys().create("short").for_rooms().expires_in_days(30).send().await.unwrap();
        let new = portal.keys().rotate(short.id).await.unwrap();
        assert_eq!(new.permissions, short.permissions);
        let days = new.expires_at.unwrap().to_utc() - new.create_on.to_utc();
        assert_eq!(days.num_days(), 30);
    })
    .await;
}

#[tokio::test]
async fn rotation_fails_and_names_the_new_key_if_the_keys_differ() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let old = portal.keys().create("old").for_rooms().send().await.unwrap();
        let other = portal.keys().create("other").send().await.unwrap();
        let answer = serde_json::json!({"response": other, "count": 1, "links": [], "status": 0, "statusCode": 200});
        mock.faults().next("POST /keys", Fault::status(200).body(answer.to_string()));
        let error = portal.keys().rotate(old.id).await.unwrap_err();
        assert!(error.kind() == ErrorKind::NotDone && error.to_string().contains(&other.id.to_string()), "{error}");
        assert!(!format!("{error} {error:?}").contains(other.key.expose()));
    })
    .await;
}

#[tokio::test]
async fn sessions_have_no_current_key() {
    Target::on_mock(async |_, mock| {
        let session = Portal::builder(mock.url()).token(mock.token("owner")).build().unwrap();
        assert_eq!(session.keys().current().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert!(mock.requests().is_empty());
    })
    .await;
}

/// A portal answers 200 and `false`. The expiry date from the portal decides whether the key has
/// expired, not the local clock.
#[tokio::test]
async fn expired_keys_cannot_be_changed() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let key = portal.keys().create("short").expires_in_days(1).send().await.unwrap();
        mock.advance(Duration::from_secs(2 * 86_400));
        let error = portal.keys().rename(key.id, "longer").await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("update_key")), "{error}");
        let mut listed = target.raw().get("keys").await.body.unwrap();
        let entries = listed["response"].as_array_mut().unwrap().iter_mut();
        for entry in entries.filter(|entry| entry["name"] == "short") {
            entry["expiresAt"] = "2020-01-01T00:00:00.0000000Z".into();
        }
        let answer = Fault::status(200).header("Content-Type", "application/json").body(listed.to_string());
        mock.faults().next("GET /keys", answer);
        let error = portal.keys().rename(key.id, "longer").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("2020-01-01"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn rotated_keys_work_and_the_old_key_can_be_deleted() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = portal.keys().create("ci").scopes(["rooms:read"]).expires_in_days(30).send().await.unwrap();
        let new = portal.keys().rotate(made.id).await.unwrap();
        assert_eq!((new.name.as_str(), new.permissions), ("ci", made.permissions));
        portal.keys().delete(made.id).await.unwrap();

        let with = |key: &docspace::Secret| Portal::builder(target.url()).api_key(key.expose()).build().unwrap();
        assert!(with(&made.key).rooms().list().all().await.unwrap_err().is_unauthorized());
        assert!(with(&new.key).rooms().list().all().await.is_ok());
        assert_eq!(with(&new.key).keys().current().await.unwrap().id, new.id);
        assert!(portal.keys().delete(made.id).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn keys_can_be_deactivated_and_activated() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = portal.keys().create("ci").send().await.unwrap();
        let user = Portal::builder(target.url()).api_key(made.key.expose()).build().unwrap();
        portal.keys().set_active(made.id, false).await.unwrap();
        assert!(user.rooms().list().all().await.unwrap_err().is_unauthorized());
        portal.keys().set_active(made.id, true).await.unwrap();
        assert!(user.rooms().list().all().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn invalid_keys_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let keys = target.portal();
        let before = mock.requests().len();
        for bad in [
            keys.keys().create(" ").send().await,
            keys.keys().create("x".repeat(31)).send().await,
            keys.keys().create("x").expires_in_days(366).send().await,
            keys.keys().create("x").expires_in_days(0).send().await,
        ] {
            assert_eq!(bad.unwrap_err().kind(), ErrorKind::Invalid);
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}
