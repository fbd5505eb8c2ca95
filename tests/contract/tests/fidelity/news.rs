//! The recorded lists of news can be parsed, although their rooms lack members that other answers
//! about rooms have.

use contract::recording;
use docspace_api::types::{NewsListEnvelope, RoomNewsListEnvelope};
use serde_json::Value;

/// The recorded answers to a path that have news.
fn answers(path: &str) -> Vec<Value> {
    let steps = recording::read("rooms/news").steps.into_iter().filter(|step| step.path == path);
    let bodies = steps.filter_map(|step| step.response.body);
    bodies.filter(|body| body["response"].as_array().is_some_and(|days| !days.is_empty())).collect()
}

#[test]
fn recorded_news_of_all_rooms_can_be_parsed() {
    let answers = answers("/files/rooms/news");
    assert!(!answers.is_empty());
    for answer in answers {
        let read: RoomNewsListEnvelope = serde_json::from_value(answer).expect("a list of news");
        let room = read.response.iter().flatten().flat_map(|day| &day.items).find_map(|item| item.room.as_ref());
        let room = room.expect("a room");
        assert!(room.available_share_rights.is_none() && room.security.update_xlsx.is_none());
    }
}

#[test]
fn recorded_news_of_a_room_can_be_parsed() {
    let answers = answers("/files/rooms/${room}/news");
    assert!(!answers.is_empty());
    for answer in answers {
        serde_json::from_value::<NewsListEnvelope>(answer).expect("a list of news");
    }
}
