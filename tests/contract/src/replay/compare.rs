//! Comparison of an answer with the recorded one.

use docspace_mock::{Request, Response};
use serde_json::{Map, Value};

use super::BASE;
use super::deliveries::skeleton;
use super::form::{self, shape, without_numbers};
use super::variables::{People, Variables, is_file, is_guid};
use crate::recording::Step;

/// Members that hold an id. A captured id must identify the same object; of any other id only the
/// type is compared.
const IDS: &[&str] = &[
    "id",
    "parentId",
    "rootFolderId",
    "linkId",
    "templateId",
    "roomId",
    "entityId",
    "userId",
    "loginEventId",
    "tenantId",
    "groupId",
    "folderId",
    "originId",
    "originRoomId",
    "manager",
    "targetId",
    "fromFolderId",
    "toFolderId",
];

/// The progress of a running deletion. Other deletions run at the same time, so these answers are
/// marked as [`Step::whole_portal`], and only the ids of the listed deletions are compared
/// (recording operations/own-delete-id).
const PROGRESS: &[&str] = &["progress", "processed", "status"];

/// Headers that must be equal, or missing in both answers.
const HEADERS: &[&str] = &["api-supported-versions", "allow", "www-authenticate"];

/// Compares the answer to one step.
pub struct Comparison<'a> {
    variables: &'a Variables,
    step: &'a Step,
    request: &'a Request,
    people: People,
    found: Vec<String>,
}

impl<'a> Comparison<'a> {
    /// A comparison with the recorded answer of this step.
    pub fn new(variables: &'a Variables, step: &'a Step, request: &'a Request) -> Self {
        Self { variables, step, request, people: variables.people.clone(), found: Vec::new() }
    }

    /// The differences; empty if the answer is as recorded.
    pub fn of(self, answer: &Response) -> Vec<String> {
        self.with_people(answer).0
    }

    /// The differences, and the people known after this step.
    pub(super) fn with_people(mut self, answer: &Response) -> (Vec<String>, People) {
        self.compare(answer);
        (self.found, self.people)
    }

    fn compare(&mut self, answer: &Response) {
        let expected = &self.step.response;
        if answer.status != expected.status {
            let body = String::from_utf8_lossy(&answer.body).chars().take(400).collect::<String>();
            return self.found.push(format!("status: recorded {}, got {} {body}", expected.status, answer.status));
        }
        let kind = answer.header_value("content-type");
        if kind != expected.content_type.as_deref() {
            self.differ("content-type", &expected.content_type, &kind);
        }
        for name in HEADERS {
            let (recorded, got) = (expected.headers.get(*name).map(String::as_str), answer.header_value(name));
            if recorded != got {
                self.differ(name, &recorded, &got);
            }
        }
        self.cookies(answer);
        match (&expected.body, &expected.text) {
            (Some(body), _) => match answer.json() {
                Some(got) if expected.status == 200 && self.step.shows_configuration() => {
                    if shape(body) != shape(&got) {
                        self.differ("$ (shape)", &shape(body), &shape(&got));
                    }
                }
                Some(got) => self.value("$", "", body, &got),
                None => self.differ("$", &"JSON", &"something else"),
            },
            (None, Some(text)) => {
                let got = String::from_utf8_lossy(&answer.body);
                if *text != got {
                    self.differ("$", text, &got);
                }
            }
            (None, None) if answer.body.is_empty() => {}
            (None, None) => self.differ("$", &"no body", &String::from_utf8_lossy(&answer.body)),
        }
    }

    fn differ(&mut self, path: &str, recorded: &dyn std::fmt::Debug, got: &dyn std::fmt::Debug) {
        let short = |text: String| text.chars().take(160).collect::<String>();
        self.found.push(format!(
            "{path}: recorded {}, got {}",
            short(format!("{recorded:?}")),
            short(format!("{got:?}"))
        ));
    }

    /// Only the names of cookies are recorded.
    fn cookies(&mut self, answer: &Response) {
        let sent = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        let mut got: Vec<String> = sent.filter_map(|(_, value)| Some(value.split_once('=')?.0.to_owned())).collect();
        let recorded = self.step.response.headers.get("set-cookie").map(|names| self.variables.translated(names));
        let mut recorded: Vec<String> =
            recorded.iter().flat_map(|names| names.split("; ")).map(str::to_owned).collect();
        got.sort();
        recorded.sort();
        if got != recorded {
            self.differ("set-cookie", &recorded, &got);
        }
    }

