//! The events that successful calls send (docs/portal/webhooks.md#room-events,
//! docs/portal/webhooks.md#folder-and-file-events,
//! docs/portal/webhooks.md#events-of-people-and-groups). [`crate::background`] sends those of
//! operations.

use serde_json::Value;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::Route;
use crate::portal::Portal;
use crate::portal::webhooks::{Entity, Subject};
use crate::state::webhooks::trigger::Trigger;
use crate::wire::envelope::Reply;

/// Where a call names what it changed.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    /// In its path.
    InPath,
    /// In its path, and it sends nothing if it changed nothing.
    InPathIfChanged,
    /// In its path, and the entity no longer exists.
    InPathBefore,
    /// In its answer, which is an object or a list.
    InAnswer,
    /// All people that the call added.
    NewPeople,
}

/// The events of calls: the verb, the pattern of the route, the triggers, and the entity.
const EVENTS: &[(&str, &str, &[Trigger], Named)] = &[
    ("POST", "files/rooms", &[Trigger::ROOM_CREATED], Named::InAnswer),
    ("PUT", "files/rooms/{id}", &[Trigger::ROOM_UPDATED], Named::InPath),
    ("POST", "files/rooms/{id}/cover", &[Trigger::ROOM_UPDATED], Named::InPathIfChanged),
    ("POST", "files/rooms/{id}/logo", &[Trigger::ROOM_UPDATED], Named::InPath),
    ("DELETE", "files/rooms/{id}/logo", &[Trigger::ROOM_UPDATED], Named::InPathIfChanged),
    ("PUT", "files/rooms/roomquota", &[Trigger::ROOM_UPDATED], Named::InAnswer),
    ("PUT", "files/rooms/resetquota", &[Trigger::ROOM_UPDATED], Named::InAnswer),
    ("POST", "files/owner", &[Trigger::FOLDER_UPDATED], Named::InAnswer),
    ("POST", "files/folder/{id}", &[Trigger::FOLDER_CREATED], Named::InAnswer),
    ("PUT", "files/folder/{id}", &[Trigger::FOLDER_UPDATED], Named::InPathIfChanged),
    ("POST", "files/{id}/upload", &[Trigger::FILE_CREATED, Trigger::FILE_UPLOADED], Named::InAnswer),
    ("POST", "files/{id}/text", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/{id}/html", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/{id}/file", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/@my/upload", &[Trigger::FILE_CREATED, Trigger::FILE_UPLOADED], Named::InAnswer),
    ("POST", "files/@my/text", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/@my/html", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/@my/file", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("POST", "files/{id}/session/{session}", &[Trigger::FILE_UPLOADED], Named::InAnswer),
    ("PUT", "files/{id}/session/{session}/finalize", &[Trigger::FILE_UPLOADED], Named::InAnswer),
    ("POST", "files/file/{id}/restoreversion", &[Trigger::FILE_UPDATED], Named::InPath),
    ("POST", "files/file/{id}/copyas", &[Trigger::FILE_CREATED], Named::InAnswer),
    ("PUT", "files/file/{id}", &[Trigger::FILE_UPDATED], Named::InPath),
    ("PUT", "files/file/{id}/comment", &[Trigger::FILE_UPDATED], Named::InPath),
    ("PUT", "files/{id}/update", &[Trigger::FILE_UPDATED], Named::InPath),
    ("PUT", "files/file/{id}/lock", &[Trigger::FILE_UPDATED], Named::InPath),
    ("POST", "people", &[Trigger::USER_CREATED], Named::NewPeople),
    ("POST", "people/active", &[Trigger::USER_CREATED], Named::NewPeople),
    ("POST", "people/invite", &[Trigger::USER_INVITED], Named::NewPeople),
    ("PUT", "people/type/{type}", &[Trigger::USER_UPDATED], Named::InAnswer),
    ("PUT", "people/status/{status}", &[Trigger::USER_UPDATED], Named::InAnswer),
    ("POST", "group", &[Trigger::GROUP_CREATED], Named::InAnswer),
    ("PUT", "group/{id:guid}", &[Trigger::GROUP_UPDATED], Named::InPath),
    ("DELETE", "group/{id:guid}", &[Trigger::GROUP_DELETED], Named::InPathBefore),
];

/// What is remembered before a call that may send events.
pub(crate) struct Watched {
    by: Uuid,
    triggers: &'static [Trigger],
    named: Named,
    in_path: Option<Entity>,
    before: Option<Subject>,
    /// What the call may change.
    looks: Option<Vec<String>>,
    people: usize,
}

/// Remembers what the events of a call need, if the portal has webhooks and the call sends events.
pub(crate) fn watch(call: &Call<'_>, route: &Route) -> Option<Watched> {
    if !call.portal.has_webhooks() {
        return None;
    }
    let is_called = |event: &&(&str, &str, _, _)| (event.0, event.1) == (route.method, route.pattern);
    let (_, _, triggers, named) = EVENTS.iter().find(is_called)?;
    let in_path = triggers.first().and_then(|trigger| entity(*trigger, call.parameter("id")));
    Some(Watched {
        by: call.caller.person?,
        triggers,
        named: *named,
        in_path,
        before: in_path.filter(|_| *named == Named::InPathBefore).and_then(|entity| call.portal.subject(entity)),
        looks: in_path.filter(|_| *named == Named::InPathIfChanged).map(|entity| looks(call.portal, entity)),
        people: call.portal.people.all().len(),
    })
}

/// Sends the events of a successful call.
pub(crate) fn report(call: &mut Call<'_>, watched: Option<Watched>, reply: &Reply) {
    let Some(watched) = watched else { return };
    let (by, portal) = (watched.by, &mut *call.portal);
    if let Some(subject) = watched.before {
        for trigger in watched.triggers {
            portal.report(by, *trigger, subject.clone());
        }
        return;
    }
    let named: Vec<Entity> = match watched.named {
        Named::InPath | Named::InPathBefore => watched.in_path.into_iter().collect(),
        Named::InPathIfChanged => {
            let changed = |entity: &Entity| watched.looks.as_ref() != Some(&looks(portal, *entity));
            watched.in_path.filter(changed).into_iter().collect()
        }
        Named::InAnswer => {
            let answer = reply.value();
            let items = answer.as_array().map_or(std::slice::from_ref(&answer), Vec::as_slice);
            let trigger = watched.triggers.first().copied().unwrap_or_default();
            items.iter().filter_map(|item| entity(trigger, &id_text(&item["id"]))).collect()
        }
        Named::NewPeople => {
            portal.people.all().iter().skip(watched.people).map(|person| Entity::Person(person.id)).collect()
        }
    };
    for entity in named {
        for trigger in watched.triggers {
            portal.happened(by, *trigger, entity);
            if is_unlocked(portal, call.request, entity) {
                // The portal sends this event twice.
                portal.happened(by, *trigger, entity);
            }
        }
    }
}

fn id_text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// The entity with this id, of the kind that the trigger is about.
fn entity(trigger: Trigger, id: &str) -> Option<Entity> {
    match trigger.subject().as_str() {
        "user" => Uuid::try_parse(id).ok().map(Entity::Person),
        "group" => Uuid::try_parse(id).ok().map(Entity::PeopleGroup),
        "file" => id.trim().parse().ok().map(Entity::File),
        _ => id.trim().parse().ok().map(Entity::Folder),
    }
}

/// What a call that may change nothing can change: title, cover and picture.
fn looks(portal: &Portal, entity: Entity) -> Vec<String> {
    let Entity::Folder(id) = entity else { return Vec::new() };
    match portal.rooms.get(id) {
        Some(room) => vec![
            room.title.clone(),
            room.color.clone(),
            room.cover.clone().unwrap_or_default(),
            room.picture.map(|hash| hash.to_string()).unwrap_or_default(),
        ],
        None => {
            let folder = portal.rooms.room_with_folder(id).and_then(|room| room.folder(id));
            folder.map(|folder| folder.title.clone()).into_iter().collect()
        }
    }
}

/// Whether the call was the unlocking of a file.
fn is_unlocked(portal: &Portal, request: &crate::http::Request, entity: Entity) -> bool {
    let Entity::File(id) = entity else { return false };
    let locks = request.path.trim_end_matches('/').to_lowercase().ends_with("/lock");
    locks && portal.rooms.room_with_file(id).is_some_and(|(_, file)| file.locked_by.is_none())
}
