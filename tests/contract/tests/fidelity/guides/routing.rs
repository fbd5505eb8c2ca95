//! Paths and methods that are almost correct.

use contract::raw::Body;
use contract::target::Target;
use serde_json::json;

use super::{CUSTOM, room};

#[tokio::test]
async fn files_room_does_not_accept_post() {
    Target::run(async |target| {
        let body = json!({"title": target.title("x"), "description": "from the guide"});
        target.raw().send("POST", "files/room", body).await.assert_allows_only("GET");
    })
    .await;
}

#[tokio::test]
async fn files_room_is_read_as_a_folder_id() {
    Target::run(async |target| {
        target.raw().get("files/room").await.assert_error(404);
        target.raw().get("files/roomtemplate").await.assert_error(404);
    })
    .await;
}

#[tokio::test]
async fn paths_below_files_room_do_not_exist() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        raw.get(&format!("files/room/{id}")).await.assert_empty(404);
        raw.send("DELETE", &format!("files/room/{id}"), Body::Absent).await.assert_empty(404);
        raw.send("PUT", &format!("files/room/{id}/archive"), json!({})).await.assert_empty(404);
        raw.send("PUT", &format!("files/room/{id}/archive"), Body::Absent).await.assert_empty(404);
        raw.send("PUT", &format!("files/room/{id}/rename"), json!({"title": "x"})).await.assert_empty(404);
    })
    .await;
}

#[tokio::test]
async fn rooms_have_no_rename_path() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        target.raw().send("PUT", &format!("files/rooms/{id}/rename"), json!({"title": "x"})).await.assert_empty(404);
    })
    .await;
}

#[tokio::test]
async fn wrong_methods_are_answered_with_the_allowed_ones() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        for (method, path, allowed) in [
            ("PATCH", format!("files/rooms/{id}"), "DELETE, GET, PUT"),
            ("POST", format!("files/rooms/{id}"), "DELETE, GET, PUT"),
            ("HEAD", format!("files/rooms/{id}"), "DELETE, GET, PUT"),
            ("OPTIONS", format!("files/rooms/{id}"), "DELETE, GET, PUT"),
            ("DELETE", "files/rooms".to_owned(), "GET, POST"),
            ("POST", format!("files/rooms/{id}/links"), "GET, PUT"),
            ("DELETE", format!("files/rooms/{id}/links"), "GET, PUT"),
            ("GET", format!("files/rooms/{id}/archive"), "PUT"),
            ("PUT", format!("files/rooms/{id}/link"), "GET"),
            ("DELETE", "files/fileops".to_owned(), "GET"),
        ] {
            raw.send(method, &path, Body::Absent).await.assert_allows_only(allowed);
        }
    })
    .await;
}

#[tokio::test]
async fn paths_match_in_any_letter_case_and_with_a_trailing_slash() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        for path in ["files/rooms/", "FILES/ROOMS", "files/Rooms/FromTemplate/status"] {
            raw.get(path).await.ok();
        }
        for path in [format!("files/rooms/{id}/"), format!("files/rooms/{id}/LINKS")] {
            raw.get(&path).await.response();
        }
    })
    .await;
}

#[tokio::test]
async fn other_versions_of_the_api_do_not_exist() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        for base in ["/api/1.0/files", "/api/3.0/files", "/api/files", "/files", "/api/2.0/files/"] {
            raw.get(&format!("{base}/rooms/{id}")).await.assert_empty(404);
        }
        assert_eq!(raw.get(&format!("/api/2.0/files/rooms/{id}")).await.response()["id"], id);
    })
    .await;
}

#[tokio::test]
async fn ids_with_an_extension_are_read_as_ids_of_third_party_storage() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        target.raw().get(&format!("files/rooms/{id}.json")).await.assert_error(404);
    })
    .await;
}

#[tokio::test]
async fn unknown_paths_are_answered_alike_with_and_without_credentials() {
    Target::run(async |target| {
        for raw in [target.raw(), target.raw().anonymous()] {
            raw.get("nothing/here").await.assert_empty(404);
            raw.send("PATCH", "files/rooms/1", Body::Absent).await.assert_allows_only("DELETE, GET, PUT");
        }
    })
    .await;
}

#[tokio::test]
async fn credentials_are_checked_before_the_body() {
    Target::run(async |target| {
        target.raw().anonymous().send("POST", "files/rooms", Body::Text("{bad")).await.assert_empty(401);
    })
    .await;
}
