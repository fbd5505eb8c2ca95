//! Answers in the frame that a portal puts around them.

use httpmock::Then;
use serde::Serialize;
use serde_json::{Value, json};

/// Answers as a portal does, without a typed envelope. Use it on [`httpmock::Then`], which the
/// helper of each operation returns from `into_inner`.
///
/// ```
/// use docspace_api::types::{Room, RoomList};
/// use docspace_httpmock::{Answer, MockServerExt, httpmock::MockServer};
///
/// let server = MockServer::start();
/// server.list_rooms(|_, then| {
///     then.into_inner().response(&RoomList::sample([Room::sample(17, "Audit 2026")]));
/// });
/// server.get_room(|when, then| {
///     when.id(&18.into());
///     then.into_inner().failure(404, "The required folder was not found");
/// });
/// ```
pub trait Answer {
    /// Answers 200 with this value in `response`.
    #[must_use]
    fn response(self, value: &(impl Serialize + ?Sized)) -> Self;

    /// Answers with an error status and a message, as a portal reports a failure of its own code.
    #[must_use]
    fn failure(self, status: u16, message: &str) -> Self;
}

impl Answer for Then {
    fn response(self, value: &(impl Serialize + ?Sized)) -> Self {
        let response = serde_json::to_value(value).unwrap_or_else(|error| panic!("the value is not JSON: {error}"));
        let count = response.as_array().map_or(1, Vec::len);
        self.status(200).json_body(json!({
            "response": response, "count": count, "links": Value::Array(Vec::new()), "status": 0, "statusCode": 200,
        }))
    }

    fn failure(self, status: u16, message: &str) -> Self {
        self.status(status).json_body(json!({ "error": { "message": message }, "status": 1, "statusCode": status }))
    }
}
