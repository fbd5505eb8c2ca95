//! The guide "Create a room template".

use contract::raw::Body;
use contract::target::Target;
use serde_json::json;

use super::{CUSTOM, completed, room};

const TEMPLATE: &str = "files/roomtemplate";
const TEMPLATE_STATUS: &str = "files/roomtemplate/status";
const FROM_TEMPLATE: &str = "files/rooms/fromtemplate";
const FROM_TEMPLATE_STATUS: &str = "files/rooms/fromtemplate/status";

#[tokio::test]
async fn copying_the_logo_is_not_part_of_the_logo() {
    Target::run(async |target| {
        let (raw, id, title) = (target.raw(), room(target, CUSTOM).await, target.title("template"));
        let guide = json!({"roomId": id, "title": title, "logo": {"copyLogo": true}, "public": true, "tags": []});
        let fields = ["Logo.TmpFile", "Logo.Width", "Logo.Height"];
        raw.send("POST", TEMPLATE, guide).await.is_invalid(&fields);
        let mended = json!({"roomId": id, "title": title, "copyLogo": true});
        raw.send("POST", TEMPLATE, mended).await.response();
        assert_eq!(completed(target, &raw, TEMPLATE_STATUS).await["error"], "");
    })
    .await;
}

#[tokio::test]
async fn a_title_is_needed_although_nothing_says_so() {
    Target::run(async |target| {
        let (raw, id) = (target.raw(), room(target, CUSTOM).await);
        raw.send("POST", TEMPLATE, json!({"roomId": id})).await.response();
        let status = completed(target, &raw, TEMPLATE_STATUS).await;
        assert_eq!(status["templateId"], -1);
        assert_ne!(status["error"], "");
    })
    .await;
}

#[tokio::test]
async fn a_template_of_a_room_that_does_not_exist_fails_later() {
    Target::run(async |target| {
        let raw = target.raw();
        raw.send("POST", TEMPLATE, json!({"roomId": 987_654_321, "title": "x"})).await.response();
        let status = completed(target, &raw, TEMPLATE_STATUS).await;
        assert_eq!(status["templateId"], -1);
        assert_ne!(status["error"], "");
    })
    .await;
}

#[tokio::test]
async fn a_template_needs_the_number_of_a_room() {
    Target::run(async |target| {
        let raw = target.raw();
        raw.send("POST", TEMPLATE, json!({"title": "x"})).await.is_invalid(&["$"]);
        raw.send("POST", TEMPLATE, json!({"roomId": "abc", "title": "x"})).await.is_invalid(&["$.roomId"]);
        raw.send("POST", TEMPLATE, Body::Absent).await.is_unsupported();
    })
    .await;
}

#[tokio::test]
async fn a_room_from_a_template_needs_a_title() {
    Target::run(async |target| {
        let raw = target.raw();
        raw.send("POST", FROM_TEMPLATE, json!({})).await.is_invalid(&["$"]);
        raw.send("POST", FROM_TEMPLATE, json!({"templateId": 1})).await.is_invalid(&["$"]);
        raw.send("POST", FROM_TEMPLATE, Body::Absent).await.is_unsupported();
    })
    .await;
}

#[tokio::test]
async fn the_status_of_a_room_from_a_template_is_no_list() {
    Target::run(async |target| {
        let (raw, id) = (target.raw(), room(target, CUSTOM).await);
        raw.send("POST", TEMPLATE, json!({"roomId": id, "title": target.title("template")})).await.response();
        let template = completed(target, &raw, TEMPLATE_STATUS).await["templateId"].clone();
        let guide = json!({"templateId": template, "title": target.title("next")});
        assert_eq!(raw.send("POST", FROM_TEMPLATE, guide).await.response()["roomId"], -1);
        let status = completed(target, &raw, FROM_TEMPLATE_STATUS).await;
        assert_eq!(status["error"], "");
        assert!(status["roomId"].as_i64().is_some_and(|id| id > 0), "{status}");
    })
    .await;
}

#[tokio::test]
async fn a_room_is_no_template() {
    Target::run(async |target| {
        let (raw, id) = (target.raw(), room(target, CUSTOM).await);
        raw.send("POST", FROM_TEMPLATE, json!({"templateId": id, "title": target.title("x")})).await.response();
        assert_ne!(completed(target, &raw, FROM_TEMPLATE_STATUS).await["error"], "");
    })
    .await;
}

#[tokio::test]
async fn templates_are_listed_where_the_guide_looks() {
    Target::run(async |target| {
        let (raw, id, title) = (target.raw(), room(target, CUSTOM).await, target.title("template"));
        raw.send("POST", TEMPLATE, json!({"roomId": id, "title": title})).await.response();
        let template = completed(target, &raw, TEMPLATE_STATUS).await["templateId"].clone();
        let listed = raw.get("files/rooms?searchArea=Templates").await;
        let folders = listed.response()["folders"].as_array().expect("folders");
        let found = folders.iter().find(|folder| folder["id"] == template).expect("the template");
        assert_eq!(found["title"], json!(title));
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_made_no_template_has_no_status() {
    Target::on_mock(async |target, _| {
        assert_eq!(target.raw().get(TEMPLATE_STATUS).await.ok(), None);
        assert_eq!(target.raw().get(FROM_TEMPLATE_STATUS).await.ok(), None);
    })
    .await;
}

#[tokio::test]
async fn templates_cannot_be_archived_and_have_no_links() {
    Target::run(async |target| {
        let (raw, id) = (target.raw(), room(target, CUSTOM).await);
        raw.send("POST", TEMPLATE, json!({"roomId": id, "title": target.title("template")})).await.response();
        let template = completed(target, &raw, TEMPLATE_STATUS).await["templateId"].clone();
        raw.send("PUT", &format!("files/rooms/{template}/archive"), json!({})).await.is_error(404);
        let link = json!({"access": 2, "linkType": 1});
        raw.send("PUT", &format!("files/rooms/{template}/links"), link).await.is_error(403);
    })
    .await;
}
