//! The audit trail of calls: what a successful call changed
//! (docs/portal/history-and-audit.md#what-the-history-contains).
//!
//! A call is compared with what it found, so handlers do not record anything. Operations record
//! their changes in [`crate::background`].

mod administration;
mod contents;
mod links;
pub(crate) mod members;
pub(crate) mod room;

use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::Route;
use crate::state::content::{File, SubFolder};
use crate::state::trail::action::Action;
use crate::state::trail::{Change, Origin};
use crate::wire::envelope::Reply;
use room::RoomLook;

/// What a call changes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    NewRoom,
    Room,
    Cover,
    Links,
    PrimaryLink,
    Invitations,
    NewFolder,
    Folder,
    NewFile(Action),
    Upload,
    File,
    Restore,
    People(Action),
    NewPeople(Action),
    Group(Action),
    Key(Action),
    Webhook(Action),
    Settings(&'static [Action]),
}

/// The calls that the trail contains: the verb, the pattern of the route, and what they change.
const RECORDED: &[(&str, &str, Kind)] = &[
    ("POST", "files/rooms", Kind::NewRoom),
    ("PUT", "files/rooms/{id}", Kind::Room),
    ("PUT", "files/rooms/{id}/tags", Kind::Room),
    ("DELETE", "files/rooms/{id}/tags", Kind::Room),
    ("POST", "files/rooms/{id}/logo", Kind::Room),
    ("DELETE", "files/rooms/{id}/logo", Kind::Room),
    ("POST", "files/rooms/{id}/cover", Kind::Cover),
    ("PUT", "files/rooms/{id}/links", Kind::Links),
    ("PUT", "files/folder/{id}/links", Kind::Links),
    ("GET", "files/rooms/{id}/link", Kind::PrimaryLink),
    ("GET", "files/folder/{id}/link", Kind::PrimaryLink),
    ("PUT", "files/rooms/{id}/share", Kind::Room),
    ("POST", "files/rooms/{id}/resend", Kind::Invitations),
    ("POST", "files/folder/{id}", Kind::NewFolder),
    ("PUT", "files/folder/{id}", Kind::Folder),
    ("POST", "files/{id}/text", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/{id}/html", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/{id}/file", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/file/{id}/copyas", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/{id}/upload", Kind::Upload),
    ("POST", "files/@my/upload", Kind::Upload),
    ("POST", "files/@my/text", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/@my/html", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/@my/file", Kind::NewFile(Action::FILE_CREATED)),
    ("POST", "files/{id}/session/{session}", Kind::Upload),
    ("PUT", "files/{id}/session/{session}/finalize", Kind::Upload),
    ("PUT", "files/{id}/update", Kind::File),
    ("PUT", "files/file/{id}", Kind::File),
    ("PUT", "files/file/{id}/lock", Kind::File),
    ("POST", "files/file/{id}/restoreversion", Kind::Restore),
    ("POST", "people", Kind::NewPeople(Action::USER_CREATED)),
    ("POST", "people/active", Kind::NewPeople(Action::USER_CREATED)),
    ("POST", "people/invite", Kind::NewPeople(Action::SENT_INVITE_INSTRUCTIONS)),
    ("PUT", "people/type/{type}", Kind::People(Action::USERS_UPDATED_TYPE)),
    ("PUT", "people/status/{status}", Kind::People(Action::USERS_UPDATED_STATUS)),
    ("POST", "group", Kind::Group(Action::GROUP_CREATED)),
    ("PUT", "group/{id:guid}", Kind::Group(Action::GROUP_UPDATED)),
    ("DELETE", "group/{id:guid}", Kind::Group(Action::GROUP_DELETED)),
    ("POST", "keys", Kind::Key(Action::API_KEY_CREATED)),
    ("PUT", "keys/{id:guid}", Kind::Key(Action::API_KEY_UPDATED)),
    ("DELETE", "keys/{id:guid}", Kind::Key(Action::API_KEY_DELETED)),
    ("POST", "settings/webhook", Kind::Webhook(Action::WEBHOOK_CREATED)),
    ("PUT", "settings/webhook", Kind::Webhook(Action::WEBHOOK_UPDATED)),
    ("PUT", "settings/webhook/enable", Kind::Webhook(Action::WEBHOOK_UPDATED)),
    ("DELETE", "settings/webhook/{id:int}", Kind::Webhook(Action::WEBHOOK_DELETED)),
    ("POST", "settings/devtoolsaccess", Kind::Settings(&[Action::DEVELOPER_TOOLS_CHANGED])),
    ("POST", "settings/roomquotasettings", Kind::Settings(&[Action::QUOTA_PER_ROOM_CHANGED])),
    ("POST", "security/audit/settings/lifetime", Kind::Settings(&[Action::AUDIT_SETTINGS_UPDATED])),
    ("POST", "security/audit/events/report", Kind::Settings(&[Action::AUDIT_TRAIL_REPORT_DOWNLOADED])),
    ("POST", "security/audit/login/report", Kind::Settings(&[Action::LOGIN_HISTORY_REPORT_DOWNLOADED])),
    (
        "PUT",
        "settings/timeandlanguage",
        Kind::Settings(&[Action::LANGUAGE_SETTINGS_UPDATED, Action::TIME_ZONE_SETTINGS_UPDATED]),
    ),
];