    fn value(&mut self, path: &str, key: &str, recorded: &Value, got: &Value) {
        match (recorded, got) {
            (Value::Object(recorded), Value::Object(got)) => self.object(path, recorded, got),
            (Value::Array(recorded), Value::Array(got)) => self.list(path, key, recorded, got),
            _ => {
                if !self.same_leaf(path, key, recorded, got) {
                    self.differ(path, recorded, got);
                }
            }
        }
    }

    fn object(&mut self, path: &str, recorded: &Map<String, Value>, got: &Map<String, Value>) {
        self.person(path, recorded, got);
        let is_uploaded = self.step.answers_files() && path.starts_with("$.response[");
        let is_file = is_uploaded || is_file(recorded);
        let owner = recorded.get("isOwner") == Some(&Value::Bool(true));
        let is_running = |record: &Map<String, Value>| record.get("finished") == Some(&Value::Bool(false));
        let running =
            self.step.whole_portal && recorded.contains_key("Operation") && is_running(recorded) && is_running(got);
        let is_finished = |record: &Map<String, Value>| record.get("finished") == Some(&Value::Bool(true));
        let has_ended = self.step.poll.is_some() && is_finished(recorded) && is_finished(got);
        // Earlier scenarios may have changed a root folder. It counts from the first change on.
        let unchanged = recorded.get("parentId") == Some(&Value::from(0))
            && got.get("updatedBy").is_some_and(|person| Some(person) == got.get("createdBy"));
        for (key, value) in recorded {
            let inner = format!("{path}.{key}");
            match got.get(key) {
                // Earlier scenarios may have set the owner's culture.
                _ if owner && key == "cultureName" => {}
                Some(_) if unchanged && key == "updatedBy" => {}
                // A portal notes in the background that a person opened a file, and its answer to a
                // change of the file shows that or not (recording content/files, step 232).
                None if key == "lastOpened" && self.step.method != "GET" => {}
                None => self.differ(&inner, value, &"nothing"),
                Some(got) if running && PROGRESS.contains(&key.as_str()) && shape(value) == shape(got) => {}
                // A portal changes the status after it has published that an operation is finished
                // (docs/portal/operations.md#the-record). A recorded poll may end in between.
                Some(_) if key == "status" && value == 1 && has_ended => {}
                Some(got) if key == "id" && is_file => {
                    if !self.same_file(value, got) {
                        self.differ(&inner, value, got);
                    }
                }
                // Earlier scenarios may have changed the root folder.
                Some(got) if key == "updatedBy" && self.variables.is_unchanged_root(recorded) => {
                    if shape(value) != shape(got) {
                        self.differ(&inner, value, got);
                    }
                }
                Some(_) if self.step.whole_portal && matches!(key.as_str(), "count" | "total" | "totalRooms") => {}
                Some(got) => self.value(&inner, key, value, got),
            }
        }
        for (key, value) in got {
            let culture = owner && key == "cultureName";
            if !recorded.contains_key(key) && !culture {
                self.differ(&format!("{path}.{key}"), &"nothing", value);
            }
        }
    }

    /// A person is the same in all answers: each recorded id stands for one id of the mock.
    fn person(&mut self, path: &str, recorded: &Map<String, Value>, got: &Map<String, Value>) {
        let id = |person: &Map<String, Value>| {
            let is_person = person.contains_key("displayName");
            person.get("id").and_then(Value::as_str).filter(|id| is_person && is_guid(id)).map(str::to_owned)
        };
        let (Some(recorded), Some(got)) = (id(recorded), id(got)) else { return };
        if self.variables.mapped(&Value::from(recorded.as_str())).is_none() && !self.people.pair(&recorded, &got) {
            self.differ(&format!("{path}.id (another person)"), &recorded, &got);
        }
    }

