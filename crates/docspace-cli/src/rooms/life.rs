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
    fn noun(self) -> &'static str {
        if self == Self::DeleteTemplate { "template" } else { "room" }
    }

    fn doing(self) -> &'static str {
        match self {
            Self::Archive => "archiving",
            Self::Restore => "restoring",
            Self::Delete | Self::DeleteTemplate => "deleting",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Archive => "archived",
            Self::Restore => "active",
            Self::Delete | Self::DeleteTemplate => "deleted",
        }
    }

    /// Says what nobody knows after a failure, and the command that tells.
    fn explain(self, id: &RoomId, explain: impl FnOnce(&str, &str) -> Failure) -> Failure {
        let noun = self.noun();
        let look = match self {
            Self::DeleteTemplate => "docspace templates list".to_owned(),
            _ => format!("docspace rooms view {id}"),
        };
        explain(&format!("whether {noun} {id} is {}", self.done()), &look)
    }
}

/// What became of one of them.
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

/// Does it to all of them, prints each failure as it happens, and then what became of the others.
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
    let ids = portal.rooms().many(&ids).archive().left();
    if must_ask {
        confirm::ask(&question(&portal, verb, &ids).await)?;
    }
    let many = portal.rooms().many(&ids);
    let run = Run { app, verb, wait, ids: &ids };
    let mut ended = match verb {
        Verb::Archive => run.follow(many.archive(), |room| Some(room.title)).await,
        Verb::Restore => run.follow(many.restore(), |room| Some(room.title)).await,
        Verb::Delete => run.follow(many.delete(), |()| None).await,
        Verb::DeleteTemplate => run.follow(portal.templates().delete_many(&ids), |()| None).await,
    };
    if ids.len() > 1 || ended.failures.is_empty() {
        printer.list(&ended.outcomes)?;
    }
    if !ended.not_begun.is_empty() {
        let left: Vec<_> = ended.not_begun.iter().map(ToString::to_string).collect();
        return Err(Failure::interrupted().advise(format!("not begun, so left as they were: {}", left.join(" "))));
    }
    match ended.failures.len() {
        0 => Ok(()),
        1 if ids.len() == 1 => Err(ended.failures.remove(0)),
        _ => Err(Failure::several(&ended.failures, ids.len())),
    }
}

/// What all of them have in common.
struct Run<'a> {
    app: &'a App,
    verb: Verb,
    wait: &'a WaitArgs,
    ids: &'a [RoomId],
}

/// How all of it ended.
struct Ended {
    /// What became of those that went well, in the order of the ids.
    outcomes: Vec<Outcome>,
    failures: Vec<Failure>,
    /// What was left alone because somebody pressed Ctrl-C.
    not_begun: Vec<RoomId>,
}

impl Run<'_> {
    async fn follow<T: 'static>(&self, bulk: Bulk<T>, title: fn(T) -> Option<String>) -> Ended {
        let (verb, noun) = (self.verb, self.verb.noun());
        let bar = Bar::start(self.app.terminal, format!("{} {noun}s", verb.doing()), self.ids.len());
        let Some(timeout) = self.wait.timeout() else {
            return self.collect(bulk.without_waiting(), &bar, |()| ("accepted", None)).await;
        };
        let shown = bar.clone();
        let bulk = bulk.deadline(timeout).on_progress(move |id, now| shown.show(&format!("{noun} {id}"), now));
        self.collect(bulk, &bar, |done| (verb.done(), title(done))).await
    }

    async fn collect<T: 'static>(
        &self,
        mut bulk: Bulk<T>,
        bar: &Bar,
        state: impl Fn(T) -> (&'static str, Option<String>),
    ) -> Ended {
        let (mut done, mut failures) = (HashMap::new(), Vec::new());
        let mut fail = |failure: Failure| {
            // A single failure is printed at the end, as that of any command.
            if self.ids.len() > 1 {
                bar.aside(|| failure.print(self.app.json));
            }
            failures.push(failure);
        };
        while let Some(Some((id, outcome))) = unless_interrupted(bulk.next()).await {
            bar.done();
            match outcome {
                Ok(ended) => drop(done.insert(id, state(ended))),
                Err(error) => fail(self.verb.explain(&id, |question, look| settle(error, question, look))),
            }
        }
        // What the portal has accepted goes on; what became of it is not known.
        let open = bulk.in_flight();
        open.iter()
            .for_each(|id| fail(self.verb.explain(id, |open, look| Failure::interrupted().leaving_open(open, look))));
        let not_begun = bulk.left().into_iter().filter(|id| !open.contains(id)).collect();
        let outcome = |id: &RoomId| done.remove(id).map(|(state, title)| Outcome { id: id.clone(), state, title });
        Ended { outcomes: self.ids.iter().filter_map(outcome).collect(), failures, not_begun }
    }
}

/// What a person is asked: with the titles, as ids are easily mistyped.
async fn question(portal: &Portal, verb: Verb, ids: &[RoomId]) -> String {
    let names = stream::iter(ids).map(|id| async move {
        match portal.room(id).get().await {
            Ok(room) => format!("{id} “{}”", room.title.replace(char::is_control, " ")),
            Err(_) => format!("{id} (cannot be read)"),
        }
    });
    let names: Vec<_> = names.buffered(READS).collect().await;
    let plural = if ids.len() == 1 { "" } else { "s" };
    format!("Delete {}{plural} {} for good?", verb.noun(), names.join(", "))
}
