//! Errors as JSON.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{Error, ErrorKind};

/// The fields of an error in JSON. The command prints the same ones.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'e> {
    kind: ErrorKind,
    status: Option<u16>,
    call: Option<&'static str>,
    message: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    details: &'e BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    advice: &'e str,
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields {
            kind: self.kind(),
            status: self.status(),
            call: self.call(),
            message: self.without_advice().to_string(),
            details: self.details(),
            retry_after: self.retry_after().map(|time| time.as_secs()),
            advice: self.advice(),
        }
        .serialize(serializer)
    }
}

/// As its name: `not_found`.
impl Serialize for ErrorKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Call;

    #[test]
    fn errors_have_the_kind_and_the_advice_apart_from_the_message() {
        let error = Error::new(ErrorKind::Conflict, "a link exists").of(&Call::new("create_room_link", "of room 17"));
        let expected = json!({
            "kind": "conflict",
            "status": null,
            "call": "create_room_link",
            "message": "cannot create room link of room 17: a link exists",
            "advice": error.advice(),
        });
        assert_eq!(serde_json::to_value(&error).unwrap(), expected);
    }
}
