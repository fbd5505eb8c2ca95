//! The guide "Manage room links".

use contract::target::Target;
use serde_json::{Value, json};

use super::{CUSTOM, EDITING, FILLING_FORMS, PUBLIC, VIRTUAL_DATA, room};

/// The request of the guide for an external link.
fn guide() -> Value {
    json!({"access": 2, "expirationDate": null, "internal": true, "primary": false})
}

/// The same request with the link type that the guide means.
fn fixed() -> Value {
    json!({"access": 2, "linkType": 1, "expirationDate": null, "internal": true, "primary": true})
}

#[tokio::test]
async fn links_without_a_type_are_invitations() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let made = target.raw().send("PUT", &links, guide()).await;
        let link = &made.response()["sharedLink"];
        assert_eq!((&link["linkType"], &link["internal"], &link["primary"]), (&0.into(), &false.into(), &false.into()));
        target.raw().send("PUT", &links, guide()).await.assert_error(403);
    })
    .await;
}

#[tokio::test]
async fn form_filling_rooms_refuse_the_invitation_of_the_guide() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, FILLING_FORMS).await);
        target.raw().send("PUT", &links, guide()).await.assert_error(403);
    })
    .await;
}

#[tokio::test]
async fn links_created_with_put_are_never_primary() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let made = target.raw().send("PUT", &links, fixed()).await;
        let link = &made.response()["sharedLink"];
        assert_eq!((&link["linkType"], &link["internal"], &link["primary"]), (&1.into(), &true.into(), &false.into()));
    })
    .await;
}

#[tokio::test]
async fn links_of_public_rooms_are_never_internal() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, PUBLIC).await);
        let made = target.raw().send("PUT", &links, fixed()).await;
        assert_eq!(made.response()["sharedLink"]["internal"], false);
    })
    .await;
}

#[tokio::test]
async fn room_types_without_additional_links_refuse_one() {
    Target::run(async |target| {
        for room_type in [FILLING_FORMS, EDITING, VIRTUAL_DATA] {
            let links = format!("files/rooms/{}/links", room(target, room_type).await);
            target.raw().send("PUT", &links, fixed()).await.assert_error(403);
        }
    })
    .await;
}

#[tokio::test]
async fn empty_requests_create_no_link() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        assert_eq!(raw.send("PUT", &links, json!({})).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn empty_requests_are_refused_if_the_room_has_an_invitation() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, guide()).await.response();
        target.raw().send("PUT", &links, json!({})).await.assert_error(403);
    })
    .await;
}

#[tokio::test]
async fn link_types_are_accepted_only_as_numbers() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        for written in ["External", "1"] {
            let body = json!({"access": 2, "linkType": written});
            target.raw().send("PUT", &links, body).await.assert_invalid(&["$.linkType"]);
        }
        target.raw().send("PUT", &links, json!({"access": 2, "linkType": 2})).await.assert_error(403);
    })
    .await;
}

#[tokio::test]
async fn external_links_with_access_1_are_refused() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, json!({"access": 1, "linkType": 1})).await.assert_error(403);
    })
    .await;
}

#[tokio::test]
async fn misspelled_access_revokes_the_link() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        let made = raw.send("PUT", &links, fixed()).await;
        let id = &made.response()["sharedLink"]["id"];
        let misspelled = json!({"linkId": id, "linkType": 1, "access": "read"});
        assert_eq!(raw.send("PUT", &links, misspelled).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn updates_without_an_access_revoke_the_link() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        let made = raw.send("PUT", &links, fixed()).await;
        let id = &made.response()["sharedLink"]["id"];
        assert_eq!(raw.send("PUT", &links, json!({"linkId": id, "linkType": 1, "title": "x"})).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn expiry_dates_in_the_past_make_external_links_permanent() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        let made = raw.send("PUT", &links, json!({"access": 2, "linkType": 1, "expirationDate": "2035-01-01"})).await;
        let link = &made.response()["sharedLink"];
        assert!(link["expirationDate"].is_string(), "{link}");
        let body = json!({"linkId": link["id"], "access": 2, "linkType": 1, "expirationDate": "2020-01-01T00:00:00Z"});
        let changed = raw.send("PUT", &links, body).await;
        let link = &changed.response()["sharedLink"];
        assert_eq!((link.get("expirationDate"), &link["isExpired"]), (None, &false.into()));
    })
    .await;
}

#[tokio::test]
async fn invitations_with_an_expiry_date_in_the_past_are_refused() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let body = json!({"access": 2, "linkType": 0, "expirationDate": "2020-01-01T00:00:00Z"});
        target.raw().send("PUT", &links, body).await.assert_error(400);
    })
    .await;
}

#[tokio::test]
async fn invitations_accept_1_to_1000_uses() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        for uses in [0, 1001] {
            let body = json!({"access": 2, "linkType": 0, "maxUseCount": uses});
            target.raw().send("PUT", &links, body).await.assert_invalid(&["RoomLink.MaxUseCount"]);
        }
    })
    .await;
}

#[tokio::test]
async fn link_requests_without_a_body_are_rejected() {
    Target::run(async |target| {
        use contract::raw::Body;
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, Body::Absent).await.assert_unsupported();
        target.raw().send("PUT", &links, Body::Empty).await.assert_invalid(&["RoomLink"]);
    })
    .await;
}
