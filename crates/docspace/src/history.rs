//! What happened in a room, in a folder or to a file.
//!
//! [`RoomHandle::history`](crate::RoomHandle::history),
//! [`FolderHandle::history`](crate::folders::FolderHandle::history),
//! [`FileHandle::history`](crate::folders::FileHandle::history) and
//! [`TemplateHandle::history`](crate::templates::TemplateHandle::history) read the events as a
//! stream. Every person who may read a room may read its history.
//!
//! A history leaves out much that an administrator finds in the [audit trail](crate::audit):
//!
//! - changes of the access, the expiry date and the password of links
//! - everything about invitation links
//! - quotas, pins, and templates made from the room
//!
//! Facts: docs/portal/history-and-audit.md.

use std::cmp::Reverse;
use std::future::ready;
use std::sync::Arc;

use docspace_api::types::HistoryListEnvelope;
pub use docspace_api::types::{HistoryAction, HistoryData, HistoryEvent, HistoryTarget};
use docspace_api::{ClientAuditExt, FileId, FolderId, Timestamp};
use futures::stream::{TryStreamExt, once};

use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::input;
use crate::support::optional::optional_settings;
use crate::support::pages::{self, PAGE, Page};

/// The history of a room, folder, file or template: set a period, then read it. Returned by
/// [`RoomHandle::history`](crate::RoomHandle::history),
/// [`FolderHandle::history`](crate::folders::FolderHandle::history),
/// [`FileHandle::history`](crate::folders::FileHandle::history) and
/// [`TemplateHandle::history`](crate::templates::TemplateHandle::history).
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListHistory {
    portal: Portal,
    subject: Subject,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

brief_debug!(ListHistory, |list| of: list.subject.describe());

optional_settings!(ListHistory);

/// What the history is about.
#[derive(Clone)]
enum Subject {
    /// A room, too, because every room is a folder. The text is for errors.
    Folder(FolderId, &'static str),
    File(FileId),
}

impl Subject {
    fn describe(&self) -> String {
        match self {
            Self::Folder(id, what) => format!("of {what} {id}"),
            Self::File(id) => format!("of file {id}"),
        }
    }
}

impl ListHistory {
    /// The history of a folder, which errors call `what`.
    pub(crate) fn of_folder(portal: Portal, id: FolderId, what: &'static str) -> Self {
        Self { portal, subject: Subject::Folder(id, what), since: None, until: None }
    }

    /// The history of a file.
    pub(crate) fn of_file(portal: Portal, id: FileId) -> Self {
        Self { portal, subject: Subject::File(id), since: None, until: None }
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

    /// The events as a stream, newest first. The client reads a page when half of the previous
    /// page is used up.
    ///
    /// - Each event comes once and on its own. A portal folds similar events of a minute into one
    ///   entry; the client takes them apart, so [`HistoryEvent::related`] is always `None` here.
    /// - Events that happen while the stream is read are left out.
    /// - Events of the same second come in the order of their ids.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read it.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the period ends before it begins. Nothing is sent.
    pub fn stream(self) -> BoxStream<'static, Result<HistoryEvent>> {
        if let Err(error) = input::period(self.since, self.until) {
            return Box::pin(once(ready(Err(error))));
        }
        let list = Arc::new(self);
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Position>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(start).await })
        };
        Box::pin(pages::stream(fetch, Position::key).try_filter_map(|position| ready(Ok(position.event()))))
    }

    /// Reads all of the events, newest first.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn all(self) -> Result<Vec<HistoryEvent>> {
        self.stream().try_collect().await
    }

    async fn page(&self, start: i32) -> Result<Page<Position>> {
        let envelope = self.read(start).await?;
        let (total, count) = (envelope.total, envelope.count);
        Ok(Page { items: positions(envelope.response.unwrap_or_default(), start, count), total })
    }

    async fn read(&self, start: i32) -> Result<HistoryListEnvelope> {
        let subject = self.subject.describe();
        let subject = if start == 0 { subject } else { format!("{subject} from {start}") };
        let api = self.portal.api();
        match &self.subject {
            Subject::Folder(id, _) => {
                let mut request = api.list_folder_history().folder_id(id).count(PAGE).start_index(start);
                if let Some(moment) = self.since {
                    request = request.from_date(moment);
                }
                if let Some(moment) = self.until {
                    request = request.to_date(moment);
                }
                Call::new("list_folder_history", subject).envelope(request.send().await).await
            }
            Subject::File(id) => {
                let mut request = api.list_file_history().file_id(id).count(PAGE).start_index(start);
                if let Some(moment) = self.since {
                    request = request.from_date(moment);
                }
                if let Some(moment) = self.until {
                    request = request.to_date(moment);
                }
                Call::new("list_file_history", subject).envelope(request.send().await).await
            }
        }
    }
}

