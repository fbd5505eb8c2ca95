//! The history of a room, a folder or a file (docs/portal/history-and-audit.md#room-history).

use chrono::{DateTime, Timelike as _, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::audit::reports;
use crate::api::call::{Call, Missing};
use crate::api::contents::{file_of, may_read};
use crate::api::routing::{Route, route};
use crate::api::trail::members::role;
use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::EntryId;
use crate::state::trail::action::Action;
use crate::state::trail::{Event, Note};
use crate::view::employee::{Employee, employee};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("GET", "files/folder/{id:int}/log", of_folder),
    route("GET", "files/file/{id:int}/log", of_file),
    route("POST", "files/folder/{id:int}/log/report", report),
];

#[derive(Serialize)]
struct EntryView {
    id: i64,
    action: ActionView,
    initiator: Employee,
    date: String,
    #[serde(skip_serializing_if = "Value::is_null")]
    data: Value,
    /// An entry that is related to another one has none itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Vec<EntryView>>,
}

#[derive(Serialize)]
struct ActionView {
    id: Action,
    key: &'static str,
}

fn view(portal: &Portal, event: &Event, note: &Note) -> EntryView {
    EntryView {
        id: event.id,
        action: ActionView { id: event.action, key: event.action.key() },
        initiator: employee(portal, event.by),
        date: dates::write(dates::whole_seconds(event.at), portal.zone),
        data: shown(portal, &note.data),
        related: None,
    }
}

/// The data of an event, with people in place of their ids, and words in place of access levels.
fn shown(portal: &Portal, data: &Value) -> Value {
    let mut data = data.clone();
    if let Some(person) = data.get("user").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok()) {
        data["user"] = json!(employee(portal, person));
    }
    for member in ["access", "oldAccess"] {
        if let Some(level) = data.get(member).and_then(Value::as_i64) {
            data[member] = json!(role(Access::from_number(level)));
        }
    }
    data
}

/// The moments and the page that a history is asked for.
struct Range {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    page: crate::wire::query::Page,
}

impl Range {
    fn read(call: &mut Call<'_>) -> Result<Self, Failure> {
        let query = &mut call.query;
        let range = Self { from: query.moment("fromDate"), to: query.moment("toDate"), page: query.page() };
        query.finish()?;
        Ok(range)
    }

    fn contains(&self, at: DateTime<Utc>) -> bool {
        let at = dates::whole_seconds(at);
        self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at <= to)
    }
}

fn of_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let range = Range::read(call)?;
    let id = readable_folder(call)?;
    history(call, &range, EntryId::folder(id))
}

fn of_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let range = Range::read(call)?;
    let id = call.id()?;
    let (room, _) = file_of(call, id)?;
    if !may_read(call, room, EntryId::file(id)) {
        return Err(Failure::denied());
    }
    history(call, &range, EntryId::file(id))
}

/// The folder in the path, if the caller may read it.
fn readable_folder(call: &Call<'_>) -> Result<i64, Failure> {
    let id = call.id()?;
    let room = call.portal.rooms.around(id).ok_or_else(|| Missing::Folder.failure())?;
    let may = call.permissions(room).can_read(room) || may_read(call, room, EntryId::folder(id));
    if may { Ok(id) } else { Err(Failure::denied()) }
}

fn history(call: &Call<'_>, range: &Range, place: EntryId) -> Result<Reply, Failure> {
    if range.page.start < 0 {
        let text = "You have an error in your SQL syntax near '-1' at line 1";
        return Err(Failure::Thrown(Exception::Connector, Message::plain(text)));
    }
    let portal = &*call.portal;
    let events = portal.trail.events().iter().rev();
    let noted = events.filter_map(|event| Some((event, event.note.as_ref()?)));
    let found: Vec<(&Event, &Note)> =
        noted.filter(|(event, note)| note.places.contains(&place) && range.contains(event.at)).collect();
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let page: Vec<(&Event, &Note)> = range.page.of(found).collect();
    let count = i64::try_from(page.len()).unwrap_or(i64::MAX);
    Ok(Reply::list(&grouped(portal, &page)).count(count).total(total))
}

/// The entries of a page. Events of one kind, by one person, in one folder and in one minute are
/// one entry: the newest one, and the others are related to it.
fn grouped(portal: &Portal, page: &[(&Event, &Note)]) -> Vec<EntryView> {
    let key = |event: &Event, note: &Note| {
        let minute = dates::whole_seconds(event.at).with_second(0);
        (event.action, event.by, note.folder, minute)
    };
    let mut entries: Vec<(&Event, &Note, EntryView)> = Vec::new();
    for (event, note) in page {
        let mut entry = view(portal, event, note);
        let group = entries
            .iter_mut()
            .find(|(first, about, _)| event.action.is_grouped() && key(first, about) == key(event, note));
        match group {
            Some((_, _, first)) => first.related.get_or_insert_default().push(entry),
            None => {
                entry.related = Some(Vec::new());
                entries.push((event, note, entry));
            }
        }
    }
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}

/// Writes the history of a room to a file in the caller's My documents.
fn report(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = readable_folder(call)?;
    let place = EntryId::folder(id);
    let notes = call.portal.trail.events().iter().filter_map(|event| event.note.as_ref());
    let entries = notes.filter(|note| note.places.contains(&place)).count();
    Ok(reports::write(call, format!("Audit Trail Report (room-{id}).csv"), entries))
}
