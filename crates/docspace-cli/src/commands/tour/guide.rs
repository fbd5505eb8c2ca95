//! What every chapter of the tour uses: steps that are timed and told, and a list of what was made.

use std::time::{Duration, Instant};

use console::style;
use docspace::{Error, Operation, Result, Room, RoomId};

use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::Bar;
use crate::session::Session;
use crate::terminal::{Terminal, write};
use crate::text::plain;
use crate::waiting::{PendingWork, WaitUntil};

/// Longer than any step takes on a portal that works.
const PATIENCE: Duration = Duration::from_secs(120);

/// Leads through the tour.
pub(super) struct Guide {
    pub(super) session: Session,
    mark: String,
    /// Rooms and templates that the tour created and that are still there.
    pub(super) created: Vec<Room>,
    steps: usize,
    began: Instant,
}

/// What a step shows of the answer, or what is wrong with the answer.
pub(super) type StepResult = Result<String, String>;

impl Guide {
    pub(super) fn new(session: Session, mark: String) -> Self {
        Self { session, mark, created: Vec::new(), steps: 0, began: Instant::now() }
    }

    /// Whether it is somebody's portal, on which nothing may stay behind.
    pub(super) fn is_live(&self) -> bool {
        !self.mark.is_empty()
    }

    /// What the titles of all rooms of this tour begin with; nothing on a mock portal.
    pub(super) fn mark(&self) -> &str {
        &self.mark
    }

    /// A title on this tour.
    pub(super) fn title(&self, title: &str) -> String {
        format!("{}{title}", self.mark)
    }

    /// Begins a chapter.
    pub(super) fn chapter(&self, name: &str) -> Result<(), Failure> {
        write(&format!("\n{}\n", style(name).bold().force_styling(self.terminal().colors)))
    }

    /// One call: what is asked, the call, and what to print of its answer.
    pub(super) async fn step<T>(
        &mut self,
        asked: &str,
        call: impl Future<Output = Result<T>>,
        describe: impl FnOnce(&T) -> StepResult,
    ) -> Result<T, Failure> {
        let bar = Bar::start(self.terminal(), asked, 1);
        let began = Instant::now();
        let answer = call.await.map_err(Failure::from);
        drop(bar);
        self.print_step(asked, began.elapsed(), answer, describe)
    }

    /// One call that the portal refuses, or the library before it is sent.
    pub(super) async fn refused<T>(
        &mut self,
        asked: &str,
        call: impl Future<Output = Result<T>>,
        as_it_should: impl FnOnce(&Error) -> bool,
    ) -> Result<(), Failure> {
        let began = Instant::now();
        let answer = match call.await {
            Ok(_) => Err(Failure::local("this should have been refused")),
            Err(error) if as_it_should(&error) => Ok(Failure::from(error).message().to_owned()),
            Err(error) => Err(error.into()),
        };
        self.print_step(asked, began.elapsed(), answer, |reason| Ok(format!("refused: {reason}"))).map(drop)
    }

    /// One piece of work that is waited for.
    pub(super) async fn work<T>(
        &mut self,
        asked: &str,
        start: impl Future<Output = Result<Operation<T>>>,
        describe: impl FnOnce(&T) -> StepResult,
    ) -> Result<T, Failure> {
        let bar = Bar::start(self.terminal(), asked, 1);
        let question = format!("whether the portal did it: {asked}");
        let unknown = UnknownOutcome::new(question, hints::ALL_ROOMS);
        let work = PendingWork { subject: String::new(), unknown, bar: &bar };
        let began = Instant::now();
        let answer = work.run(start, WaitUntil::Done(PATIENCE)).await;
        let answer = answer.and_then(|ended| ended.ok_or_else(|| Failure::local("it was not waited for")));
        drop(bar);
        self.print_step(asked, began.elapsed(), answer, describe)
    }

    /// Remembers a room or template that the tour created, as it is now.
    pub(super) fn remember(&mut self, room: &Room) {
        self.forget(&room.id);
        self.created.push(room.clone());
    }

    /// Forgets a room or template that is deleted.
    pub(super) fn forget(&mut self, id: &RoomId) {
        self.created.retain(|room| room.id != *id);
    }

    fn print_step<T>(
        &mut self,
        asked: &str,
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
        let (shown, text) = (plain(asked), plain(text));
        let sign = sign.force_styling(colors);
        let time = style(format!("({})", time(took))).dim().force_styling(colors);
        write(&format!("{sign} {:>2}. {shown} → {text} {time}\n", self.steps))?;
        match (answer, result) {
            (Ok(_), Err(wrong)) => Err(Failure::local(format!("{asked}: {wrong}"))),
            (answer, _) => answer,
        }
    }

    /// The last line.
    pub(super) fn summary(&self, failure: Option<&Failure>) -> Result<(), Failure> {
        let (steps, time) = (self.steps, time(self.began.elapsed()));
        write(&match failure {
            None => format!("\n{steps} steps in {time}, each as it should be\n"),
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

/// A room or template in a few words.
pub(super) fn brief(room: &Room) -> String {
    format!("{} {} “{}”", if room.is_template() { "template" } else { "room" }, room.id, room.title)
}

/// That what came back is as it was asked for.
pub(super) fn expect(right: bool, wrong: impl Into<String>) -> Result<(), String> {
    if right { Ok(()) } else { Err(wrong.into()) }
}
