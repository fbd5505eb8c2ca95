//! Creating the rooms of a file, one after the other.

use docspace::{RoomHandle, RoomId};
use futures::FutureExt;

use super::arguments::FileArgs;
use super::people;
use super::plan::{self, Plan};
use super::record::NewRoomRecord;
use super::row::{self, Defaults, NewLink, NewRoom};
use super::source::Source;
use crate::args::DryRunArgs;
use crate::args::values::Quota;
use crate::csv::{Outcome, Problems, ResultFile, Sheet, State};
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::input;
use crate::interrupt::{interrupt, next_interrupt};
use crate::output::{Bar, Records, Report};
use crate::session::Session;
use crate::terminal::print_message;

/// Number of rows in a row without an answer of the portal after which the command stops.
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
        // A result file that cannot be written is found before the first room is created.
        self.results.save()?;
        let bar = Bar::start(session.terminal, "creating rooms", self.rooms.len());
        let mut run = Run { session, bar, failures: Vec::new(), records: Vec::new(), counts: Counts::default() };
        run.all(self).await
    }

    fn preview(self) -> Report<NewRoomRecord> {
        let mut count = 0;
        let records = self.rooms.iter().zip(&self.plans).map(|(room, plan)| match plan {
            Plan::Done(outcome) => NewRoomRecord::new(room, outcome),
            Plan::Existing(id) => NewRoomRecord::new(room, &with_id(State::Existing, id)),
            Plan::Finish(id) => NewRoomRecord::planned(room, Some(id.clone())),
            Plan::Create => {
                count += 1;
                NewRoomRecord::planned(room, None)
            }
        });
        let records: Vec<_> = records.collect();
        print_message(&format!("dry run: would create {}", rooms(count)));
        Records::List(records).into()
    }
}

/// A run, and its results so far.
struct Run<'s> {
    session: &'s Session,
    bar: Bar,
    failures: Vec<Failure>,
    records: Vec<NewRoomRecord>,
    counts: Counts,
}

/// The number of rooms with each result.
#[derive(Default)]
struct Counts {
    created: usize,
    existing: usize,
    earlier: usize,
    failed: usize,
}

impl Run<'_> {
    async fn all(&mut self, new: NewRooms) -> Result<Report<NewRoomRecord>, Failure> {
        let NewRooms { source, rooms: all, plans, mut results, invite } = new;
        let (total, mut unanswered, mut remaining) = (all.len(), 0, 0);
        let bar = self.bar.clone();
        for (index, (room, plan)) in all.iter().zip(plans).enumerate() {
            if interrupt().now_or_never().is_some() || unanswered == MOST_UNANSWERED {
                remaining += usize::from(!matches!(plan, Plan::Done(_)));
                continue;
            }
            let step = Step { session: self.session, bar: &bar, source: &source, room, invite };
            let outcome = match plan {
                Plan::Done(outcome) => {
                    self.counts.earlier += 1;
                    self.records.push(NewRoomRecord::new(room, &outcome));
                    self.bar.done();
                    continue;
                }
                Plan::Existing(id) => Ok(with_id(State::Existing, &id)),
                Plan::Finish(id) => step.finish(&id, true).await,
                Plan::Create => {
                    results.set(index, Outcome::new(State::Started))?;
                    match step.create().await {
                        Ok((id, warning)) => {
                            results.set(index, with_id(State::Incomplete, &id))?;
                            if let Some(warning) = warning {
                                self.fail(room, warning);
                            }
                            step.finish(&id, false).await
                        }
                        Err(failed) => Err(failed),
                    }
                }
            };
            let outcome = match outcome {
                Ok(outcome) => {
                    unanswered = 0;
                    match outcome.state {
                        State::Existing => self.counts.existing += 1,
                        _ => self.counts.created += 1,
                    }
                    outcome
                }
                Err((outcome, failure)) => {
                    unanswered = if failure.is_outcome_known() { 0 } else { unanswered + 1 };
                    let error = Some(failure.message().to_owned());
                    self.counts.failed += 1;
                    self.fail(room, failure);
                    Outcome { error, ..outcome }
                }
            };
            if outcome.id.is_some() {
                self.records.push(NewRoomRecord::new(room, &outcome));
            }
            results.set(index, outcome)?;
            self.bar.done();
        }
        Ok(self.report(total, remaining, &results))
    }

    /// Prints the failure of a row.
    fn fail(&mut self, room: &NewRoom, failure: Failure) {
        let failure = failure.with_subject(&format!("line {}, “{}”", room.line, room.title));
        self.bar.suspend(|| failure.print(self.session.terminal.json_failures));
        self.failures.push(failure);
    }

    fn report(&mut self, total: usize, remaining: usize, results: &ResultFile) -> Report<NewRoomRecord> {
        let Counts { created, existing, earlier, failed } = self.counts;
        let report = Report::from(Records::List(std::mem::take(&mut self.records)));
        let parts = [
            (existing, "existed already"),
            (earlier, "created by an earlier run"),
            (failed, "failed"),
            (remaining, "not started"),
        ];
        let parts: String =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("; {count} {what}")).collect();
        let summary = format!("created {created} of {}{parts}", rooms(total));
        let saved = results.name().map(|name| format!("; {name} has the state of each row")).unwrap_or_default();
        if interrupt().now_or_never().is_some() {
            let advice = format!("{summary}; run the command again to go on{saved}");
            return report.failing(Some(Failure::interrupted().advise(advice)));
        }
        if !self.failures.is_empty() {
            let failure = Failure::several(&self.failures, summary);
            let advice = format!("correct the rows that failed, and run the command again to go on{saved}");
            return report.failing(Some(failure.advise(advice)));
        }
        report.note(format!("{summary}{saved}"))
    }
}