    fn list(&mut self, path: &str, key: &str, recorded: &[Value], got: &[Value]) {
        if self.step.whole_portal && path.starts_with("$.response") {
            return self.shapes(path, recorded, got);
        }
        if recorded.len() != got.len() {
            return self.differ(&format!("{path} (length)"), &recorded.len(), &got.len());
        }
        let links = key == "response" && self.step.path.trim_end_matches('/').to_lowercase().ends_with("/links");
        // A portal makes its Archive when it first needs it, so its id may be above those of rooms.
        let record = key == "folders" && self.step.path.to_lowercase().starts_with("/files/fileops");
        if record && !got.is_sorted_by_key(|folder| folder["id"].as_i64()) {
            self.differ(&format!("{path} (sorted by id)"), &true, &false);
        }
        let free_texts = path.starts_with("$.response.errors.");
        if free_texts {
            return;
        }
        let invited = key == "members" && recorded.iter().all(|member| member.get("sharedTo").is_some());
        if invited && is_sorted(recorded) != is_sorted(got) {
            self.differ(&format!("{path} (sorted by id)"), &is_sorted(recorded), &is_sorted(got));
        }
        let in_any_order = record || matches!(key, "members" | "groups");
        if key != "tags" && !links && !in_any_order {
            // Lists of ids.
            let item = if matches!(key, "path" | "disabledRooms") { "id" } else { "" };
            for (index, (recorded, got)) in recorded.iter().zip(got).enumerate() {
                self.value(&format!("{path}[{index}]"), item, recorded, got);
            }
            return;
        }
        let mut left: Vec<&Value> = got.iter().collect();
        for (index, recorded) in recorded.iter().enumerate() {
            let place = format!("{path}[{index}]");
            match left.iter().position(|got| self.differences(&place, recorded, got).is_empty()) {
                Some(at) => {
                    let got = left.remove(at);
                    self.value(&place, "", recorded, got);
                }
                None => match left.first() {
                    Some(nearest) => {
                        let more = self.differences(&place, recorded, nearest);
                        self.found.extend(more);
                    }
                    None => self.differ(&place, recorded, &"nothing"),
                },
            }
        }
    }

    fn differences(&self, path: &str, recorded: &Value, got: &Value) -> Vec<String> {
        let mut inner = Comparison::new(self.variables, self.step, self.request);
        inner.people = self.people.clone();
        inner.value(path, "", recorded, got);
        inner.found
    }

    /// Compares a list of the whole portal: every entry must have the shape of a recorded one.
    fn shapes(&mut self, path: &str, recorded: &[Value], got: &[Value]) {
        if recorded.is_empty() {
            return;
        }
        for (index, got) in got.iter().enumerate() {
            if !recorded.iter().any(|recorded| shape(recorded) == shape(got)) {
                self.differ(&format!("{path}[{index}] (shape)"), &shape(&recorded[0]), &shape(got));
            }
        }
        // The last answer of a poll does not list an operation that an earlier answer reported as
        // finished.
        if self.step.poll.is_none() {
            self.records(path, recorded, got);
        }
    }

    /// Captured operations must be listed in the same answers and in the same order.
    fn records(&mut self, path: &str, recorded: &[Value], got: &[Value]) {
        let operations = recorded.iter().filter(|record| record.get("Operation").is_some());
        let known: Vec<Value> = operations.filter_map(|record| self.variables.mapped(&record["id"]).cloned()).collect();
        let listed: Vec<Value> =
            got.iter().map(|record| record["id"].clone()).filter(|id| known.contains(id)).collect();
        if known != listed {
            self.differ(&format!("{path} (operations)"), &known, &listed);
        }
    }

    fn same_leaf(&self, path: &str, key: &str, recorded: &Value, got: &Value) -> bool {
        if let (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) = (recorded, got) {
            return false;
        }
        // The bits of triggers and the numbers of actions are not ids.
        let is_action = path.ends_with(".action.id") || path.ends_with(".action.key");
        let is_id = IDS.contains(&key) && !is_action && !self.step.path.ends_with("/webhook/triggers");
        let number_or_text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let (true, Some(mapped)) = (is_id || is_guid(&number_or_text(recorded)), self.mapped_id(recorded)) {
            return number_or_text(&mapped) == number_or_text(got) && recorded.is_string() == got.is_string();
        }
        if recorded == got {
            return true;
        }
        if is_id {
            let real = |value: &Value| {
                !matches!(value.as_i64(), Some(-1 | 0)) && !number_or_text(value).starts_with("00000000-")
            };
            return recorded.is_string() == got.is_string() && real(recorded) == real(got);
        }
        let (Some(recorded), Some(got)) = (recorded.as_str(), got.as_str()) else { return false };
        if key == "requestPayload" {
            let people: Vec<&str> = self.variables.recorded_people();
            let recorded = self.variables.translated(recorded);
            return skeleton(&recorded, &people) == skeleton(got, &people);
        }
        if key == "href" {
            let mark = if self.request.query.is_empty() { "" } else { "?" };
            return got == format!("{BASE}{}{mark}{}", self.request.path, self.request.query);
        }
        if path.starts_with("$.response.errors.") {
            return true;
        }
        if (!is_action && form::have_form_of_member(key, recorded, got))
            || form::have_same_address(&self.variables.translated(recorded), got)
        {
            return true;
        }
        if recorded == "<svg/>" {
            return got.starts_with("<svg");
        }
        without_numbers(&self.variables.translated(recorded)) == without_numbers(got)
    }

