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

use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::output::{Bar, Records, Report};
use crate::records::{OutcomeRecord, OutcomeState};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::WaitUntil;

/// An action on several rooms or templates.
pub(crate) struct BulkChange {
    pub(crate) action: Action,
    /// The ids as typed, with repetitions.
    pub(crate) ids: Vec<RoomId>,
    /// Whether to ask for confirmation first.
    pub(crate) must_ask: bool,
    pub(crate) until: WaitUntil,
}

impl BulkChange {
    /// Runs the action on all rooms or templates. Prints each failure as it happens, unless there
    /// is only one room or template.
    pub(crate) async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let portal = &session.portal;
        let action = self.action;
        // Removes repeated ids and keeps the order. `many` removes them; `left` returns the rest.
        let ids = portal.rooms().many(&self.ids).archive().remaining();
        let titles = match self.must_ask && !ids.is_empty() {
            true => preview::confirm(session, action, &ids).await?,
            false => HashMap::new(),
        };
        let unchanged = preview::unchanged(session, action, &ids).await;
        let mut run = Run {
            portal: portal.clone(),
            titles,
            terminal: session.terminal,
            action,
            until: self.until,
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
        let report = run.report(&ids, &not_started);
        if unchanged.is_empty() {
            return Ok(report);
        }
        let unchanged: Vec<_> = unchanged.iter().map(ToString::to_string).collect();
        Ok(report.note(format!("already {}: {}", action.state(), unchanged.join(" "))))
    }
}

/// A running action, and its results so far.
struct Run {
    portal: Portal,
    /// The titles that were read for the question.
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
            Ok(template) => Failure::usage(format!("`{}` ({id}) is a template, not a room", template.title))
                .advise("use `docspace templates delete` for templates"),
            Err(_) => failure,
        }
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
    use crate::testing::mock_session;

    const LIMIT: Duration = Duration::from_secs(60);

    fn archive(ids: Vec<RoomId>, until: WaitUntil) -> BulkChange {
        BulkChange { action: Action::ArchiveRooms, ids, must_ask: false, until }
    }

    #[tokio::test]
    async fn failed_rooms_are_not_among_the_outcomes() {
        let (_mock, session) = mock_session().await;
        let create = |title| session.portal.rooms().create(title, RoomType::Custom).send();
        let one = create("One").await.expect("a room").id;
        let two = create("Two").await.expect("a room").id;
        let missing: RoomId = "4711".parse().expect("an id");
        let change = archive(vec![two.clone(), missing, one.clone(), two.clone()], WaitUntil::Done(LIMIT));
        let report = change.run(&session).await.expect("a report");
        let Records::List(outcomes) = report.records else { panic!("a list is reported") };
        assert_eq!(outcomes.iter().map(|outcome| &outcome.id).collect::<Vec<_>>(), [&two, &one]);
        assert!(outcomes.iter().all(|outcome| outcome.state == OutcomeState::Archived));
        assert_eq!(report.failure.expect("a failure").message(), "archiving failed for 1 of 3 rooms");
    }

    #[tokio::test]
    async fn failure_of_a_single_room_is_the_failure_of_the_command() {
        let (_mock, session) = mock_session().await;
        let change = archive(vec!["4711".parse().expect("an id")], WaitUntil::Accepted(LIMIT));
        let report = change.run(&session).await.expect("a report");
        assert!(matches!(report.records, Records::None));
        assert!(report.failure.expect("a failure").message().contains("not found"));
    }
}
