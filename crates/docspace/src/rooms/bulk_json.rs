//! The results for many rooms as JSON.

use docspace_api::RoomId;
use serde::{Serialize, Serializer};

use super::Outcomes;
use crate::error::Error;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'o, T> {
    done: Vec<Done<'o, T>>,
    failed: Vec<Failed<'o>>,
    not_started: &'o [RoomId],
}

#[derive(Serialize)]
struct Done<'o, T> {
    id: &'o RoomId,
    result: &'o T,
}

#[derive(Serialize)]
struct Failed<'o> {
    id: &'o RoomId,
    error: &'o Error,
}

impl<T: Serialize> Serialize for Outcomes<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields {
            done: self.done.iter().map(|(id, result)| Done { id, result }).collect(),
            failed: self.failed.iter().map(|(id, error)| Failed { id, error }).collect(),
            not_started: &self.not_started,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn outcomes_name_the_room_of_each_result() {
        let error = Error::new(ErrorKind::NotFound, "not found");
        let outcomes =
            Outcomes { done: vec![(17.into(), ())], failed: vec![(18.into(), error)], not_started: vec![19.into()] };
        let json = serde_json::to_value(&outcomes).unwrap();
        assert_eq!(json["done"], json!([{ "id": 17, "result": null }]));
        assert_eq!((&json["failed"][0]["id"], &json["failed"][0]["error"]["kind"]), (&json!(18), &json!("not_found")));
        assert_eq!(json["notStarted"], json!([19]));
    }
}
