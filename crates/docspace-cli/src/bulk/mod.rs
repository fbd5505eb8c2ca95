//! Archiving, restoring and deleting several rooms or templates.
//!
//! The library runs the operations. This module shows their progress and collects their outcomes.

mod action;
mod preview;

use std::collections::HashMap;

pub(crate) use action::Action;
use docspace::rooms::Bulk;
use docspace::{Portal, RoomId};
use futures::StreamExt;

use crate::args::{SafetyArgs, Selection};
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::output::{Bar, Records, Report};
use crate::records::{OutcomeRecord, OutcomeState};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::WaitUntil;

/// An action on several rooms or templates.
pub(crate) struct BulkChange<'a> {
    pub(crate) action: Action,
    pub(crate) selection: Selection,
    /// Deletions ask for confirmation, and so do all changes of rooms that filters found.
    pub(crate) safety: &'a SafetyArgs,
    pub(crate) until: WaitUntil,
}

impl BulkChange<'_> {
    /// Runs the action on all rooms or templates. Prints each failure as it happens, unless there
    /// is only one room or template.
    pub(crate) async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let portal = &session.portal;
        let Self { action, selection, safety, until } = self;
        let is_filtered = matches!(selection, Selection::Found(_));
        let (ids, mut titles) = targets(&selection, portal);
        if is_filtered && ids.is_empty() {
            return Ok(Records::Found(Vec::new(), "no rooms match the filters, so nothing was changed").into());
        }
        let must_ask = safety.must_ask() && (is_filtered || action.is_deletion());
        if (must_ask || safety.dry_run.is_set()) && !ids.is_empty() {
            let contents = preview::contents(session, action, &ids, selection).await?;
            if safety.dry_run.is_set() {
                return Ok(preview::dry_run(&safety.dry_run, action, contents, session.terminal));
            }
            preview::confirm(action, &contents, session.terminal)?;
            titles.extend(contents.into_iter().map(|content| (content.room.id, content.room.title)));
        }
        // After the deletion they cannot be read.
        if action.is_deletion() {
            let untitled: Vec<_> = ids.iter().filter(|id| !titles.contains_key(*id)).cloned().collect();
            titles.extend(preview::titles(session, action, &untitled).await);
        }
        let unchanged = if is_filtered { Vec::new() } else { preview::unchanged(session, action, &ids).await };
        let mut run = Run {
            portal: portal.clone(),
            titles,
            terminal: session.terminal,
            action,
            until,
            bar: Bar::start(session.terminal, format!("{} {}s", action.participle(), action.noun()), ids.len()),
            is_single: ids.len() == 1,
            outcomes: HashMap::new(),
            failures: Vec::new(),
        };
        let many = portal.rooms().many(&ids);
        let not_started = match action {
            Action::ArchiveRooms => run.follow(many.archive(), |room| Some(room.title)).await,
            Action::RestoreRooms => run.follow(many.restore(), |room| Some(room.title)).await,
            Action::DeleteRooms => run.follow(many.delete(), |()| None).await,
            Action::DeleteTemplates => run.follow(portal.templates().delete_many(&ids), |()| None).await,
        };
        let summary = run.summary(&unchanged);
        let report = run.report(&ids, &not_started).summary(summary);
        if unchanged.is_empty() {
            return Ok(report);
        }
        Ok(report.note(action.already(&unchanged)))
    }
}

/// Returns the ids without repetitions in their order, and the titles that are known.
fn targets(selection: &Selection, portal: &Portal) -> (Vec<RoomId>, HashMap<RoomId, String>) {
    let (ids, titles): (Vec<RoomId>, _) = match selection {
        Selection::Named(named) => {
            let titles = named.iter().filter_map(|room| Some((room.id.clone(), room.title.clone()?)));
            (named.iter().map(|room| room.id.clone()).collect(), titles.collect())
        }
        Selection::Found(rooms) => {
            let titles = rooms.iter().map(|room| (room.id.clone(), room.title.clone()));
            (rooms.iter().map(|room| room.id.clone()).collect(), titles.collect())
        }
    };
    // `many` removes repeated ids, and `remaining` returns all others before the first call.
    (portal.rooms().many(&ids).archive().remaining(), titles)
}

/// A running action, and its results so far.
struct Run {
    portal: Portal,
    /// The titles that are known before the action.
    titles: HashMap<RoomId, String>,
    terminal: Terminal,
    action: Action,
    until: WaitUntil,
    bar: Bar,
    is_single: bool,
    outcomes: HashMap<RoomId, OutcomeRecord>,
    failures: Vec<Failure>,
}

