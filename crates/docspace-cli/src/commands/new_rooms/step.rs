//! Creating one room of a file, with its members and its link.

use docspace::{RoomHandle, RoomId};
use futures::FutureExt;

use super::row::{NewLink, NewRoom};
use super::source::Source;
use crate::args::values::Quota;
use crate::csv::{Outcome, State};
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::interrupt::{interrupt, next_interrupt};
use crate::output::Bar;
use crate::session::Session;
use crate::terminal::print_message;

/// The work on one row.
pub(super) struct Step<'s> {
    pub(super) session: &'s Session,
    pub(super) bar: &'s Bar,
    pub(super) source: &'s Source,
    pub(super) room: &'s NewRoom,
    pub(super) invite: bool,
}

/// The outcome of a row that failed, and the failure.
pub(super) type Failed = (Outcome, Failure);

impl Step<'_> {
    /// Creates the room. Returns its id, and a failure if the portal did not set its storage limit.
    pub(super) async fn create(&self) -> Result<(RoomId, Option<Failure>), Failed> {
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
    pub(super) async fn finish(&self, id: &RoomId, by_earlier_run: bool) -> Result<Outcome, Failed> {
        let done = self.until_second_interrupt(self.complete(id, by_earlier_run)).await;
        match done {
            Ok(url) => Ok(Outcome { url, ..with_id(State::Created, id) }),
            Err(failure) => {
                // The next run creates the room again if a person has deleted it.
                let is_gone = failure.is_not_found() && self.is_gone(id).await;
                let outcome = if is_gone { Outcome::new(State::Failed) } else { with_id(State::Incomplete, id) };
                Err((outcome, failure.of(id)))
            }
        }
    }

    async fn is_gone(&self, id: &RoomId) -> bool {
        self.session.portal.room(id).get().await.is_err_and(|error| error.is_not_found())
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
            // Listens before the message, so that no answer to it is lost.
            let mut second = std::pin::pin!(next_interrupt());
            if second.as_mut().now_or_never().is_some() {
                return;
            }
            let text = "stopping after this room; press Ctrl-C again to stop immediately";
            self.bar.suspend(|| print_message(text));
            second.await;
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

/// Returns the outcome of a row whose room exists.
pub(super) fn with_id(state: State, id: &RoomId) -> Outcome {
    Outcome { id: Some(id.to_string()), ..Outcome::new(state) }
}
