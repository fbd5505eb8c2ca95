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
async fn copy_logo_is_not_a_member_of_logo() {
    Target::run(async |target| {
        let (raw, id, title) = (target.raw(), room(target, CUSTOM).await, target.title("template"));
        let guide = json!({"roomId": id, "title": title, "logo": {"copyLogo": true}, "public": true, "tags": []});
        let fields = ["Logo.TmpFile", "Logo.Width", "Logo.Height"];
        raw.send("POST", TEMPLATE, guide).await.assert_invalid(&fields);
        let fixed = json!({"roomId": id, "title": title, "copyLogo": true});
        raw.send("POST", TEMPLATE, fixed).await.response();
        assert_eq!(completed(target, &raw, TEMPLATE_STATUS).await["error"], "");
    })
    .await;
}

#[tokio::test]
async fn templates_without_a_title_fail_after_they_are_accepted() {
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
async fn templates_of_missing_rooms_fail_after_they_are_accepted() {
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
async fn templates_without_a_numeric_room_id_are_rejected() {
    Target::run(async |target| {
        let raw = target.raw();
        raw.send("POST", TEMPLATE, json!({"title": "x"})).await.assert_invalid(&["$"]);
        raw.send("POST", TEMPLATE, json!({"roomId": "abc", "title": "x"})).await.assert_invalid(&["$.roomId"]);
        raw.send("POST", TEMPLATE, Body::Absent).await.assert_unsupported();
    })
    .await;
}

#[tokio::test]
async fn rooms_from_templates_need_a_title() {
    Target::run(async |target| {
        let raw = target.raw();
        raw.send("POST", FROM_TEMPLATE, json!({})).await.assert_invalid(&["$"]);
        raw.send("POST", FROM_TEMPLATE, json!({"templateId": 1})).await.assert_invalid(&["$"]);
        raw.send("POST", FROM_TEMPLATE, Body::Absent).await.assert_unsupported();
    })
    .await;
}

#[tokio::test]
async fn the_status_of_a_room_from_a_template_is_an_object() {
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
async fn rooms_cannot_be_used_as_templates() {
    Target::run(async |target| {
        let (raw, id) = (target.raw(), room(target, CUSTOM).await);
        raw.send("POST", FROM_TEMPLATE, json!({"templateId": id, "title": target.title("x")})).await.response();
        assert_ne!(completed(target, &raw, FROM_TEMPLATE_STATUS).await["error"], "");
    })
    .await;
}

#[tokio::test]
async fn templates_are_listed_with_the_search_area_of_the_guide() {
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
async fn template_status_is_missing_before_the_first_template() {
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
        raw.send("PUT", &format!("files/rooms/{template}/archive"), json!({})).await.assert_error(404);
        let link = json!({"access": 2, "linkType": 1});
        raw.send("PUT", &format!("files/rooms/{template}/links"), link).await.assert_error(403);
    })
    .await;
}
