//! The worker that makes templates and rooms from templates, step by step (portal-facts 8.2).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::covers;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::groups::EVERYONE;
use crate::state::people::is_address;
use crate::state::rooms::{Area, Member, Room, SubFolder, stored_title};
use crate::state::templates::{Order, Slot, Step};
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

/// Copying one file.
const ONE_FILE: TimeDelta = TimeDelta::milliseconds(12);
/// From the last file to "completed"; an empty source is done within this and the start.
const CLOSING: TimeDelta = TimeDelta::milliseconds(20);

/// The template slot's next step is due.
pub(crate) fn step_template(portal: &mut Portal, at: DateTime<Utc>) {
    if let Some(mut slot) = portal.template_slot.take() {
        step(portal, &mut slot, at, Area::Templates);
        portal.template_slot = Some(slot);
    }
}

/// The room slot's next step is due.
pub(crate) fn step_room(portal: &mut Portal, at: DateTime<Utc>) {
    if let Some(mut slot) = portal.room_slot.take() {
        step(portal, &mut slot, at, Area::Active);
        portal.room_slot = Some(slot);
    }
}

fn step(portal: &mut Portal, slot: &mut Slot, at: DateTime<Utc>, into: Area) {
    slot.changed = at;
    match slot.step {
        Step::Waiting => match make(portal, &slot.order, at, into) {
            Ok(id) => {
                slot.made = id;
                slot.step = Step::Copying(0);
                slot.due = at + if files(portal, slot.order.source) == 0 { CLOSING } else { ONE_FILE };
            }
            Err(message) => {
                // An error ends the job at this point. The status never reports what was created until then.
                slot.error = message;
                slot.step = Step::Completed;
            }
        },
        Step::Copying(copied) => copy_one(portal, slot, copied, at),
        Step::Completed => {}
    }
}

fn files(portal: &Portal, room: i64) -> usize {
    portal.rooms.get(room).map_or(0, |room| room.files.len())
}

/// Progress is what is copied over what lies at the top of the source, times 0.9: above it with sub-folders.
fn copy_one(portal: &mut Portal, slot: &mut Slot, copied: usize, at: DateTime<Utc>) {
    let source = portal.rooms.get(slot.order.source);
    let all = source.map_or(0, |room| room.files.len());
    let top = source.map_or(0, |room| room.files.iter().filter(|file| file.parent == room.id).count());
    if copied < all {
        let copied = copied + 1;
        slot.step = Step::Copying(copied);
        slot.progress = if top == 0 { 100.0 } else { (copied as f64 * 0.9 / top as f64).min(100.0) };
        slot.due = at + if copied < all { ONE_FILE } else { CLOSING };
        return;
    }
    slot.progress = 100.0;
    slot.step = Step::Completed;
}

/// The longest name of a tag that the database stores.
const TAG_LENGTH: usize = 255;

/// Creates the folder with its contents, or returns the message for the first problem. After a
/// problem the folder may exist all the same, but empty [R templates/failed-jobs].
fn make(portal: &mut Portal, order: &Order, at: DateTime<Utc>, into: Area) -> Result<i64, String> {
    let language = portal.people.get(order.by).map(|person| person.language()).unwrap_or_default();
    let words = |message: Message| message.in_language(language);
    let source = portal.rooms.get(order.source).cloned();
    let source = source.ok_or_else(|| "Object reference not set to an instance of an object.".to_owned())?;
    if !may_use(portal, &source, order.by, into) {
        return Err(words(Message::CannotViewFolder));
    }
    let title = match order.title.as_deref() {
        None => return Err("Value cannot be null. (Parameter 'title')".into()),
        Some(title) if title.trim().is_empty() => {
            return Err("The value cannot be an empty string. (Parameter 'title')".into());
        }
        Some(title) => stored_title(title).chars().take(170).collect::<String>(),
    };
    if order.cover.as_deref().is_some_and(|cover| !cover.is_empty() && !covers::is_known(cover)) {
        return Err("Value does not fall within the expected range. (Parameter 'icon')".into());
    }
    let room = empty_room(portal, order, &source, title, at, into);
    let id = room.id;
    portal.rooms.insert(room);
    add_tags_and_picture(portal, order, id).map_err(words)?;
    let Some(mut room) = portal.rooms.remove(id) else { return Err(words(Message::FolderNotFound)) };
    if order.copy_logo && order.logo.is_none() && source.picture.is_some() {
        room.picture = Some(portal.ids.hash());
    }
    copy_contents(portal, &source, &mut room);
    if into == Area::Templates {
        share_template(portal, order, &mut room);
    } else {
        portal.first_links(&mut room, language);
    }
    portal.rooms.insert(room);
    Ok(id)
}

