//! Plays a recording against the mock portal's core and compares every answer (tests/recordings/README.md).
//!
//! In-process and without sleeping: the replayer moves the portal's clock itself.
//!
//! ```
//! let recording = contract::recording::read("rooms/create-custom");
//! let outcome = contract::replay::play(&recording);
//! assert!(outcome.differences.is_empty());
//! ```

pub mod compare;
pub mod exceptions;
mod form;
mod variables;

use std::fmt;
use std::time::Duration;

use compare::Comparison;
use docspace_mock::{NewPerson, Portal, Request, Response, Role};
use serde_json::Value;
use variables::Variables;

use crate::recording::{self, Recording, Step};

/// The portal's address in a replay.
pub const BASE: &str = "http://portal.example";

/// How long a call takes when the recording does not say how much time passed.
const CALL: Duration = Duration::from_millis(50);

/// How long the recording client waited before it asked again: a close poll of a long delete saw 13 entries
/// go between two answers [R templates/with-files].
const POLL: Duration = Duration::from_millis(200);

/// Scenarios that show what another one had left behind on the same portal less than a minute before, as the
/// dates in both tell: the other is played first.
const LEFT_BY: &[(&str, &str)] = &[
    ("permissions/matrix", "rooms/archived"),
    ("rooms/lifecycle-custom", "rooms/index-news-order"),
    ("templates/with-files", "operations/parallel"),
];

/// A poll that is not through after this many calls never will be.
const MOST_POLLS: usize = 3000;

/// What a replay found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The recording's name.
    pub scenario: String,
    /// Steps played; the answers that a poll met on its way count with its last one.
    pub played: usize,
    /// Steps whose answer was as recorded.
    pub equal: usize,
    /// The others.
    pub differences: Vec<Difference>,
}

/// A step whose answer is not as recorded.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The step's number, from 0.
    pub step: usize,
    /// Who asked what.
    pub request: String,
    /// What differs, by JSON path.
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
    let mut portal = new_portal();
    if let Some((_, before)) = LEFT_BY.iter().find(|(name, _)| *name == recording.scenario) {
        (_, portal) = play_on(portal, &recording::read(before));
    }
    play_on(portal, recording).0
}

fn play_on(portal: Portal, recording: &Recording) -> (Outcome, Portal) {
    let mut replay = Replay::new(portal, recording);
    let mut outcome = Outcome { scenario: recording.scenario.clone(), played: 0, equal: 0, differences: Vec::new() };
    let mut index = 0;
    while let Some(step) = recording.steps.get(index) {
        // Every distinct answer of a poll is a step of its own; the last one counts.
        let last = (index..recording.steps.len()).take_while(|next| recording.steps[*next].polls_like(step)).last();
        let last = last.unwrap_or(index);
        let expected = &recording.steps[last];
        replay.pass(step);
        let request = replay.request(step);
        let shown = shown(step, &request);
        let mut answer = replay.portal.handle(&request);
        if let Some(poll) = &step.poll {
            for _ in 0..MOST_POLLS {
                let over = poll.is_over(&body(&answer)).unwrap_or_else(|| {
                    // A condition in words that are not known: the recorded answer is what it waited for.
                    Comparison::new(&replay.variables, expected, &request).of(&answer).is_empty()
                });
                if over {
                    break;
                }
                replay.portal.advance(POLL);
                answer = replay.portal.handle(&request);
            }
        }
        replay.variables.save(expected, &body(&answer));
        let details = Comparison::new(&replay.variables, expected, &request).of(&answer);
        outcome.played += last + 1 - index;
        if details.is_empty() {
            outcome.equal += last + 1 - index;
        } else {
            outcome.differences.push(Difference { step: last, request: shown, details });
        }
        index = last + 1;
    }
    (outcome, replay.portal)
}

fn body(answer: &Response) -> Value {
    answer.json().unwrap_or_default()
}

fn shown(step: &Step, request: &Request) -> String {
    let mark = if request.query.is_empty() { "" } else { "?" };
    let body =
        String::from_utf8_lossy(&request.body).lines().next().unwrap_or_default().chars().take(300).collect::<String>();
    format!("[{}] {} {}{mark}{} {body}", step.caller, request.method, request.path, request.query)
}

/// A portal with the people of the recordings.
fn new_portal() -> Portal {
    let mut portal = Portal::new();
    portal.set_base_url(BASE);
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
    portal
}

/// The portal and what is known of it.
struct Replay {
    portal: Portal,
    variables: Variables,
}

impl Replay {
    fn new(portal: Portal, recording: &Recording) -> Self {
        let mut variables = Variables::new(recording);
        for (name, _) in portal.names() {
            let id = portal.person_id(&name).expect("just added").to_string();
            variables.person(&format!("{name}_id"), &id);
            variables.set(&format!("{name}_key"), portal.key(&name).expect("everybody has a key"));
            variables.set(&format!("{name}_token"), portal.token(&name).expect("everybody has a session"));
        }
        Self { portal, variables }
    }

    /// Time that passed before a step.
    fn pass(&mut self, step: &Step) {
        let waited = step.after_seconds.map_or(CALL, Duration::from_secs_f64);
        self.portal.advance(waited);
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
            // A session token in place of the key.
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