impl Run {
    /// Runs the operations, and returns the ids that were not started because of Ctrl-C.
    async fn follow<T: 'static>(&mut self, bulk: Bulk<T>, title: fn(T) -> Option<String>) -> Vec<RoomId> {
        match self.until {
            WaitUntil::Accepted(_) => self.collect(bulk.without_waiting(), OutcomeState::Accepted, |()| None).await,
            WaitUntil::Done(limit) => {
                let bar = self.bar.clone();
                let noun = self.action.noun();
                let bulk = bulk.deadline(limit).on_progress(move |id, now| bar.show(&format!("{noun} {id}"), now));
                self.collect(bulk, self.action.state(), title).await
            }
        }
    }

    async fn collect<T: 'static>(
        &mut self,
        mut bulk: Bulk<T>,
        state: OutcomeState,
        title: fn(T) -> Option<String>,
    ) -> Vec<RoomId> {
        while let Some(Some((id, outcome))) = unless_interrupted(bulk.next()).await {
            self.bar.done();
            match outcome {
                Ok(done) => {
                    let title = title(done).or_else(|| self.titles.remove(&id));
                    self.outcomes.insert(id.clone(), OutcomeRecord { id, state, title });
                }
                Err(error) => {
                    let failure = self.action.unknown_outcome(&id).classify(error);
                    self.fail(self.explain(&id, failure).await, &id);
                }
            }
        }
        // After Ctrl-C the portal continues with the operations in flight. Their result is unknown.
        let in_flight = bulk.in_flight();
        for id in &in_flight {
            self.fail(Failure::interrupted().with_unknown_outcome(&self.action.unknown_outcome(id)), id);
        }
        bulk.remaining().into_iter().filter(|id| !in_flight.contains(id)).collect()
    }

    /// Says so if a room that is not found is a template. The portal does not.
    async fn explain(&self, id: &RoomId, failure: Failure) -> Failure {
        if !failure.is_not_found() || self.action == Action::DeleteTemplates {
            return failure;
        }
        match self.portal.template(id).get().await {
            Ok(template) => preview::is_template(&template),
            Err(_) => failure,
        }
    }

    /// Returns the number of changed rooms or templates as a sentence, if there are several.
    fn summary(&self, unchanged: &[RoomId]) -> Option<String> {
        let count = self.outcomes.keys().filter(|id| !unchanged.contains(id)).count();
        let is_told = count > 0 && !self.is_single;
        let noun = self.action.counted(count);
        is_told.then(|| match self.until {
            WaitUntil::Accepted(_) => format!("started {} {noun}", self.action.participle()),
            WaitUntil::Done(_) => format!("{} {noun}", self.action.past()),
        })
    }

    /// Records a failure. The failure of a single room is printed at the end, like that of any
    /// command.
    fn fail(&mut self, failure: Failure, id: &RoomId) {
        let failure = failure.of(id);
        if !self.is_single {
            self.bar.suspend(|| failure.print(self.terminal.json_failures));
        }
        self.failures.push(failure);
    }

    /// Returns the outcomes in the order of the ids, and the failure of the command.
    fn report(mut self, ids: &[RoomId], not_started: &[RoomId]) -> Report<OutcomeRecord> {
        let records = if self.is_single && !self.failures.is_empty() {
            Records::None
        } else {
            Records::List(ids.iter().filter_map(|id| self.outcomes.remove(id)).collect())
        };
        let failure = match self.failures.len() {
            _ if !not_started.is_empty() => {
                let left: Vec<_> = not_started.iter().map(ToString::to_string).collect();
                let noun = self.action.noun();
                Some(Failure::interrupted().advise(format!(
                    "run the command again for the {noun}s that it left unchanged: {}",
                    left.join(" ")
                )))
            }
            1 if self.is_single => self.failures.pop(),
            0 => None,
            _ => {
                let (verb, noun) = (self.action.participle(), self.action.noun());
                let message = format!("{verb} failed for {} of {} {noun}s", self.failures.len(), ids.len());
                Some(Failure::several(&self.failures, message))
            }
        };
        Report::from(records).failing(failure)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use docspace::RoomType;

    use super::*;
    use crate::lookup::NamedRoom;
    use crate::testing::{mock_session, parsed};

    const LIMIT: Duration = Duration::from_secs(60);

    async fn archive(session: &Session, ids: Vec<RoomId>, until: WaitUntil) -> Report<OutcomeRecord> {
        let selection = Selection::Named(ids.into_iter().map(|id| NamedRoom { id, title: None }).collect());
        let change = BulkChange { action: Action::ArchiveRooms, selection, safety: &parsed(&[]), until };
        change.run(session).await.expect("a report")
    }

    #[tokio::test]
    async fn failed_rooms_are_not_among_the_outcomes() {
        let (_mock, session) = mock_session().await;
        let create = |title| session.portal.rooms().create(title, RoomType::Custom).send();
        let one = create("One").await.expect("a room").id;
        let two = create("Two").await.expect("a room").id;
        let missing: RoomId = "4711".parse().expect("an id");
        let ids = vec![two.clone(), missing, one.clone(), two.clone()];
        let report = archive(&session, ids, WaitUntil::Done(LIMIT)).await;
        let Records::List(outcomes) = report.records else { panic!("a list is reported") };
        assert_eq!(outcomes.iter().map(|outcome| &outcome.id).collect::<Vec<_>>(), [&two, &one]);
        assert!(outcomes.iter().all(|outcome| outcome.state == OutcomeState::Archived));
        assert_eq!(report.summary.as_deref(), Some("archived 2 rooms"));
        assert_eq!(report.failure.expect("a failure").message(), "archiving failed for 1 of 3 rooms");
    }

    #[tokio::test]
    async fn failure_of_a_single_room_is_the_failure_of_the_command() {
        let (_mock, session) = mock_session().await;
        let ids = vec!["4711".parse().expect("an id")];
        let report = archive(&session, ids, WaitUntil::Accepted(LIMIT)).await;
        assert!(matches!(report.records, Records::None) && report.summary.is_none());
        assert!(report.failure.expect("a failure").message().contains("not found"));
    }
}