/// A position in the portal's list of events.
enum Position {
    Event(Box<HistoryEvent>),
    /// The portal counted an event here that it did not return.
    Missing(i32),
}

impl Position {
    /// The id of the event. Ids are positive, so positions without an event count downwards.
    fn key(&self) -> i32 {
        match self {
            Self::Event(event) => event.id,
            Self::Missing(index) => -1 - index,
        }
    }

    fn event(self) -> Option<HistoryEvent> {
        match self {
            Self::Event(event) => Some(*event),
            Self::Missing(_) => None,
        }
    }
}

/// The single events of a page that begins at `start`, newest first.
///
/// The portal's `count` and `startIndex` count single events, so the next page begins `count`
/// events later, whatever number of them came
/// (docs/portal/history-and-audit.md#grouping-and-paging).
fn positions(entries: Vec<HistoryEvent>, start: i32, count: i32) -> Vec<Position> {
    let mut events = Vec::new();
    for entry in entries {
        take_apart(entry, &mut events);
    }
    events.sort_by_key(|event| Reverse((event.date, event.id)));
    let returned = i32::try_from(events.len()).unwrap_or(i32::MAX);
    let missing = (start.saturating_add(returned)..start.saturating_add(count.min(PAGE))).map(Position::Missing);
    events.into_iter().map(|event| Position::Event(Box::new(event))).chain(missing).collect()
}

/// Adds the event and those that the portal has folded into it.
fn take_apart(mut entry: HistoryEvent, events: &mut Vec<HistoryEvent>) {
    let related = entry.related.take().unwrap_or_default();
    events.push(entry);
    for event in related {
        take_apart(event, events);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn entry(id: i32, second: u32, related: &[Value]) -> Value {
        json!({
            "id": id,
            "action": {"id": 5011, "key": "FileUploaded"},
            "initiator": {
                "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "displayName": "Ann", "avatar": "",
                "avatarOriginal": "", "avatarMax": "", "avatarMedium": "", "avatarSmall": "",
                "profileUrl": "", "hasAvatar": false, "isAnonim": false,
            },
            "date": format!("2026-11-28T03:01:{second:02}.0000000Z"),
            "data": {"title": "a.txt", "id": 7, "pages": 3},
            "related": related,
        })
    }

    fn ids(entries: Value, start: i32, count: i32) -> Vec<i32> {
        let entries = serde_json::from_value(entries).unwrap();
        positions(entries, start, count).iter().map(Position::key).collect()
    }

    #[test]
    fn folded_events_come_in_their_place() {
        let folded = json!([entry(9, 9, &[entry(5, 5, &[]), entry(3, 3, &[])]), entry(7, 7, &[])]);
        assert_eq!(ids(folded, 0, 4), [9, 7, 5, 3]);
    }

    #[test]
    fn events_of_one_second_come_in_the_order_of_their_ids() {
        assert_eq!(ids(json!([entry(4, 1, &[]), entry(6, 1, &[]), entry(5, 1, &[])]), 0, 3), [6, 5, 4]);
    }

    /// The next page must begin where the portal says, not where the returned events end.
    #[test]
    fn events_that_are_counted_and_not_returned_keep_their_positions() {
        assert_eq!(ids(json!([entry(9, 9, &[])]), 100, 3), [9, -102, -103]);
    }

    #[test]
    fn details_that_no_recording_shows_are_kept() {
        let event: HistoryEvent = serde_json::from_value(entry(1, 1, &[])).unwrap();
        let data = event.data.unwrap();
        assert_eq!((data.title.as_deref(), data.id), (Some("a.txt"), Some(HistoryTarget::Int32(7))));
        assert_eq!(data.extra["pages"], 3);
    }
}
