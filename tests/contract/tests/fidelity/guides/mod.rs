//! Calls from the vendor's published guides that do not work, and similar calls, with the answers
//! of a portal.
//!
//! The mock portal must give the same answers. Each call is written by hand, as in the guides.

mod keys;
mod links;
mod rooms;
mod routing;
mod templates;

use contract::raw::Raw;
use contract::target::Target;
use serde_json::{Value, json};

/// Creates a room of this type and returns its id.
async fn room(target: &Target, room_type: i32) -> Value {
    let body = json!({"title": target.title("room"), "roomType": room_type});
    target.raw().send("POST", "files/rooms", body).await.response()["id"].clone()
}

const FILLING_FORMS: i32 = 1;
const EDITING: i32 = 2;
const CUSTOM: i32 = 5;
const PUBLIC: i32 = 6;
const VIRTUAL_DATA: i32 = 8;

/// Polls a status until it reports that the job is complete.
async fn completed(target: &Target, raw: &Raw, path: &str) -> Value {
    for _ in 0..200 {
        let status = raw.get(path).await.response().clone();
        if status["isCompleted"] == true {
            return status;
        }
        target.pause().await;
    }
    panic!("{path} did not report a complete job");
}
