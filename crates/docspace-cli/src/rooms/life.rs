//! Archiving, restoring and deleting several rooms or templates: the library does the work, this prints it.

use std::collections::HashMap;

use docspace::{Bulk, Portal, RoomId};
use futures::{StreamExt, stream};
use serde_json::json;

use crate::app::App;
use crate::confirm::{self, ConfirmArgs};
use crate::failure::Failure;
use crate::output::{Bar, Field, OutputArgs, Record};
use crate::work::{WaitArgs, settle, unless_interrupted};

/// What to do with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Archive,
    Restore,
    Delete,
    DeleteTemplate,
}

/// How many titles are read at once.
const READS: usize = 16;

impl Verb {
    /// The noun, the action and the resulting state.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Archive => ("room", "archiving", "archived"),
            Self::Restore => ("room", "restoring", "active"),
            Self::Delete => ("room", "deleting", "deleted"),
            Self::DeleteTemplate => ("template", "deleting", "deleted"),
        }
    }

    /// The question that a failure leaves open, and the command that answers it.
    fn open_question(self, id: &RoomId) -> (String, String) {
        let (noun, _, done) = self.words();
        let look = match self {
            Self::DeleteTemplate => "docspace templates list".to_owned(),
            _ => format!("docspace rooms view {id}"),
        };
        (format!("whether {noun} {id} is {done}"), look)
    }
}

/// The outcome for one of them.
pub(crate) struct Outcome {
    id: RoomId,
    state: &'static str,
    title: Option<String>,
}

impl Record for Outcome {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("id", |outcome| json!(outcome.id)),
        Field::column("state", |outcome| json!(outcome.state)),
        Field::column("title", |outcome| json!(outcome.title)),
    ];
}

/// Applies the change to all ids, prints each failure as it happens, and then the outcomes of the others.
pub(crate) async fn run_all(
    app: &App,
    verb: Verb,
    ids: Vec<RoomId>,
    confirm: Option<&ConfirmArgs>,
    wait: &WaitArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let printer = output.printer::<Outcome>(app)?;
    let must_ask = confirm.map_or(Ok(false), |confirm| confirm.must_ask(app))?;
    let portal = app.portal()?;
    // Each id once, in the order in which they were typed.
    let ids = portal.rooms().many(&ids).archive().left();
    if must_ask {
        confirm::ask(&question(&portal, verb, &ids).await)?;
    }
    let (many, (noun, doing, _)) = (portal.rooms().many(&ids), verb.words());
    let bar = Bar::start(app.terminal, format!("{doing} {noun}s"), ids.len());
    let mut run =
        Run { app, verb, wait, bar, is_single: ids.len() == 1, outcomes: HashMap::new(), failures: Vec::new() };
    let not_begun = match verb {
        Verb::Archive => run.follow(many.archive(), |room| Some(room.title)).await,
        Verb::Restore => run.follow(many.restore(), |room| Some(room.title)).await,
        Verb::Delete => run.follow(many.delete(), |()| None).await,
        Verb::DeleteTemplate => run.follow(portal.templates().delete_many(&ids), |()| None).await,
    };
    let Run { bar, mut outcomes, mut failures, is_single, .. } = run;
    drop(bar);
    if !is_single || failures.is_empty() {
        printer.list(&ids.iter().filter_map(|id| outcomes.remove(id)).collect::<Vec<_>>())?;
    }
    match failures.len() {
        _ if !not_begun.is_empty() => {
            let left: Vec<_> = not_begun.iter().map(ToString::to_string).collect();
            Err(Failure::interrupted().advise(format!("not started, so unchanged: {}", left.join(" "))))
        }
        0 => Ok(()),
        1 if is_single => Err(failures.remove(0)),
        _ => Err(Failure::several(&failures, ids.len())),
    }
}

/// One run of the command, and its results so far.
struct Run<'a> {
    app: &'a App,
    verb: Verb,
    wait: &'a WaitArgs,
    bar: Bar,
    is_single: bool,
    outcomes: HashMap<RoomId, Outcome>,
    failures: Vec<Failure>,
}

impl Run<'_> {
    /// Returns the rooms that were not started because of Ctrl-C.
    async fn follow<T: 'static>(&mut self, bulk: Bulk<T>, title: fn(T) -> Option<String>) -> Vec<RoomId> {
        let (bar, (noun, _, done)) = (self.bar.clone(), self.verb.words());
        match self.wait.timeout() {
            None => self.collect(bulk.without_waiting(), "accepted", |()| None).await,
            Some(timeout) => {
                let bulk = bulk.deadline(timeout).on_progress(move |id, now| bar.show(&format!("{noun} {id}"), now));
                self.collect(bulk, done, title).await
            }
        }
    }

    async fn collect<T: 'static>(
        &mut self,
        mut bulk: Bulk<T>,
        state: &'static str,
        title: fn(T) -> Option<String>,
    ) -> Vec<RoomId> {
        while let Some(Some((id, outcome))) = unless_interrupted(bulk.next()).await {
            self.bar.done();
            match outcome {
                Ok(done) => drop(self.outcomes.insert(id.clone(), Outcome { id, state, title: title(done) })),
                Err(error) => {
                    let (question, look) = self.verb.open_question(&id);
                    self.fail(settle(error, &question, &look));
                }
            }
        }
        // The portal continues with what it has accepted; the result is not known.
        let in_flight = bulk.in_flight();
        for id in &in_flight {
            let (question, look) = self.verb.open_question(id);
            self.fail(Failure::interrupted().leaving_open(&question, &look));
        }
        bulk.left().into_iter().filter(|id| !in_flight.contains(id)).collect()
    }

    /// A single failure is printed at the end, as that of any command.
    fn fail(&mut self, failure: Failure) {
        if !self.is_single {
            self.bar.aside(|| failure.print(self.app.json));
        }
        self.failures.push(failure);
    }
}

/// What a person is asked: with the titles, as ids are easily mistyped.
async fn question(portal: &Portal, verb: Verb, ids: &[RoomId]) -> String {
    let names = stream::iter(ids).map(|id| async move {
        match portal.room(id).get().await {
            Ok(room) => format!("{id} “{}”", room.title),
            Err(_) => format!("{id} (cannot be read)"),
        }
    });
    let names: Vec<_> = names.buffered(READS).collect().await;
    let plural = if ids.len() == 1 { "" } else { "s" };
    format!("Delete {}{plural} {} for good?", verb.words().0, names.join(", "))
}
