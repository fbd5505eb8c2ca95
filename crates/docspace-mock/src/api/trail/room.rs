//! Changes of a room: its settings, tags and pictures.

use serde_json::{Value, json};

use crate::api::trail::members;
use crate::portal::{Portal, trail};
use crate::state::links::Link;
use crate::state::room_settings::Lifetime;
use crate::state::rooms::{Member, Room};
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::wire::envelope::Reply;

/// The parts of a room that a call may change, without the content.
pub(super) struct RoomLook {
    title: String,
    tags: Vec<u64>,
    color: String,
    cover: Option<String>,
    picture: Option<u32>,
    indexing: bool,
    deny_download: bool,
    lifetime: Option<Lifetime>,
    watermark: Option<Value>,
    quota: Option<i64>,
    pub(super) links: Vec<Link>,
    members: Vec<Member>,
}

impl RoomLook {
    pub(super) fn new(room: &Room) -> Self {
        Self {
            title: room.title.clone(),
            tags: room.tags.clone(),
            color: room.color.clone(),
            cover: room.cover.clone(),
            picture: room.picture,
            indexing: room.indexing,
            deny_download: room.deny_download,
            lifetime: room.lifetime.clone(),
            watermark: room.watermark.as_ref().map(|mark| json!(mark)),
            quota: room.quota,
            links: room.links.clone(),
            members: room.members.clone(),
        }
    }
}

/// The events of a new room, and of the tags that are new with it.
pub(super) fn created(portal: &Portal, reply: &Reply, last_tag: u64) -> Vec<Change> {
    let answer = reply.value();
    let Some(room) = answer["id"].as_i64().and_then(|id| portal.rooms.get(id)) else { return Vec::new() };
    let mut all = trail::new_room(portal, room);
    // The tags come after the event of the room, and before those of its tags and settings.
    all.splice(1..1, new_tags(portal, last_tag));
    all
}

/// The tags that a call added to the catalog of the portal.
fn new_tags(portal: &Portal, last: u64) -> Vec<Change> {
    let mut all: Vec<Change> = portal
        .tags
        .newest_first()
        .take_while(|tag| tag.id > last)
        .map(|tag| Change::of_portal(Action::TAG_CREATED, "Rooms", None).words(&[&tag.name]).without_page())
        .collect();
    all.reverse();
    all
}

/// What a call changed in a room. `is_cover` is whether it was the call that sets the cover: only
/// that call distinguishes the color from the cover (recording audit/room-history, steps 14
/// and 16).
pub(super) fn changes(portal: &Portal, before: &RoomLook, room: &Room, is_cover: bool, last_tag: u64) -> Vec<Change> {
    let plain = |action| Change::of_room(action, room).words(&[&room.title]);
    let mut all = Vec::new();
    if before.title != room.title {
        let data = json!({"oldTitle": before.title, "newTitle": room.title, "id": room.id});
        let context = format!("Rooms: {}", before.title);
        all.push(plain(Action::ROOM_RENAMED).within(&context).noted_in(room.id, data));
    }
    all.extend(new_tags(portal, last_tag));
    let added: Vec<u64> = room.tags.iter().filter(|tag| !before.tags.contains(tag)).copied().collect();
    let removed: Vec<u64> = before.tags.iter().filter(|tag| !room.tags.contains(tag)).copied().collect();
    all.extend(trail::tags(portal, Action::ADDED_ROOM_TAGS, room, &added));
    all.extend(trail::tags(portal, Action::DELETED_ROOM_TAGS, room, &removed));
    let (color, cover) = (before.color != room.color, before.cover != room.cover);
    if is_cover && color {
        all.push(plain(Action::ROOM_COLOR_CHANGED).noted_in(room.id, Value::Null));
    }
    if cover || (color && !is_cover) {
        all.push(plain(Action::ROOM_COVER_CHANGED).noted_in(room.id, Value::Null));
    }
    match room.picture {
        picture if picture == before.picture => {}
        Some(_) => all.push(plain(Action::ROOM_LOGO_CREATED).noted_in(room.id, Value::Null)),
        None => all.push(plain(Action::ROOM_LOGO_DELETED).noted_in(room.id, Value::Null)),
    }
    for (was, is, on, off) in [
        (before.indexing, room.indexing, Action::ROOM_INDEXING_ENABLED, Action::ROOM_INDEXING_DISABLED),
        (
            before.deny_download,
            room.deny_download,
            Action::ROOM_DENY_DOWNLOAD_ENABLED,
            Action::ROOM_DENY_DOWNLOAD_DISABLED,
        ),
    ] {
        if was != is {
            all.push(plain(if is { on } else { off }).noted_in(room.id, trail::named(room)));
        }
    }
    let same = |one: &Lifetime, other: &Lifetime| json!(one) == json!(other);
    match (&before.lifetime, &room.lifetime) {
        (Some(_), None) => all.push(plain(Action::ROOM_LIFETIME_DISABLED).noted_in(room.id, trail::named(room))),
        (before, Some(now)) if !before.as_ref().is_some_and(|before| same(before, now)) => {
            all.push(trail::lifetime_set(room, now));
        }
        _ => {}
    }
    match (&before.watermark, room.watermark.as_ref().map(|mark| json!(mark))) {
        (Some(_), None) => all.push(plain(Action::ROOM_WATERMARK_DISABLED).noted_in(room.id, trail::named(room))),
        (before, Some(now)) if before.as_ref() != Some(&now) => {
            all.push(plain(Action::ROOM_WATERMARK_SET).noted_in(room.id, trail::named(room)));
        }
        _ => {}
    }
    if before.quota != room.quota {
        all.push(plain(Action::CUSTOM_QUOTA_PER_ROOM_CHANGED));
    }
    all.extend(members::changes(portal, &before.members, room));
    all
}
