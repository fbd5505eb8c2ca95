//! The requests to receivers of webhooks in a replay: they are answered as recorded, and compared
//! with the recorded ones.

use std::collections::BTreeMap;
use std::time::Duration;

use docspace_mock::{Outcome, Outgoing};
use serde_json::Value;

use super::variables::is_guid;
use crate::recording::{Action, Delivery, Recording, Step};

/// The recorded requests that the mock portal has not sent yet.
#[derive(Debug)]
pub(super) struct Deliveries<'a> {
    checks: Vec<&'a Delivery>,
    events: Vec<&'a Delivery>,
    people: Vec<&'a str>,
    /// The last step whose deliveries were recorded.
    last: i64,
    actions: &'a [Action],
    /// The mock's ids of recorded log entries.
    entries: BTreeMap<i64, i64>,
}

/// A recorded error message, and what the request to the receiver must have come to.
const FAILURES: &[(&str, Outcome)] = &[
    ("DNS resolution failed", Outcome::Unresolved),
    ("URL resolves to a blacklisted", Outcome::Blacklisted),
    ("Connection refused", Outcome::Refused),
    ("An error occurred while sending", Outcome::Closed),
    ("The SSL connection", Outcome::NoTls),
    ("The request was canceled", Outcome::TimedOut),
];

/// How many seconds the portal waits for an answer.
const TIMEOUT: f64 = 100.0;

impl<'a> Deliveries<'a> {
    pub(super) fn new(recording: &'a Recording) -> Self {
        let (checks, events) = recording.deliveries.iter().partition(|delivery| delivery.method == "HEAD");
        let people = recording.people.values().map(String::as_str).collect();
        let last = recording.actions.iter().map(|action| action.steps.1).max().unwrap_or(i64::MAX);
        Self { checks, events, people, last, actions: &recording.actions, entries: BTreeMap::new() }
    }

    /// What the check of an address in this step came to. Adds a difference if the portal did not
    /// send the request.
    pub(super) fn check(&self, index: usize, step: &Step, sent: &Outgoing, found: &mut Vec<String>) -> Outcome {
        let error = step.response.body.as_ref().and_then(|body| body["error"]["message"].as_str());
        let failure = FAILURES.iter().find(|(text, _)| error.is_some_and(|error| error.starts_with(text)));
        if let Some((_, outcome)) = failure {
            return outcome.clone();
        }
        let target = target(sent);
        match self.checks.iter().find(|check| check.in_step == Some(index) && check.target == target) {
            Some(check) => outcome(check),
            None => {
                found.push(format!("sent HEAD {target}, which the portal did not"));
                Outcome::status(200)
            }
        }
    }

    /// When the action began whose first step this is, or zero. The recorder waited before it.
    pub(super) fn start_of_action(&self, index: usize) -> Duration {
        let first = |action: &&Action| usize::try_from(action.steps.0) == Ok(index) && action.steps.1 >= action.steps.0;
        let action = self.actions.iter().find(first);
        action.map_or(Duration::ZERO, |action| Duration::from_secs_f64(action.t))
    }

    /// Whether the portal sent an event before this step that the mock has not sent yet.
    pub(super) fn are_due_before(&self, index: usize) -> bool {
        self.events.iter().any(|event| usize::try_from(event.after_step).is_ok_and(|step| step < index))
    }

