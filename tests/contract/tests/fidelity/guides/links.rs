//! The guide "Manage room links".

use contract::target::Target;
use serde_json::{Value, json};

use super::{CUSTOM, EDITING, FILLING_FORMS, PUBLIC, VIRTUAL_DATA, room};

/// The guide's request for an external link.
fn guide() -> Value {
    json!({"access": 2, "expirationDate": null, "internal": true, "primary": false})
}

/// The same with the type of link that it means.
fn mended() -> Value {
    json!({"access": 2, "linkType": 1, "expirationDate": null, "internal": true, "primary": true})
}

#[tokio::test]
async fn without_a_type_a_link_is_an_invitation() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let made = target.raw().send("PUT", &links, guide()).await;
        let link = &made.response()["sharedLink"];
        assert_eq!((&link["linkType"], &link["internal"], &link["primary"]), (&0.into(), &false.into(), &false.into()));
        target.raw().send("PUT", &links, guide()).await.is_error(403);
    })
    .await;
}

#[tokio::test]
async fn the_guides_invitation_is_not_for_form_filling_rooms() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, FILLING_FORMS).await);
        target.raw().send("PUT", &links, guide()).await.is_error(403);
    })
    .await;
}

#[tokio::test]
async fn a_link_made_by_a_put_is_never_primary() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let made = target.raw().send("PUT", &links, mended()).await;
        let link = &made.response()["sharedLink"];
        assert_eq!((&link["linkType"], &link["internal"], &link["primary"]), (&1.into(), &true.into(), &false.into()));
    })
    .await;
}

#[tokio::test]
async fn a_public_rooms_link_is_never_internal() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, PUBLIC).await);
        let made = target.raw().send("PUT", &links, mended()).await;
        assert_eq!(made.response()["sharedLink"]["internal"], false);
    })
    .await;
}

#[tokio::test]
async fn rooms_without_additional_links_refuse_one() {
    Target::run(async |target| {
        for room_type in [FILLING_FORMS, EDITING, VIRTUAL_DATA] {
            let links = format!("files/rooms/{}/links", room(target, room_type).await);
            target.raw().send("PUT", &links, mended()).await.is_error(403);
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_request_makes_no_link() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        assert_eq!(raw.send("PUT", &links, json!({})).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_empty_request_counts_as_an_invitation_too_many() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, guide()).await.response();
        target.raw().send("PUT", &links, json!({})).await.is_error(403);
    })
    .await;
}

#[tokio::test]
async fn the_type_of_a_link_is_a_number() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        for written in ["External", "1"] {
            let body = json!({"access": 2, "linkType": written});
            target.raw().send("PUT", &links, body).await.is_invalid(&["$.linkType"]);
        }
        target.raw().send("PUT", &links, json!({"access": 2, "linkType": 2})).await.is_error(403);
    })
    .await;
}

#[tokio::test]
async fn access_1_is_not_for_reading() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, json!({"access": 1, "linkType": 1})).await.is_error(403);
    })
    .await;
}

#[tokio::test]
async fn a_misspelt_access_revokes() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        let made = raw.send("PUT", &links, mended()).await;
        let id = &made.response()["sharedLink"]["id"];
        let misspelt = json!({"linkId": id, "linkType": 1, "access": "read"});
        assert_eq!(raw.send("PUT", &links, misspelt).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_title_without_an_access_revokes() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let raw = target.raw();
        let made = raw.send("PUT", &links, mended()).await;
        let id = &made.response()["sharedLink"]["id"];
        assert_eq!(raw.send("PUT", &links, json!({"linkId": id, "linkType": 1, "title": "x"})).await.ok(), None);
        assert_eq!(raw.get(&links).await.response(), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_expiry_in_the_past_makes_a_link_eternal() {
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
async fn an_invitation_takes_no_expiry_in_the_past() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        let body = json!({"access": 2, "linkType": 0, "expirationDate": "2020-01-01T00:00:00Z"});
        target.raw().send("PUT", &links, body).await.is_error(400);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_used_1_to_1000_times() {
    Target::run(async |target| {
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        for uses in [0, 1001] {
            let body = json!({"access": 2, "linkType": 0, "maxUseCount": uses});
            target.raw().send("PUT", &links, body).await.is_invalid(&["RoomLink.MaxUseCount"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_is_not_made_without_a_body() {
    Target::run(async |target| {
        use contract::raw::Body;
        let links = format!("files/rooms/{}/links", room(target, CUSTOM).await);
        target.raw().send("PUT", &links, Body::Absent).await.is_unsupported();
        target.raw().send("PUT", &links, Body::Empty).await.is_invalid(&["RoomLink"]);
    })
    .await;
}