/// Adds the tags and the picture: both or none.
fn add_tags_and_picture(portal: &mut Portal, order: &Order, id: i64) -> Result<(), Message> {
    if order.tags.iter().any(|tag| tag.encode_utf16().count() > TAG_LENGTH) {
        let text = format!("The field Name must be a string or array type with a maximum length of '{TAG_LENGTH}'.");
        return Err(Message::plain(text));
    }
    let names: Vec<Option<String>> = order.tags.iter().cloned().map(Some).collect();
    portal.add_tags(id, &names).map_err(|failure| match failure {
        Failure::Thrown(_, message) => message,
        _ => Message::CannotPerform,
    })?;
    match &order.logo {
        Some(file) => portal.set_picture(id, file, order.by).map_err(|_| Message::CannotPerform),
        None => Ok(()),
    }
}

/// A template is made by whoever may edit the room; a room from a template by whoever reads it.
fn may_use(portal: &Portal, source: &Room, by: Uuid, into: Area) -> bool {
    let standing = portal.standing(source, Some(by), None);
    match into {
        Area::Templates => source.area == Area::Active && standing.can_edit(source),
        _ => source.area == Area::Templates && standing.can_read(source) && standing.manages_rooms,
    }
}

/// Creates the folder with its settings, but empty.
fn empty_room(portal: &mut Portal, order: &Order, source: &Room, title: String, at: DateTime<Utc>, into: Area) -> Room {
    let template = into == Area::Templates;
    let mut room = portal.blank_room(title, source.room_type, order.by);
    room.folders.clear();
    room.area = into;
    room.created = at;
    room.updated = at;
    room.indexing = order.indexing.filter(|_| !template).unwrap_or(source.indexing);
    room.deny_download = order.deny_download.filter(|_| !template).unwrap_or(source.deny_download);
    room.private = order.private.filter(|_| !template).unwrap_or(source.private);
    room.save_as_xlsx = source.save_as_xlsx;
    room.send_to_database = source.send_to_database;
    // A template keeps these settings; a room made from one gets them only if they are given.
    room.lifetime = if template { source.lifetime.clone() } else { order.lifetime.clone() };
    room.watermark = if template { source.watermark.clone() } else { order.watermark.clone() };
    room.quota = order.quota.filter(|quota| *quota >= -1 && *quota != 0).or(source.quota);
    if let Some(color) = order.color.clone().filter(|color| !color.is_empty()) {
        room.color = color;
    }
    room.cover = order.cover.clone().filter(|cover| !cover.is_empty());
    room
}

fn copy_contents(portal: &mut Portal, source: &Room, room: &mut Room) {
    let mut places: HashMap<i64, i64> = HashMap::from([(source.id, room.id)]);
    for folder in &source.folders {
        let id = portal.ids.folder();
        places.insert(folder.id, id);
        let parent = places.get(&folder.parent).copied().unwrap_or(room.id);
        room.folders.push(SubFolder { id, parent, ..folder.clone() });
    }
    for file in &source.files {
        let mut copy = file.clone();
        copy.id = portal.ids.file();
        copy.parent = places.get(&file.parent).copied().unwrap_or(room.id);
        room.files.push(copy);
    }
}

/// Public means for everyone; else the addresses (unknown ones are invited) and groups that exist.
fn share_template(portal: &mut Portal, order: &Order, room: &mut Room) {
    let member = |subject, is_group| Member { subject, is_group, access: Access::READ, by: order.by };
    if order.public {
        room.members.push(member(EVERYONE, true));
        return;
    }
    for email in order.share.iter().filter(|email| is_address(email)) {
        let known = portal.people.by_email(email).map(|person| person.id);
        let id = known.unwrap_or_else(|| portal.invite(email, order.by, None));
        room.members.push(member(id, false));
    }
    for group in &order.groups {
        if portal.is_group(*group) {
            room.members.push(member(*group, true));
        }
    }
}
