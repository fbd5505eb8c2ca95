//! Creating the rooms of a file, one after the other.

use futures::FutureExt;

use super::arguments::FileArgs;
use super::plan::{self, Plan};
use super::record::NewRoomRecord;
use super::row::{self, Defaults, NewRoom};
use super::source::Source;
use super::step::{Failed, Step, with_id};
use super::{covers, people};
use crate::args::DryRunArgs;
use crate::csv::{Outcome, Problems, ResultFile, Sheet, State};
use crate::failure::Failure;
use crate::input;
use crate::interrupt::interrupt;
use crate::output::{Bar, Records, Report};
use crate::session::Session;
use crate::terminal::print_message;

/// Number of consecutive rows without an answer of the portal after which the command stops.
const MOST_UNANSWERED: usize = 3;

/// The rooms of a file that is checked: all that can be known before the first change.
pub(in crate::commands) struct NewRooms {
    source: Source,
    rooms: Vec<NewRoom>,
    plans: Vec<Plan>,
    results: ResultFile,
    invite: bool,
}

impl NewRooms {
    /// Reads and checks the file. Fails with all mistakes, before anything is changed.
    pub(in crate::commands) async fn read(
        file: &FileArgs,
        source: Source,
        defaults: &Defaults,
        if_missing: bool,
        session: &Session,
    ) -> Result<Self, Failure> {
        let path = file.path().unwrap_or("-");
        let name = input::name(path);
        let columns = source.columns();
        let sheet = Sheet::read(path, &columns)?;
        let mut problems = Problems::default();
        let template_type = match &source {
            Source::Settings => None,
            Source::Template { room, .. } => Some(room.room_type),
        };
        let mut rooms = NewRoom::all(&sheet, defaults, template_type.is_none(), &mut problems);
        for room in &mut rooms {
            room.room_type = template_type.or(room.room_type);
            room.check_type(&mut problems);
        }
        problems.into_result(name)?;
        let portal = session.portal.url().to_string();
        let results = ResultFile::open(file.result(), &sheet, &columns, &portal, row::key)?;
        let mut problems = Problems::default();
        people::check(session, &rooms, file.invite, &mut problems).await?;
        covers::check(session, &rooms, &mut problems).await?;
        let plans = plan::of(session, &rooms, &results, if_missing, &mut problems).await?;
        problems.into_result(name)?;
        Ok(Self { source, rooms, plans, results, invite: file.invite })
    }

    /// Creates the rooms or, in a dry run, shows them.
    pub(in crate::commands) async fn create(
        self,
        dry_run: &DryRunArgs,
        session: &Session,
    ) -> Result<Report<NewRoomRecord>, Failure> {
        if dry_run.is_set() {
            return Ok(self.preview());
        }
        // Fails before the first room is created if the result file cannot be written.
        self.results.save()?;
        let bar = Bar::start(session.terminal, "creating rooms", self.rooms.len());
        let run = Run {
            session,
            bar,
            results: self.results,
            failures: Vec::new(),
            records: Vec::new(),
            counts: Counts::default(),
            unanswered: 0,
            is_unsaved: false,
        };
        Ok(run.all(self.rooms, self.plans, &self.source, self.invite).await)
    }

    fn preview(self) -> Report<NewRoomRecord> {
        let (mut to_create, mut to_finish) = (0, 0);
        let records = self.rooms.iter().zip(&self.plans).map(|(room, plan)| match plan {
            Plan::Done(outcome) => NewRoomRecord::new(room, outcome),
            Plan::Existing(id) => NewRoomRecord::new(room, &with_id(State::Existing, id)),
            Plan::Finish(id) => {
                to_finish += 1;
                NewRoomRecord::planned(room, Some(id.clone()))
            }
            Plan::Create => {
                to_create += 1;
                NewRoomRecord::planned(room, None)
            }
        });
        let records: Vec<_> = records.collect();
        let finished = if to_finish > 0 { format!(" and complete {}", rooms(to_finish)) } else { String::new() };
        print_message(&format!("dry run: would create {}{finished}", rooms(to_create)));
        Records::List(records).into()
    }
}

/// A run, and its results so far.
struct Run<'s> {
    session: &'s Session,
    bar: Bar,
    results: ResultFile,
    failures: Vec<Failure>,
    records: Vec<NewRoomRecord>,
    counts: Counts,
    /// Number of consecutive rows without an answer of the portal.
    unanswered: usize,
    /// Whether the result file cannot be written any more.
    is_unsaved: bool,
}

/// The number of rooms with each result.
#[derive(Default)]
struct Counts {
    created: usize,
    existing: usize,
    earlier: usize,
    failed: usize,
    remaining: usize,
}