/// The part of the portal that a call may change, as it is before the call.
#[derive(Default)]
struct Before {
    room: Option<RoomLook>,
    folder: Option<SubFolder>,
    file: Option<File>,
    people: usize,
    /// The name of the group, or the end of the key.
    name: String,
    last_tag: u64,
}

/// What is remembered before a call that the trail contains.
pub(crate) struct Watched {
    by: Uuid,
    kind: Kind,
    before: Before,
}

/// Remembers what the trail needs of the time before a call. `None` if the trail does not contain
/// the call.
pub(crate) fn watch(call: &mut Call<'_>, route: &Route) -> Option<Watched> {
    let by = call.caller.person?;
    if route.pattern.starts_with("files/") && route.method != "GET" {
        call.portal.trail.called_from(by, &call.request.remote);
    }
    let is_called = |known: &&(&str, &str, Kind)| (known.0, known.1) == (route.method, route.pattern);
    let kind = RECORDED.iter().find(is_called)?.2;
    let portal = &*call.portal;
    let id: i64 = call.parameter("id").trim().parse().unwrap_or_default();
    let mut before = Before::default();
    match kind {
        Kind::Room | Kind::Cover | Kind::Links | Kind::PrimaryLink => {
            before.room = portal.rooms.get(id).map(RoomLook::new);
        }
        Kind::Folder => {
            before.folder = portal.rooms.room_with_folder(id).and_then(|room| room.folder(id)).cloned();
        }
        Kind::File => before.file = portal.rooms.room_with_file(id).map(|(_, file)| file.clone()),
        Kind::NewPeople(_) => before.people = portal.people.all().len(),
        Kind::Group(_) => {
            let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
            before.name = portal.group_name(id);
        }
        Kind::Key(_) => {
            let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
            let key = portal.credentials.keys.iter().find(|key| key.id == id);
            before.name = key.map(|key| format!("sk-***{}", key.postfix())).unwrap_or_default();
        }
        _ => {}
    }
    before.last_tag = portal.tags.newest_first().next().map_or(0, |tag| tag.id);
    Some(Watched { by, kind, before })
}

/// Adds what a successful call changed to the trail.
pub(crate) fn record(call: &mut Call<'_>, watched: Option<Watched>, reply: &Reply) {
    let Some(Watched { by, kind, before }) = watched else { return };
    let changes = changes(call, kind, &before, reply);
    let base = &call.portal.base_url;
    let origin =
        Origin { by, ip: Some(call.request.remote.clone()), page: Some(format!("{base}{}", call.request.path)) };
    for change in changes {
        call.portal.record(origin.clone(), change);
    }
}

fn changes(call: &Call<'_>, kind: Kind, before: &Before, reply: &Reply) -> Vec<Change> {
    let portal = &*call.portal;
    let id: i64 = call.parameter("id").trim().parse().unwrap_or_default();
    match kind {
        Kind::NewRoom => room::created(portal, reply, before.last_tag),
        Kind::Room | Kind::Cover => {
            let Some((look, now)) = before.room.as_ref().zip(portal.rooms.get(id)) else { return Vec::new() };
            room::changes(portal, look, now, kind == Kind::Cover, before.last_tag)
        }
        Kind::Links | Kind::PrimaryLink => {
            let Some((look, now)) = before.room.as_ref().zip(portal.rooms.get(id)) else { return Vec::new() };
            links::changes(call, &look.links, now, kind == Kind::Links)
        }
        Kind::Invitations => members::resent(call, id),
        Kind::NewFolder => contents::new_folder(portal, reply),
        Kind::Folder => contents::folder(portal, before.folder.as_ref()),
        Kind::NewFile(action) => contents::new_file(portal, action, reply),
        Kind::Upload => contents::uploaded(portal, reply),
        Kind::File => contents::file(portal, before.file.as_ref()),
        Kind::Restore => contents::restored(call, id),
        Kind::People(action) => administration::people(portal, action, reply),
        Kind::NewPeople(action) => administration::new_people(portal, action, before.people),
        Kind::Group(action) => administration::group(call, action, &before.name, reply),
        Kind::Key(action) => administration::key(call, action, &before.name, reply),
        Kind::Webhook(action) => administration::webhook(action, reply),
        Kind::Settings(actions) => actions.iter().map(|action| administration::setting(*action)).collect(),
    }
}
