//! Running and printing the steps of the tour, and the list of created rooms and templates.

use std::time::{Duration, Instant};

use console::style;
use docspace::{Error, Operation, Result, Room, RoomId};

use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::Bar;
use crate::session::Session;
use crate::terminal::{Terminal, write};
use crate::text::plain;
use crate::waiting::{PendingOperation, WaitUntil};

/// Maximum time for one operation. A working portal is faster.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(120);

/// Runs the steps of the tour and prints them.
pub(super) struct Guide {
    pub(super) session: Session,
    title_prefix: String,
    /// Rooms and templates that the tour created and has not deleted yet.
    pub(super) created: Vec<Room>,
    steps: usize,
    began: Instant,
}

/// A short description of the answer, or of the error in it.
pub(super) type StepResult = Result<String, String>;

impl Guide {
    pub(super) fn new(session: Session, title_prefix: String) -> Self {
        Self { session, title_prefix, created: Vec::new(), steps: 0, began: Instant::now() }
    }

    /// Whether the tour runs on a real portal, where it has to clean up.
    pub(super) fn is_live(&self) -> bool {
        !self.title_prefix.is_empty()
    }

    /// The prefix of the titles of all rooms and templates of this tour. Empty on a mock portal.
    pub(super) fn title_prefix(&self) -> &str {
        &self.title_prefix
    }

    /// Returns a title with the prefix of this tour.
    pub(super) fn title(&self, title: &str) -> String {
        format!("{}{title}", self.title_prefix)
    }

    /// Prints the heading of a chapter.
    pub(super) fn chapter(&self, name: &str) -> Result<(), Failure> {
        write(&format!("\n{}\n", style(name).bold().force_styling(self.terminal().colors)))
    }

    /// Runs a call that has to succeed. `describe` checks and describes its answer.
    pub(super) async fn step<T>(
        &mut self,
        step: &str,
        call: impl Future<Output = Result<T>>,
        describe: impl FnOnce(&T) -> StepResult,
    ) -> Result<T, Failure> {
        let bar = Bar::start(self.terminal(), step, 1);
        let began = Instant::now();
        let answer = call.await.map_err(Failure::from);
        drop(bar);
        self.print_step(step, began.elapsed(), answer, describe)
    }

    /// Runs a call that the portal or the library has to reject. `is_expected` checks the error.
    pub(super) async fn rejected<T>(
        &mut self,
        step: &str,
        call: impl Future<Output = Result<T>>,
        is_expected: impl FnOnce(&Error) -> bool,
    ) -> Result<(), Failure> {
        let began = Instant::now();
        let answer = match call.await {
            Ok(_) => Err(Failure::local("the call succeeded, but it should have failed")),
            Err(error) if is_expected(&error) => Ok(Failure::from(error).message().to_owned()),
            Err(error) => Err(error.into()),
        };
        self.print_step(step, began.elapsed(), answer, |reason| Ok(format!("rejected as expected: {reason}"))).map(drop)
    }

    /// Starts an operation and waits until it has ended.
    pub(super) async fn operation<T>(
        &mut self,
        step: &str,
        start: impl Future<Output = Result<Operation<T>>>,
        describe: impl FnOnce(&T) -> StepResult,
    ) -> Result<T, Failure> {
        let bar = Bar::start(self.terminal(), step, 1);
        let question = format!("whether the portal completed this step: {step}");
        let unknown = UnknownOutcome::new(question, hints::ALL_ROOMS);
        let pending = PendingOperation { subject: String::new(), unknown, bar: &bar };
        let began = Instant::now();
        let answer = pending.run(start, WaitUntil::Done(OPERATION_TIMEOUT)).await;
        let answer =
            answer.and_then(|ended| ended.ok_or_else(|| Failure::local("the operation ended without a result")));
        drop(bar);
        self.print_step(step, began.elapsed(), answer, describe)
    }

    /// Adds a created room or template to the list, or updates it there.
    pub(super) fn remember(&mut self, room: &Room) {
        self.forget(&room.id);
        self.created.push(room.clone());
    }

    /// Removes a deleted room or template from the list.
    pub(super) fn forget(&mut self, id: &RoomId) {
        self.created.retain(|room| room.id != *id);
    }

    fn print_step<T>(
        &mut self,
        step: &str,
        took: Duration,
        answer: Result<T, Failure>,
        describe: impl FnOnce(&T) -> StepResult,
    ) -> Result<T, Failure> {
        self.steps += 1;
        let result = match &answer {
            Ok(answer) => describe(answer),
            Err(failure) => Err(failure.message().to_owned()),
        };
        let colors = self.terminal().colors;
        let (sign, text) = match &result {
            Ok(text) => (style("✓").green(), text),
            Err(text) => (style("✗").red(), text),
        };
        let (shown, text) = (plain(step), plain(text));
        let sign = sign.force_styling(colors);
        let time = style(format!("({})", time(took))).dim().force_styling(colors);
        write(&format!("{sign} {:>2}. {shown} → {text} {time}\n", self.steps))?;
        match (answer, result) {
            (Ok(_), Err(wrong)) => Err(Failure::local(format!("{step}: {wrong}"))),
            (answer, _) => answer,
        }
    }

    /// Prints the last line of the tour.
    pub(super) fn summary(&self, failure: Option<&Failure>) -> Result<(), Failure> {
        let (steps, time) = (self.steps, time(self.began.elapsed()));
        write(&match failure {
            None => format!("\nAll {steps} steps succeeded in {time}\n"),
            Some(_) => format!("\nThe tour ended early, after {steps} steps in {time}\n"),
        })
    }

    fn terminal(&self) -> Terminal {
        self.session.terminal
    }
}

fn time(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

/// Describes a room or template in a few words.
pub(super) fn brief(room: &Room) -> String {
    format!("{} {} “{}”", if room.is_template() { "template" } else { "room" }, room.id, room.title)
}

/// Returns the error `wrong` unless `right` holds.
pub(super) fn expect(right: bool, wrong: impl Into<String>) -> Result<(), String> {
    if right { Ok(()) } else { Err(wrong.into()) }
}