    /// Whether both numbers are those of the same file. Of a file that was not captured only the
    /// type is compared.
    fn same_file(&self, recorded: &Value, got: &Value) -> bool {
        let is_known = |id: &Value| id.as_i64().is_some_and(|id| id != 0);
        self.variables.mapped_file(recorded).map_or(is_known(recorded) == is_known(got), |mapped| mapped == got)
    }

    /// The mock's value of a captured id. The id may be a text here although it was captured as a
    /// number.
    fn mapped_id(&self, recorded: &Value) -> Option<Value> {
        let as_number = || recorded.as_str()?.parse::<i64>().ok().map(Value::from);
        self.variables.mapped(recorded).cloned().or_else(|| self.variables.mapped(&as_number()?).cloned())
    }
}

/// Whether members are sorted by the ids of the people and groups.
fn is_sorted(members: &[Value]) -> bool {
    members.is_sorted_by_key(|member| member["sharedTo"]["id"].as_str().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::recording::Recording;

    /// The differences between a recorded body and a received one.
    fn differences(recorded: Value, got: Value) -> Vec<String> {
        let recording: Recording = serde_json::from_value(json!({
            "scenario": "test",
            "steps": [{
                "as": "owner", "method": "GET", "path": "/files/rooms/1",
                "save": {"room": "response.id"},
                "response": {"status": 200, "content_type": "application/json", "body": recorded},
            }],
        }))
        .expect("a recording");
        let mut variables = Variables::new(&recording);
        variables.save(&recording.steps[0], &got);
        let request = Request::new("GET", "/api/2.0/files/rooms/1");
        let answer = Response {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: got.to_string().into_bytes(),
        };
        Comparison::new(&variables, &recording.steps[0], &request).of(&answer)
    }

    #[test]
    fn captured_ids_must_match_everywhere_in_an_answer() {
        let recorded = json!({"response": {"id": 17, "folders": [{"id": 17}]}});
        assert!(differences(recorded.clone(), json!({"response": {"id": 4, "folders": [{"id": 4}]}})).is_empty());
        let other = differences(recorded, json!({"response": {"id": 4, "folders": [{"id": 5}]}}));
        assert_eq!(other, ["$.response.folders[0].id: recorded Number(17), got Number(5)"]);
    }

    #[test]
    fn counters_of_root_folders_are_compared() {
        let root = |rooms: u8| json!({"id": 1, "parentId": 0, "security": {}, "foldersCount": rooms});
        assert_eq!(differences(root(0), root(4)), ["$.foldersCount: recorded Number(0), got Number(4)"]);
    }

    #[test]
    fn dates_have_the_recorded_fraction_and_offset() {
        let forms = ["2026-11-21T02:55:45", "2026-11-21T02:55:45.0000000Z", "2026-11-21T02:55:45.1234567Z"];
        let offset = "2026-11-21T02:55:45.0000000+05:30";
        for recorded in forms.iter().chain([&offset]) {
            for got in forms.iter().chain([&offset]) {
                let found = differences(json!({"updated": recorded}), json!({"updated": got}));
                assert_eq!(found.is_empty(), recorded == got, "{recorded} {got}");
            }
        }
        let other_day = json!({"updated": "2031-05-06T07:08:09.7000001Z"});
        assert_eq!(differences(json!({"updated": forms[2]}), other_day), [""; 0]);
    }

    /// Two different guids.
    const GUIDS: [&str; 2] = ["66faa6e4-f133-11ea-b126-000000000001", "66faa6e4-f133-11ea-b126-000000000002"];

    #[test]
    fn a_recorded_person_is_one_person_of_the_mock() {
        let person = |id: &str| json!({"id": id, "displayName": "Ann"});
        let recorded = json!({"createdBy": person(GUIDS[0]), "updatedBy": person(GUIDS[0])});
        let same = json!({"createdBy": person(GUIDS[1]), "updatedBy": person(GUIDS[1])});
        assert_eq!(differences(recorded.clone(), same), [""; 0]);
        let two = json!({"createdBy": person(GUIDS[1]), "updatedBy": person(GUIDS[0])});
        assert_eq!(differences(recorded, two).len(), 1);
    }

    #[test]
    fn invited_members_are_sorted_by_their_ids() {
        let list = |ids: [&str; 2], emails: [&str; 2]| {
            let member = |(id, email)| json!({"sharedTo": {"id": id, "displayName": "Ann", "email": email}});
            json!({"members": ids.into_iter().zip(emails).map(member).collect::<Vec<_>>()})
        };
        let recorded = list(GUIDS, ["a@example.com", "b@example.com"]);
        assert_eq!(differences(recorded.clone(), list(GUIDS, ["b@example.com", "a@example.com"])), [""; 0]);
        let unsorted = list([GUIDS[1], GUIDS[0]], ["a@example.com", "b@example.com"]);
        assert_eq!(differences(recorded, unsorted).len(), 1);
    }

    #[test]
    fn dates_and_tokens_are_compared_by_form_and_tags_in_any_order() {
        let recorded = json!({"created": "2026-11-21T02:55:45.0000000Z", "requestToken": "abc", "tags": ["a", "b"]});
        let same = json!({"created": "2030-01-01T00:00:00.0000000Z", "requestToken": "x", "tags": ["b", "a"]});
        assert!(differences(recorded.clone(), same).is_empty());
        let other = json!({"created": "yesterday", "requestToken": "", "tags": ["b", "c"]});
        assert_eq!(differences(recorded, other).len(), 3);
    }

    /// Compares a list of running deletions of a whole-portal step. One of them was captured.
    fn listed(recorded: Value, got: Value) -> Vec<String> {
        let recording: Recording = serde_json::from_value(json!({
            "scenario": "test",
            "steps": [{
                "as": "owner", "method": "GET", "path": "/files/fileops/2", "whole_portal": true,
                "save": {"first": "response.0.id"},
                "response": {"status": 200, "body": {"response": recorded}},
            }],
        }))
        .expect("a recording");
        let step = &recording.steps[0];
        let mut variables = Variables::new(&recording);
        variables.save(step, &json!({"response": [{"id": "66faa6e4-f133-11ea-b126-000000000001"}]}));
        let answer =
            Response { status: 200, headers: Vec::new(), body: json!({"response": got}).to_string().into_bytes() };
        Comparison::new(&variables, step, &Request::new("GET", "/api/2.0/files/fileops/2")).of(&answer)
    }

    #[test]
    fn running_deletions_are_compared_by_their_ids() {
        let record = |id: u8, processed: &str| {
            let id = format!("66faa6e4-f133-11ea-b126-00000000000{id}");
            json!({"id": id, "Operation": 2, "processed": processed, "progress": 9, "finished": false, "status": 1})
        };
        assert_eq!(listed(json!([record(9, "3")]), json!([record(1, "4")])), [""; 0]);
        assert_eq!(listed(json!([record(9, "3")]), json!([record(2, "3")])).len(), 1);
        let mut other = record(1, "4");
        other["processed"] = json!(4);
        assert_eq!(listed(json!([record(9, "3")]), json!([other])).len(), 1);
    }

    #[test]
    fn ids_of_files_and_folders_are_mapped_separately() {
        let answer =
            |folder: u8, file: u8| json!({"response": {"id": folder, "files": [{"id": file, "fileEntryType": 2}]}});
        assert!(differences(answer(17, 17), answer(4, 5)).is_empty());
    }

    #[test]
    fn missing_and_additional_members_are_differences() {
        assert_eq!(differences(json!({"a": 1}), json!({"b": 1})).len(), 2);
        assert_eq!(differences(json!({"title": "x"}), json!({"title": "y"})).len(), 1);
    }
}
