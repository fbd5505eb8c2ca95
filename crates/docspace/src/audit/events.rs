//! The events of the audit trail.

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use docspace_api::types::{AuditEvent, PersonId};
use docspace_api::{AuditAction, AuditActionType, AuditEntry, AuditLocation, ClientAuditExt, RoomId, Timestamp};
use futures::stream::{TryStreamExt, once};

use super::merge;
use super::reader::{self, FilterSupport, ignored};
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::rooms::RoomRef;
use crate::support::input;
use crate::support::optional::optional_settings;

/// Actions of rooms that a portal leaves out unless a call asks for exactly this action
/// (docs/portal/history-and-audit.md#filters).
const LISTED_ONLY_BY_ACTION: [AuditAction; 3] =
    [AuditAction::RoomExternalLinkRenamed, AuditAction::RoomColorChanged, AuditAction::RoomCoverChanged];
/// Events are stored in whole seconds, and the bounds of a period are not.
const TOLERANCE: Duration = Duration::from_secs(1);

/// The events of the audit trail: set filters, then read them. An event must match every filter.
/// Returned by [`Audit::events`](super::Audit::events).
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListAuditEvents {
    portal: Portal,
    person: Option<PersonId>,
    actions: Vec<AuditAction>,
    action_type: Option<AuditActionType>,
    location: Option<AuditLocation>,
    room: Option<RoomId>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

brief_debug!(ListAuditEvents, |list| actions: list.actions.len());

optional_settings!(ListAuditEvents);

impl ListAuditEvents {
    pub(super) fn new(portal: Portal) -> Self {
        let (person, action_type, location, room, since, until) = (None, None, None, None, None, None);
        Self { portal, person, actions: Vec::new(), action_type, location, room, since, until }
    }

    /// Lists only events of this person.
    pub fn person(mut self, id: PersonId) -> Self {
        self.person = Some(id);
        self
    }

    /// Lists only events of this action. Call it several times to list events of any of several
    /// actions.
    pub fn action(mut self, action: AuditAction) -> Self {
        if !self.actions.contains(&action) {
            self.actions.push(action);
        }
        self
    }

    /// Lists only events of this type, such as deletions.
    pub fn action_type(mut self, action_type: AuditActionType) -> Self {
        self.action_type = Some(action_type);
        self
    }

    /// Lists only events in this part of the portal, such as its settings.
    pub fn location(mut self, location: AuditLocation) -> Self {
        self.location = Some(location);
        self
    }

    /// Lists only events of this room itself: its settings, members, links and tags. Events of its
    /// folders and files are not among them; [`RoomHandle::history`](crate::RoomHandle::history)
    /// has those.
    ///
    /// Without an [`action`](Self::action), the client reads the events of the whole portal and
    /// keeps those of the room, because a portal can filter by room only together with an action.
    /// Set [`since`](Self::since) as well on a busy portal.
    pub fn room(mut self, room: impl Into<RoomRef>) -> Self {
        self.room = Some(room.into().id);
        self
    }

    /// Lists only events since this moment.
    pub fn since(mut self, moment: impl Into<Timestamp>) -> Self {
        self.since = Some(moment.into());
        self
    }

    /// Lists only events until this moment.
    pub fn until(mut self, moment: impl Into<Timestamp>) -> Self {
        self.until = Some(moment.into());
        self
    }

    /// The events as a stream, newest first. The client reads a page when the previous page is
    /// used up.
    ///
    /// - Each event comes once. Events that happen while the stream is read are left out.
    /// - A portal writes the trail in the background, so an event can be missing for a few seconds.
    /// - Events of the same second come in the order of their ids.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal ignores filters and paging, because it
    ///   has no audit trail or hides its login history.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator, or the key
    ///   lacks `*:read`.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the period ends before it begins. Nothing is sent.
    pub fn stream(self) -> BoxStream<'static, Result<AuditEvent>> {
        if let Err(error) = input::period(self.since, self.until) {
            return Box::pin(once(ready(Err(error))));
        }
        let asked: Vec<Option<AuditAction>> = if self.actions.is_empty() {
            std::iter::once(None).chain(LISTED_ONLY_BY_ACTION.map(Some)).collect()
        } else {
            self.actions.iter().copied().map(Some).collect()
        };
        let (list, support) = (Arc::new(self), FilterSupport::default());
        merge::newest_first(asked.into_iter().map(|action| list.stream_of(action, &support)).collect())
    }

    /// Reads all of the events, newest first.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn all(self) -> Result<Vec<AuditEvent>> {
        self.stream().try_collect().await
    }

    /// The events that the portal lists for this action, or without one.
    fn stream_of(
        self: &Arc<Self>,
        action: Option<AuditAction>,
        support: &FilterSupport,
    ) -> BoxStream<'static, Result<AuditEvent>> {
        let (list, judge) = (Arc::clone(self), Arc::clone(self));
        let fetch = move |start, count| -> BoxFuture<'static, Result<Vec<AuditEvent>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(action, start, count).await })
        };
        let entries = reader::stream(fetch, |error| error.of(&call(0)), support.clone());
        Box::pin(entries.try_filter(move |event| ready(judge.wants(event))))
    }

    async fn page(&self, action: Option<AuditAction>, start: i32, count: i32) -> Result<Vec<AuditEvent>> {
        let mut request = self.portal.api().list_audit_events().count(count).start_index(start);
        if let Some(id) = self.person {
            request = request.user_id(id);
        }
        match action {
            Some(action) => request = request.action(action),
            None => {
                if let Some(action_type) = self.action_type {
                    request = request.action_type(action_type);
                }
            }
        }
        if let (Some(_), Some(room)) = (action, &self.room) {
            request = request.target(room.to_string());
        }
        if let Some(moment) = self.since {
            request = request.from(moment);
        }
        if let Some(moment) = self.until {
            request = request.to(moment);
        }
        let call = call(start);
        let page = call.envelope(request.send().await).await?.response.unwrap_or_default();
        if page.iter().all(|event| self.fits(event, action)) { Ok(page) } else { Err(ignored().of(&call)) }
    }

    /// Whether a portal that honors the request returns this event.
    fn fits(&self, event: &AuditEvent, action: Option<AuditAction>) -> bool {
        self.person.is_none_or(|id| event.user_id == id)
            && self.since.is_none_or(|moment| event.date + TOLERANCE >= moment)
            && self.until.is_none_or(|moment| event.date <= moment + TOLERANCE)
            && match action {
                None => self.action_type.is_none_or(|action_type| event.action_type == action_type),
                Some(action) => event.action_id == action && self.room.as_ref().is_none_or(|id| is_about(event, id)),
            }
    }

    /// Whether the event passes the filters, including those that the client applies itself.
    fn wants(&self, event: &AuditEvent) -> bool {
        self.action_type.is_none_or(|action_type| event.action_type == action_type)
            && self.location.is_none_or(|location| event.location == location)
            // Rooms, folders and files have ids of their own, so the same number can mean others.
            && self.room.as_ref().is_none_or(|id| {
                is_about(event, id)
                    && event.entries.iter().any(|entry| matches!(entry, AuditEntry::Room | AuditEntry::Agent))
            })
    }
}

fn call(start: i32) -> Call {
    Call::list_from("list_audit_events", start)
}

fn is_about(event: &AuditEvent, room: &RoomId) -> bool {
    let room = room.to_string();
    event.target.iter().flatten().any(|target| *target == room)
}
