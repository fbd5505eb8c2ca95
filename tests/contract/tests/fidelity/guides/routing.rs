//! Paths and verbs that nearly fit.

use contract::raw::Body;
use contract::target::Target;
use serde_json::json;

use super::{CUSTOM, room};

#[tokio::test]
async fn files_room_takes_no_post() {
    Target::run(async |target| {
        let body = json!({"title": target.title("x"), "description": "from the guide"});
        target.raw().send("POST", "files/room", body).await.allows_only("GET");
    })
    .await;
}

#[tokio::test]
async fn files_room_is_taken_for_a_folder() {
    Target::run(async |target| {
        target.raw().get("files/room").await.is_error(404);
        target.raw().get("files/roomtemplate").await.is_error(404);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_below_files_room() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        raw.get(&format!("files/room/{id}")).await.is_bare(404);
        raw.send("DELETE", &format!("files/room/{id}"), Body::Absent).await.is_bare(404);
        raw.send("PUT", &format!("files/room/{id}/archive"), json!({})).await.is_bare(404);
        raw.send("PUT", &format!("files/room/{id}/archive"), Body::Absent).await.is_bare(404);
        raw.send("PUT", &format!("files/room/{id}/rename"), json!({"title": "x"})).await.is_bare(404);
    })
    .await;
}

#[tokio::test]
async fn rooms_are_not_renamed_by_rename() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        target.raw().send("PUT", &format!("files/rooms/{id}/rename"), json!({"title": "x"})).await.is_bare(404);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_verb_is_answered_with_the_right_ones() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        for (verb, path, allowed) in [
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
            raw.send(verb, &path, Body::Absent).await.allows_only(allowed);
        }
    })
    .await;
}

#[tokio::test]
async fn literals_match_in_any_case_and_with_a_slash_at_the_end() {
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
async fn only_one_version_of_the_api_exists() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        for base in ["/api/1.0/files", "/api/3.0/files", "/api/files", "/files", "/api/2.0/files/"] {
            raw.get(&format!("{base}/rooms/{id}")).await.is_bare(404);
        }
        assert_eq!(raw.get(&format!("/api/2.0/files/rooms/{id}")).await.response()["id"], id);
    })
    .await;
}

#[tokio::test]
async fn an_id_with_an_ending_is_taken_for_one_of_third_party_storage() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        target.raw().get(&format!("files/rooms/{id}.json")).await.is_error(404);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_path_is_unknown_with_and_without_credentials() {
    Target::run(async |target| {
        for raw in [target.raw(), target.raw().anonymous()] {
            raw.get("nothing/here").await.is_bare(404);
            raw.send("PATCH", "files/rooms/1", Body::Absent).await.allows_only("DELETE, GET, PUT");
        }
    })
    .await;
}

#[tokio::test]
async fn credentials_are_asked_for_before_the_body_is_read() {
    Target::run(async |target| {
        target.raw().anonymous().send("POST", "files/rooms", Body::Text("{bad")).await.is_bare(401);
    })
    .await;
}
