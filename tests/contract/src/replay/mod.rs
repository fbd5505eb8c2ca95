//! Plays a recording against the core of the mock portal and compares every answer with the
//! recorded one. `tests/recordings/README.md` describes how.
//!
//! A replay runs in-process and does not sleep: it advances the clock of the mock portal.
//!
//! ```
//! let recording = contract::recording::read("rooms/create-custom");
//! let outcome = contract::replay::play(&recording);
//! assert!(outcome.differences.is_empty());
//! ```

pub mod compare;
mod deliveries;
pub mod exceptions;
mod form;
mod variables;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use compare::Comparison;
use deliveries::Deliveries;
use docspace_mock::{NewPerson, Outcome as Reached, Portal, Request, Response, Role};
use serde_json::Value;
use variables::Variables;

use crate::recording::{self, Recording, Step};

/// The portal's address in a replay.
pub const BASE: &str = "http://portal.example";

/// The time that passes before a step whose recording has no `after_seconds`.
const CALL: Duration = Duration::from_millis(45);

/// The pause between two requests of a poll, as in the recordings: between two answers, a long
/// deletion processed 13 entries (recording templates/with-files).
const POLL: Duration = Duration::from_millis(200);

/// Scenarios whose answers contain the results of another scenario, which was recorded on the same
/// portal less than a minute earlier. The replay plays the earlier scenario first.
const PRECEDED_BY: &[(&str, &str)] = &[
    ("permissions/matrix", "rooms/archived"),
    ("rooms/lifecycle-custom", "rooms/index-news-order"),
    ("templates/with-files", "operations/parallel"),
];

/// The networks that the recorded portal did not send webhooks to
/// (docs/portal/webhooks.md#addresses-the-portal-refuses).
const BLACKLIST: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::/128",
    "::1/128",
    "fc00::/8",
    "fd00::/8",
    "fe80::/10",
];

/// Maximum number of calls of a poll.
const MOST_POLLS: usize = 3000;

/// The result of a replay.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The recording's name.
    pub scenario: String,
    /// Number of steps played. Each recorded answer of a poll counts as a step.
    pub played: usize,
    /// Number of steps whose answer was as recorded.
    pub equal: usize,
    /// The steps whose answer was different.
    pub differences: Vec<Difference>,
}

/// A step whose answer is not as recorded.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The number of the step, counted from 1.
    pub step: usize,
    /// The caller and the request, for messages.
    pub request: String,
    /// The differences, each with its JSON path.
    pub details: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "  step {}: {}", self.step, self.request)?;
        for detail in self.details.iter().take(8) {
            writeln!(out, "    {detail}")?;
        }
        if self.details.len() > 8 {
            writeln!(out, "    and {} more", self.details.len() - 8)?;
        }
        Ok(())
    }
}

/// Plays all steps of a recording on a new portal.
pub fn play(recording: &Recording) -> Outcome {
    let mut portal = new_portal(&recording.people);
    let (_, configuration) = recording.scenario.split_once('@').unwrap_or((&recording.scenario, ""));
    // Receivers of recordings listen on the same computer.
    let loopback = if configuration == "loopback-refused" { &["127.0.0.0/8"][..] } else { &[] };
    let networks: Vec<&str> = BLACKLIST.iter().chain(loopback).copied().collect();
    assert!(portal.set_webhook_blacklist(&networks), "the networks can be read");
    if configuration == "trust-0" {
        portal.set_webhook_trust(Duration::ZERO);
    }
    portal.hide_login_history(configuration == "no-audit");
    if let Some((_, before)) = PRECEDED_BY.iter().find(|(name, _)| *name == recording.scenario) {
        (_, portal) = play_on(portal, &recording::read(before));
    }
    play_on(portal, recording).0
}

fn play_on(portal: Portal, recording: &Recording) -> (Outcome, Portal) {
    let mut replay = Replay::new(portal, recording);
    let mut deliveries = Deliveries::new(recording);
    let start = replay.now();
    let mut outcome = Outcome { scenario: recording.scenario.clone(), played: 0, equal: 0, differences: Vec::new() };
    let mut index = 0;
    while let Some(step) = recording.steps.get(index) {
        // Every distinct answer of a poll is a step; only the last one is compared.
        let last = (index..recording.steps.len()).take_while(|next| recording.steps[*next].polls_like(step)).last();
        let last = last.unwrap_or(index);
        let expected = &recording.steps[last];
        let mut details = replay.deliver(&mut deliveries, Until::Step(index, step));
        let now = if recording.captured.contains_key("ago") { replay.now() } else { start };
        replay.variables.seed(recording, start, now);
        let request = replay.request(step);
        let description = describe(step, &request);
        let check = |sent: &docspace_mock::Outgoing| deliveries.check(index, step, sent, &mut details);
        let mut answer = replay.portal.handle_with(&request, check);
        if let Some(poll) = &step.poll {
            for _ in 0..MOST_POLLS {
                let is_over = poll.is_over(&body(&answer)).unwrap_or_else(|| {
                    // The condition is unknown, so the poll ends at the recorded answer.
                    Comparison::new(&replay.variables, expected, &request).of(&answer).is_empty()
                });
                if is_over {
                    break;
                }
                replay.portal.advance(POLL);
                answer = replay.portal.handle(&request);
            }
        }
        replay.variables.save(expected, &body(&answer));
        let (differences, people) = Comparison::new(&replay.variables, expected, &request).with_people(&answer);
        details.extend(differences);
        replay.variables.people = people;
        outcome.played += last + 1 - index;
        if details.is_empty() {
            outcome.equal += last + 1 - index;
        } else {
            outcome.differences.push(Difference { step: last + 1, request: description, details });
        }
        index = last + 1;
    }
    let mut details = replay.deliver(&mut deliveries, Until::End);
    details.extend(deliveries.missing());
    if !details.is_empty() {
        outcome.differences.push(Difference { step: index, request: "deliveries of webhooks".into(), details });
    }
    (outcome, replay.portal)
}

