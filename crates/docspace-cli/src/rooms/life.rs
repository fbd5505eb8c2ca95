//! Archiving, restoring and deleting: several at once, and one that fails does not stop the others.

use docspace::{Portal, Room, RoomId, WaitPolicy};
use futures::{StreamExt, stream};
use serde_json::json;

use crate::app::App;
use crate::confirm::{self, ConfirmArgs};
use crate::failure::Failure;
use crate::output::{Bar, Field, OutputArgs, Record};
use crate::work::{WaitArgs, Work, interrupt};

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

    fn look(self, id: &RoomId) -> String {
        match self {
            Self::DeleteTemplate => "docspace templates list".to_owned(),
            _ => format!("docspace rooms view {id}"),
        }
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

/// Does it to all of them, tells each failure as it happens, and prints what became of the others.
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
    let ids = distinct(ids);
    let portal = app.portal()?;
    if must_ask {
        confirm::ask(&question(&portal, verb, &ids).await)?;
    }
    let mut ended = work_on(app, verb, &portal, &ids, wait).await;
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

/// How all of it ended.
struct Ended {
    /// What became of those that went well, in the order of the ids.
    outcomes: Vec<Outcome>,
    failures: Vec<Failure>,
    /// What was left alone because somebody pressed Ctrl-C.
    not_begun: Vec<RoomId>,
}

async fn work_on(app: &App, verb: Verb, portal: &Portal, ids: &[RoomId], wait: &WaitArgs) -> Ended {
    let bar = Bar::start(app.terminal, format!("{} {}s", verb.doing(), verb.noun()), ids.len());
    // More would only wait for each other, as a portal drops what it is given too much of.
    let at_once = WaitPolicy::default().in_flight;
    let mut begun = 0;
    // What is under way hears of Ctrl-C by itself.
    let works = stream::iter(ids.iter().enumerate()).take_until(interrupt());
    let works = works.inspect(|_| begun += 1);
    let works = works.map(async |(place, id)| (place, one(portal, verb, id, wait, &bar).await));
    let mut works = Box::pin(works.buffer_unordered(at_once));
    let (mut outcomes, mut failures) = (Vec::new(), Vec::new());
    while let Some((place, outcome)) = works.next().await {
        bar.done();
        match outcome {
            Ok(outcome) => outcomes.push((place, outcome)),
            // A single failure is told at the end, as that of any command.
            Err(failure) => {
                if ids.len() > 1 {
                    bar.aside(|| failure.print(app.json));
                }
                failures.push(failure);
            }
        }
    }
    drop(works);
    outcomes.sort_by_key(|(place, _)| *place);
    let outcomes = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
    Ended { outcomes, failures, not_begun: ids[begun..].to_vec() }
}

/// Each id once, in the order in which they were typed.
fn distinct(ids: Vec<RoomId>) -> Vec<RoomId> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
}

async fn one(portal: &Portal, verb: Verb, id: &RoomId, wait: &WaitArgs, bar: &Bar) -> Result<Outcome, Failure> {
    let work = Work {
        subject: format!("{} {id}", verb.noun()),
        question: format!("whether {} {id} is {}", verb.noun(), verb.done()),
        look: verb.look(id),
        bar,
    };
    let room = portal.room(id);
    let title = |ended: Option<Room>| ended.map(|room| (verb.done(), Some(room.title)));
    let ended = match verb {
        Verb::Archive => title(work.run(room.archive(), wait).await?),
        Verb::Restore => title(work.run(room.restore(), wait).await?),
        Verb::Delete => work.run(room.delete(), wait).await?.map(|()| (verb.done(), None)),
        Verb::DeleteTemplate => work.run(portal.template(id).delete(), wait).await?.map(|()| (verb.done(), None)),
    };
    let (state, title) = ended.unwrap_or(("accepted", None));
    Ok(Outcome { id: id.clone(), state, title })
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