    /// Compares an event that is sent before a step with the recorded one. Returns the differences
    /// and the receiver's answer.
    pub(super) fn compare(&mut self, index: usize, sent: &Outgoing) -> (Vec<String>, Outcome) {
        let text = String::from_utf8_lossy(&sent.body).into_owned();
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        let id = body["event"]["id"].as_i64().unwrap_or_default();
        let fits = |event: &&Delivery| {
            let recorded: Value = serde_json::from_slice(&event.body).unwrap_or_default();
            let known = self.entries.get(&recorded["event"]["id"].as_i64().unwrap_or_default());
            event.target == target(sent)
                && known.map_or_else(|| !self.entries.values().any(|entry| *entry == id), |known| *known == id)
                && ["/event/trigger", "/payload/title", "/webhook/retryCount"]
                    .iter()
                    .all(|place| recorded.pointer(place) == body.pointer(place))
        };
        let event_id = |event: &&Delivery| {
            serde_json::from_slice::<Value>(&event.body).unwrap_or_default()["event"]["id"].as_i64()
        };
        let fitting = self.events.iter().enumerate().filter(|(_, event)| fits(event));
        let Some(at) = fitting.min_by_key(|(_, event)| event_id(event)).map(|(at, _)| at) else {
            // What the steps after the last action caused was not recorded.
            let is_recorded = i64::try_from(index).is_ok_and(|index| index <= self.last.saturating_add(1));
            let found = is_recorded.then(|| format!("sent {text}, which the portal did not"));
            return (found.into_iter().collect(), Outcome::status(200));
        };
        let event = self.events.remove(at);
        self.entries.insert(event_id(&event).unwrap_or_default(), id);
        let mut found = Vec::new();
        let (recorded, got) = (self.skeleton(&String::from_utf8_lossy(&event.body)), self.skeleton(&text));
        if recorded != got {
            found.push(format!("body: recorded {recorded}, got {got}"));
        }
        let headers = |headers: &[(String, String)]| {
            let shown = |(name, value): &(String, String)| {
                let varies = ["host", "x-docspace-signature-256", "content-length"];
                if varies.contains(&name.to_lowercase().as_str()) { name.clone() } else { format!("{name}: {value}") }
            };
            headers.iter().map(shown).collect::<Vec<_>>()
        };
        let (recorded, got) = (headers(&event.headers), headers(&sent.headers));
        // The portal forgets cookies now and then, and sends the deliveries of a batch in any
        // order.
        let cookie = |headers: &[String]| headers.iter().any(|header| header.starts_with("Cookie"));
        let kept = |headers: &[String]| {
            let both = cookie(&recorded) && cookie(&got);
            headers.iter().filter(|header| both || !header.starts_with("Cookie")).cloned().collect::<Vec<_>>()
        };
        if kept(&recorded) != kept(&got) {
            found.push(format!("headers: recorded {recorded:?}, got {got:?}"));
        }
        (found, outcome(event))
    }

    /// The recorded events that the mock did not send.
    pub(super) fn missing(&self) -> Vec<String> {
        let text = |event: &&Delivery| format!("did not send {}", String::from_utf8_lossy(&event.body));
        self.events.iter().map(text).collect()
    }

    fn skeleton(&self, body: &str) -> String {
        skeleton(body, &self.people)
    }
}

fn target(sent: &Outgoing) -> String {
    let rest = sent.url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
}

fn outcome(delivery: &Delivery) -> Outcome {
    let answered = &delivery.answered;
    match answered.status {
        Some(status) => {
            Outcome::Answered { status, headers: answered.headers.clone(), body: answered.body.clone().into_bytes() }
        }
        None if answered.close && answered.wait < TIMEOUT => Outcome::Closed,
        None => Outcome::TimedOut,
    }
}

/// The names of members with ids, whose numbers differ.
const IDS: &[&str] = &["id", "parentId", "folderIdDisplay", "rootId", "entryId"];

/// A body in which ids, dates and ids of unknown people are replaced, and everything else is
/// unchanged to the byte.
pub(super) fn skeleton(body: &str, people: &[&str]) -> String {
    let mut out = String::with_capacity(body.len());
    let mut name = "";
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let mut end = 1;
                let bytes = rest.as_bytes();
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                (end + 1).min(rest.len())
            }
            '0'..='9' | '-' => {
                rest.find(|letter: char| !letter.is_ascii_digit() && letter != '-').unwrap_or(rest.len())
            }
            other => other.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let inner = token.trim_matches('"');
        if first == '"' && after.starts_with(':') {
            name = inner;
            out.push_str(token);
        } else if first == '"' && is_guid(inner) && !people.contains(&inner) {
            out.push_str("\"guid\"");
        } else if first == '"' && is_date(inner) {
            // The last zeros of a fraction are left out, so its length varies.
            let (seconds, fraction) =
                inner.split_once('.').map_or((inner, None), |(before, after)| (before, Some(after)));
            let digits = |text: &str| text.replace(|letter: char| letter.is_ascii_digit(), "0");
            let fraction =
                fraction.map(|text| format!(".0{}", text.trim_start_matches(|letter: char| letter.is_ascii_digit())));
            out.push_str(&format!("\"{}{}\"", digits(seconds), fraction.unwrap_or_default()));
        } else if first.is_ascii_digit() && IDS.contains(&name) {
            out.push('#');
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 19 && bytes[4] == b'-' && bytes[10] == b'T' && bytes[13] == b':' && bytes[..4].is_ascii()
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn only_ids_dates_and_unknown_people_are_replaced() {
        let body = r#"{"event":{"id":12,"createOn":"2026-11-28T02:57:25Z","triggerId":8},"title":"a\u00DC 12"}"#;
        let expected = r#"{"event":{"id":#,"createOn":"0000-00-00T00:00:00Z","triggerId":8},"title":"a\u00DC 12"}"#;
        assert_eq!(skeleton(body, &[]), expected);
    }
}