/// The work on one row.
struct Step<'s> {
    session: &'s Session,
    bar: &'s Bar,
    source: &'s Source,
    room: &'s NewRoom,
    invite: bool,
}

/// The outcome of a row that failed, and the failure.
type Failed = (Outcome, Failure);

impl Step<'_> {
    /// Creates the room. Returns its id, and a failure if the portal did not set its storage limit.
    async fn create(&self) -> Result<(RoomId, Option<Failure>), Failed> {
        let created = self.until_second_interrupt(self.source.create(self.session, self.room, self.bar)).await;
        let quota = self.room.settings.shared.quota;
        match created {
            // While quotas are off, the portal accepts a quota, but the room has none
            // (docs/portal/tags-groups-logos-quotas.md#quota-fields-of-a-room).
            Ok(room) if matches!(quota, Some(Quota::Bytes(_))) && room.quota_limit.is_none() => {
                let failure = Failure::local(format!("room {} was created without its storage limit", room.id));
                Ok((room.id, Some(failure.advise("turn on quotas for rooms, then set it with `docspace rooms edit`"))))
            }
            Ok(room) => Ok((room.id, None)),
            Err(failure) if failure.has_unknown_outcome() => {
                let advice = "run the command again: it looks for the room before it creates one";
                Err((Outcome::new(State::Unknown), failure.advise(advice)))
            }
            Err(failure) => Err((Outcome::new(State::Failed), failure)),
        }
    }

    /// Adds the members and creates the link of a room that exists.
    async fn finish(&self, id: &RoomId, by_earlier_run: bool) -> Result<Outcome, Failed> {
        let done = self.until_second_interrupt(self.complete(id, by_earlier_run)).await;
        match done {
            Ok(url) => Ok(Outcome { url, ..with_id(State::Created, id) }),
            Err(failure) => {
                let failure = failure.of(id);
                Err((with_id(State::Incomplete, id), failure))
            }
        }
    }

    async fn complete(&self, id: &RoomId, by_earlier_run: bool) -> Result<Option<String>, Failure> {
        let handle = self.session.portal.room(id);
        if !self.room.members.is_empty() {
            let members = self.room.members.iter();
            let mut set = members.fold(handle.members().set(), |set, (person, access)| set.give(person, *access));
            if self.invite {
                set = set.invite_unknown();
            }
            let question = format!("whether the members of room {id} were added");
            let unknown = UnknownOutcome::new(question, format!("docspace members list {id}"));
            set.send().await.map(drop).map_err(|error| unknown.classify(error))?;
        }
        match self.room.link {
            Some(link) => self.link(&handle, link, by_earlier_run).await,
            None => Ok(None),
        }
    }

    /// Returns the address of the link. An earlier run can have created it without getting the
    /// answer of the portal.
    async fn link(&self, room: &RoomHandle, new: NewLink, by_earlier_run: bool) -> Result<Option<String>, Failure> {
        let links = room.links();
        if by_earlier_run {
            let all = links.list().await?;
            let found =
                all.iter().find(|link| !link.is_invitation() && !link.is_primary() && link.access == new.access);
            if let Some(link) = found {
                return Ok(Some(link.url().to_owned()));
            }
        }
        let link = links.create(new.access);
        let link = match new.expires {
            Some(date) => link.expires(date),
            None => link,
        };
        let unknown = UnknownOutcome::new("whether the link was created", hints::links_of(room.id()));
        let link = link.send().await.map_err(|error| unknown.classify(error))?;
        Ok(Some(link.url().to_owned()))
    }

    /// Finishes the work after Ctrl-C, and stops it when Ctrl-C is pressed again.
    async fn until_second_interrupt<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let second = async {
            interrupt().await;
            let text = "stopping after this room; press Ctrl-C again to stop immediately";
            self.bar.suspend(|| print_message(text));
            next_interrupt().await;
        };
        tokio::select! {
            outcome = work => outcome,
            () = second => {
                let question = format!("whether the room “{}” is complete", self.room.title);
                let unknown = UnknownOutcome::new(question, hints::rooms_titled(&self.room.title));
                Err(Failure::interrupted().with_unknown_outcome(&unknown))
            }
        }
    }
}

fn with_id(state: State, id: &RoomId) -> Outcome {
    Outcome { id: Some(id.to_string()), ..Outcome::new(state) }
}

fn rooms(count: usize) -> String {
    if count == 1 { "1 room".to_owned() } else { format!("{count} rooms") }
}