fn body(answer: &Response) -> Value {
    answer.json().unwrap_or_default()
}

fn describe(step: &Step, request: &Request) -> String {
    let mark = if request.query.is_empty() { "" } else { "?" };
    let body =
        String::from_utf8_lossy(&request.body).lines().next().unwrap_or_default().chars().take(300).collect::<String>();
    format!("[{}] {} {}{mark}{} {body}", step.caller, request.method, request.path, request.query)
}

/// The time between the start of the clock, which is a whole second, and the first call. It keeps
/// the fractions of all moments different from zero, and rounds the date of the first room up, as
/// in the recording logos/covers-and-logos.
const START: Duration = Duration::from_micros(500_345);

/// A portal with the people of a recording. They have the recorded ids, which decide about the
/// order of some lists.
fn new_portal(ids: &BTreeMap<String, String>) -> Portal {
    let mut portal = Portal::new();
    portal.set_base_url(BASE);
    portal.advance(START);
    let people = [
        ("admin", Role::DocSpaceAdmin, "Admin"),
        ("roomadmin", Role::RoomAdmin, "Roomadmin"),
        ("roomadmin2", Role::RoomAdmin, "Roomadmin-two"),
        ("user", Role::User, "User"),
        ("guest", Role::Guest, "Guest"),
    ];
    for (name, role, first) in people {
        portal.add_person(NewPerson { first_name: first.into(), ..NewPerson::new(name, role) });
    }
    let mut state = portal.dump().to_string();
    for (name, _) in portal.names() {
        if let (Some(id), Some(recorded)) = (portal.person_id(&name), ids.get(&format!("{name}_id"))) {
            state = state.replace(&id.to_string(), recorded);
        }
    }
    portal.load(serde_json::from_str(&state).expect("a dump is JSON")).expect("the state of a portal");
    portal
}

/// The time after the last step, in which all retries end.
const REST: Duration = Duration::from_secs(600);

/// How long deliveries are sent.
#[derive(Clone, Copy)]
enum Until<'a> {
    /// Until the step with this index, counted from 0.
    Step(usize, &'a Step),
    End,
}

/// A portal, and the values of the variables so far.
struct Replay {
    portal: Portal,
    variables: Variables,
}

impl Replay {
    fn new(portal: Portal, recording: &Recording) -> Self {
        let mut variables = Variables::new(recording);
        for (name, _) in portal.names() {
            let id = portal.person_id(&name).expect("the id of a person that was just added").to_string();
            variables.person(&format!("{name}_id"), &id);
            variables.set(&format!("{name}_key"), portal.key(&name).expect("an API key for each person"));
            variables.set(&format!("{name}_token"), portal.token(&name).expect("a session for each person"));
        }
        Self { portal, variables }
    }

    /// The time of the portal's clock. It is slow, because it writes the whole state.
    fn now(&self) -> DateTime<Utc> {
        self.portal.dump()["now"].as_str().and_then(|now| now.parse().ok()).unwrap_or_default()
    }

    /// Advances the clock by the time that passed before a step, or until no delivery waits after
    /// the last step. Sends the deliveries of webhooks that the portal sent in this time. Returns
    /// their differences.
    fn deliver(&mut self, deliveries: &mut Deliveries<'_>, until: Until<'_>) -> Vec<String> {
        let (index, mut left, sends) = match until {
            Until::Step(index, step) => {
                let waited = step.after_seconds.map_or(CALL, Duration::from_secs_f64);
                (index, waited, step.after_seconds.is_some() || deliveries.are_due_before(index))
            }
            Until::End => (usize::MAX, REST, true),
        };
        let mut found = Vec::new();
        loop {
            if !sends {
                break;
            }
            for sent in self.portal.take_deliveries() {
                let (details, outcome) = deliveries.compare(index, &sent);
                found.extend(details);
                if outcome == Reached::TimedOut {
                    left = left.saturating_sub(sent.timeout);
                    self.portal.advance(sent.timeout);
                }
                self.portal.finish_delivery(sent.delivery.unwrap_or_default(), outcome);
            }
            match self.portal.time_to_next_delivery().filter(|pause| *pause <= left) {
                Some(pause) => {
                    self.portal.advance(pause);
                    left -= pause;
                }
                None => break,
            }
        }
        if let Until::Step(..) = until {
            self.portal.advance(left);
        }
        found
    }

    fn request(&self, step: &Step) -> Request {
        let variables = &self.variables;
        let mut request = Request::new(&step.method, "");
        request.path = variables.fill(&step.whole_path());
        request.query = variables.query(step);
        request.remote = "127.0.0.1".into();
        request = request.header("Host", BASE.trim_start_matches("http://"));
        request = match step.caller.as_str() {
            "anonymous" => request,
            // A session token instead of the key.
            token if token.ends_with("_token") => {
                request.header("Authorization", &variables.fill(&format!("${{{token}}}")))
            }
            role => request.header("Authorization", &variables.fill(&format!("Bearer ${{{role}_key}}"))),
        };
        for (name, value) in &step.headers {
            request.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            request = request.header(name, &variables.fill(value));
        }
        if let Some(body) = &step.body {
            request = request.json(&variables.fill_value(body));
        }
        if let Some(raw) = &step.raw {
            request.body = variables.fill(&raw.text).into_bytes();
            if let Some(kind) = &raw.content_type {
                request = request.header("Content-Type", kind);
            }
        }
        if let Some(form) = &step.multipart {
            request.body = form.body();
            request = request.header("Content-Type", &form.content_type());
        }
        request
    }
}