impl Run<'_> {
    async fn all(
        mut self,
        rooms: Vec<NewRoom>,
        plans: Vec<Plan>,
        source: &Source,
        invite: bool,
    ) -> Report<NewRoomRecord> {
        let bar = self.bar.clone();
        for (index, (room, plan)) in rooms.iter().zip(plans).enumerate() {
            let step = Step { session: self.session, bar: &bar, source, room, invite };
            let outcome = match plan {
                Plan::Done(outcome) => {
                    self.counts.earlier += 1;
                    self.records.push(NewRoomRecord::new(room, &outcome));
                    self.bar.done();
                    continue;
                }
                _ if self.must_stop() => {
                    self.counts.remaining += 1;
                    continue;
                }
                Plan::Existing(id) => Ok(with_id(State::Existing, &id)),
                Plan::Finish(id) => step.finish(&id, true).await,
                Plan::Create => {
                    if !self.save(index, room, Outcome::new(State::Started)) {
                        self.counts.remaining += 1;
                        continue;
                    }
                    self.create(index, &step).await
                }
            };
            self.end(index, room, outcome);
            self.bar.done();
        }
        self.report(rooms.len())
    }

    fn must_stop(&self) -> bool {
        self.is_unsaved || self.unanswered == MOST_UNANSWERED || interrupt().now_or_never().is_some()
    }

    /// Creates a room with its members and its link.
    async fn create(&mut self, index: usize, step: &Step<'_>) -> Result<Outcome, Failed> {
        let (id, warning) = step.create().await?;
        self.save(index, step.room, with_id(State::Incomplete, &id));
        let outcome = step.finish(&id, false).await?;
        let error = warning.as_ref().map(|warning| warning.message().to_owned());
        if let Some(warning) = warning {
            self.fail(step.room, warning);
        }
        Ok(Outcome { error, ..outcome })
    }

    /// Records the outcome of a row.
    fn end(&mut self, index: usize, room: &NewRoom, outcome: Result<Outcome, Failed>) {
        let outcome = match outcome {
            Ok(outcome) => {
                self.unanswered = 0;
                match outcome.state {
                    State::Existing => self.counts.existing += 1,
                    _ => self.counts.created += 1,
                }
                outcome
            }
            Err((outcome, failure)) => {
                self.unanswered = if failure.is_unanswered() { self.unanswered + 1 } else { 0 };
                self.counts.failed += 1;
                let error = Some(failure.message().to_owned());
                self.fail(room, failure);
                Outcome { error, ..outcome }
            }
        };
        if outcome.id.is_some() {
            self.records.push(NewRoomRecord::new(room, &outcome));
        }
        self.save(index, room, outcome);
    }

    /// Saves the outcome of a row. Returns whether that succeeded. After a failure, no further room
    /// is created.
    fn save(&mut self, index: usize, room: &NewRoom, outcome: Outcome) -> bool {
        match self.results.set(index, outcome) {
            Ok(()) => true,
            Err(failure) => {
                // The failure is printed once, not for each outcome of the row.
                if !std::mem::replace(&mut self.is_unsaved, true) {
                    self.fail(room, failure);
                }
                false
            }
        }
    }

    /// Prints the failure of a row.
    fn fail(&mut self, room: &NewRoom, failure: Failure) {
        let failure = failure.with_subject(&format!("line {}, “{}”", room.line, room.title));
        self.bar.suspend(|| failure.print(self.session.terminal.json_failures));
        self.failures.push(failure);
    }

    fn report(self, total: usize) -> Report<NewRoomRecord> {
        let Counts { created, existing, earlier, failed, remaining } = self.counts;
        let report = Report::from(Records::List(self.records));
        let parts = [
            (existing, "existed already"),
            (earlier, "created by an earlier run"),
            (failed, "failed"),
            (remaining, "not started"),
        ];
        let parts: String =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("; {count} {what}")).collect();
        let is_over = existing + earlier == total;
        let created =
            if is_over { "nothing to create".to_owned() } else { format!("created {created} of {}", rooms(total)) };
        let summary = format!("{created}{parts}");
        let saved = self.results.name().map(|name| format!("; {name} has the state of each row")).unwrap_or_default();
        if interrupt().now_or_never().is_some() {
            let advice = format!("{summary}; run the command again to go on{saved}");
            return report.failing(Some(Failure::interrupted().advise(advice)));
        }
        if !self.failures.is_empty() {
            let failure = Failure::several(&self.failures, summary);
            let cause = match self.unanswered == MOST_UNANSWERED {
                true => "check the connection to the portal",
                false => "see the errors above",
            };
            let advice = format!("{cause}, then run the command again to go on{saved}");
            return report.failing(Some(failure.advise(advice)));
        }
        report.note(format!("{summary}{saved}"))
    }
}

fn rooms(count: usize) -> String {
    if count == 1 { "1 room".to_owned() } else { format!("{count} rooms") }
}
