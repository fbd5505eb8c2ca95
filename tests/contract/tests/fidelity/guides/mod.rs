//! What a portal answers to the calls of the vendor's published guides that do not work, and to their neighbours.
//!
//! Whoever tells people what is wrong with their call relies on these, and the mock portal is held to them. Each call is
//! sent by hand, as the guides do.

mod keys;
mod links;
mod rooms;
mod routing;
mod templates;

use contract::raw::Raw;
use contract::target::Target;
use serde_json::{Value, json};

/// A room of this type, by its id.
async fn room(target: &Target, room_type: i32) -> Value {
    let body = json!({"title": target.title("room"), "roomType": room_type});
    target.raw().send("POST", "files/rooms", body).await.response()["id"].clone()
}

const FILLING_FORMS: i32 = 1;
const EDITING: i32 = 2;
const CUSTOM: i32 = 5;
const PUBLIC: i32 = 6;
const VIRTUAL_DATA: i32 = 8;

/// Asks for a status until it says that it is complete.
async fn completed(target: &Target, raw: &Raw, path: &str) -> Value {
    for _ in 0..200 {
        let status = raw.get(path).await.response().clone();
        if status["isCompleted"] == true {
            return status;
        }
        target.pause().await;
    }
    panic!("{path} never completes");
}
