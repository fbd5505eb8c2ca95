//! News: the files that other people added or changed (docs/portal/history-and-audit.md#news).

use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Map, Value, json};

use crate::api::call::{Call, Missing};
use crate::api::contents::{room_of, views};
use crate::api::routing::{Route, route};
use crate::portal::NewFile;
use crate::state::operations::Task;
use crate::state::rooms::{Area, Room};
use crate::view::folder::{self, AnswerKind};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/{id}/news", room_news),
    route("GET", "files/rooms/news", all_news),
    route("GET", "files/{id}/news", folder_news),
    route("GET", "settings/notification/rooms", muted),
    route("POST", "settings/notification/rooms", mute),
];

/// The members of a room that a list of news leaves out.
const LEFT_OUT: [&str; 4] = ["tags", "inRoom", "usedSpace", "availableShareRights"];

/// The rights in the room that a list of news leaves out.
const RIGHTS_LEFT_OUT: [&str; 2] = ["UpdateXlsx", "AnalyzeResponses"];

fn check_reader(call: &Call<'_>, room: &Room) -> Result<(), Failure> {
    if call.permissions(room).can_read(room) { Ok(()) } else { Err(Failure::denied()) }
}

/// The news of a room by day.
fn room_news(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Folder)?;
    check_reader(call, room)?;
    let id = room.id;
    let days = by_day(call, call.portal.new_files_in(call.me(), id), |call, files| {
        files.iter().map(|new| views(call, new.room).news_file(new.file)).collect()
    });
    Ok(list_or_mark(call, id, &days))
}

/// The news of all rooms by day and room.
fn all_news(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let days = by_day(call, call.portal.new_files(call.me()), |call, files| {
        let mut rooms: Vec<(&Room, Vec<Value>)> = Vec::new();
        for new in files {
            let view = views(call, new.room).news_file(new.file);
            match rooms.iter_mut().find(|(room, _)| room.id == new.room.id) {
                Some((_, items)) => items.push(view),
                None => rooms.push((new.room, vec![view])),
            }
        }
        rooms.into_iter().map(|(room, items)| json!({"room": short_room(call, room), "items": items})).collect()
    });
    Ok(list_or_mark(call, Area::Active.root(), &days))
}

/// The news of a folder and everything below.
fn folder_news(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    let room = room_of(call, id, Missing::Folder)?;
    check_reader(call, room)?;
    let files = call.portal.new_files_in(call.me(), id);
    let items: Vec<Value> = files.iter().map(|new| views(call, new.room).news_file(new.file)).collect();
    Ok(list_or_mark(call, id, &items).count(1))
}

/// A list of news. Without news, the portal starts an operation that marks the folder as read
/// (docs/portal/history-and-audit.md#marking-as-read).
fn list_or_mark(call: &mut Call<'_>, folder: i64, items: &[Value]) -> Reply {
    if items.is_empty() {
        call.start_operation(Task::MarkAsRead, folder, true);
    }
    Reply::list(items)
}

/// Groups news by the day of the change in the portal's zone, the latest day first.
fn by_day(
    call: &Call<'_>,
    files: Vec<NewFile<'_>>,
    items: impl Fn(&Call<'_>, &[NewFile<'_>]) -> Vec<Value>,
) -> Vec<Value> {
    let mut days: Vec<(DateTime<Utc>, Vec<NewFile<'_>>)> = Vec::new();
    for new in files {
        let (local, _) = call.portal.zone.show(new.changed);
        let midnight = new.changed - local.time().signed_duration_since(NaiveTime::MIN);
        match days.iter_mut().find(|(known, _)| *known == midnight) {
            Some((_, files)) => files.push(new),
            None => days.push((midnight, vec![new])),
        }
    }
    days.sort_by_key(|(midnight, _)| std::cmp::Reverse(*midnight));
    let day = |(midnight, files): (DateTime<Utc>, Vec<NewFile<'_>>)| json!({"date": dates::write(midnight, call.portal.zone), "items": items(call, &files)});
    days.into_iter().map(day).collect()
}

/// A room in a list of news.
fn short_room(call: &Call<'_>, room: &Room) -> Value {
    let view = json!(folder::room(call.portal, room, call.viewer(), AnswerKind::Changed));
    let members = view.as_object().cloned().unwrap_or_default();
    let mut shown: Map<String, Value> =
        members.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())).collect();
    if let Some(rights) = shown.get_mut("security").and_then(Value::as_object_mut) {
        rights.retain(|right, _| !RIGHTS_LEFT_OUT.contains(&right.as_str()));
    }
    Value::Object(shown)
}

/// The rooms whose news the caller does not count.
fn muted(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let rooms: Vec<String> = call.portal.news.muted(call.me()).map(|room| room.to_string()).collect();
    Ok(Reply::one(&json!({"disabledRooms": rooms})))
}

fn mute(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.RoomsNotificationsSettingsRequestDto")?;
    let room = form.int("roomsId").unwrap_or_default();
    let mutes = form.boolean("mute").unwrap_or(false);
    form.finish()?;
    let me = call.me();
    call.portal.news.mute(me, room, mutes);
    muted(call)
}
