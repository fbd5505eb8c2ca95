//! The jobs that make templates, and rooms from templates
//! (docs/portal/templates.md#following-a-job).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::covers;
use crate::portal::webhooks::Entity;
use crate::portal::{Portal, trail};
use crate::state::access::Access;
use crate::state::content::SubFolder;
use crate::state::groups::EVERYONE;
use crate::state::people::is_address;
use crate::state::rooms::{Area, Member, Room, stored_title};
use crate::state::templates::{Job, JobRequest, Step};
use crate::state::webhooks::trigger::Trigger;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

/// Time to copy one file.
const COPY_TIME: TimeDelta = TimeDelta::milliseconds(12);
/// Time from the last copied file to the end of the job.
const COMPLETION_TIME: TimeDelta = TimeDelta::milliseconds(20);

/// Runs the next step of the job that makes a template.
pub(crate) fn step_template(portal: &mut Portal, at: DateTime<Utc>) {
    if let Some(mut job) = portal.template_job.take() {
        step(portal, &mut job, at, Area::Templates);
        portal.template_job = Some(job);
    }
}

/// Runs the next step of the job that makes a room.
pub(crate) fn step_room(portal: &mut Portal, at: DateTime<Utc>) {
    if let Some(mut job) = portal.room_job.take() {
        step(portal, &mut job, at, Area::Active);
        portal.room_job = Some(job);
    }
}

fn step(portal: &mut Portal, job: &mut Job, at: DateTime<Utc>, into: Area) {
    job.changed = at;
    match job.step {
        Step::Waiting => match create(portal, &job.request, at, into) {
            Ok(id) => {
                job.result_id = id;
                job.step = Step::Copying(0);
                job.due = at + if file_count(portal, job.request.source) == 0 { COMPLETION_TIME } else { COPY_TIME };
            }
            Err(message) => {
                // An error ends the job at this point. The status never reports what was created
                // until then.
                job.error = message;
                job.step = Step::Completed;
            }
        },
        Step::Copying(copied) => copy_one(portal, job, copied, at),
        Step::Completed => {}
    }
}

fn file_count(portal: &Portal, room: i64) -> usize {
    portal.rooms.get(room).map_or(0, |room| room.files.len())
}

/// Copies one file. The progress is 0.9 times the copied files over the files at the top level of
/// the source, so it exceeds 0.9 with subfolders (docs/portal/templates.md#progress).
fn copy_one(portal: &mut Portal, job: &mut Job, copied: usize, at: DateTime<Utc>) {
    let source = portal.rooms.get(job.request.source);
    let all = source.map_or(0, |room| room.files.len());
    let top = source.map_or(0, |room| room.files.iter().filter(|file| file.parent == room.id).count());
    if copied < all {
        let copied = copied + 1;
        job.step = Step::Copying(copied);
        job.progress = if top == 0 { 100.0 } else { (copied as f64 * 0.9 / top as f64).min(100.0) };
        job.due = at + if copied < all { COPY_TIME } else { COMPLETION_TIME };
        return;
    }
    job.progress = 100.0;
    job.step = Step::Completed;
}

/// Maximum length of a tag's name in the database.
const MAX_TAG_LENGTH: usize = 255;

/// Creates the room or template with its contents, or returns the message of the first problem.
/// After a problem an empty one may exist
/// (docs/portal/templates.md#what-a-failed-job-leaves-behind).
fn create(portal: &mut Portal, request: &JobRequest, at: DateTime<Utc>, into: Area) -> Result<i64, String> {
    let language = portal.people.get(request.by).map(|person| person.language()).unwrap_or_default();
    let translated = |message: Message| message.in_language(language);
    let source = portal.rooms.get(request.source).cloned();
    let source = source.ok_or_else(|| "Object reference not set to an instance of an object.".to_owned())?;
    if !is_allowed(portal, &source, request.by, into) {
        return Err(translated(Message::CannotViewFolder));
    }
    let title = match request.title.as_deref() {
        None => return Err("Value cannot be null. (Parameter 'title')".into()),
        Some(title) if title.trim().is_empty() => {
            return Err("The value cannot be an empty string. (Parameter 'title')".into());
        }
        Some(title) => stored_title(title).chars().take(170).collect::<String>(),
    };
    if request.cover.as_deref().is_some_and(|cover| !cover.is_empty() && !covers::is_known(cover)) {
        return Err("Value does not fall within the expected range. (Parameter 'icon')".into());
    }
    let room = empty_room(portal, request, &source, title, at, into);
    let id = room.id;
    portal.rooms.insert(room);
    add_tags_and_picture(portal, request, id).map_err(translated)?;
    let Some(mut room) = portal.rooms.remove(id) else { return Err(translated(Message::FolderNotFound)) };
    if request.copy_logo && request.logo.is_none() && source.picture.is_some() {
        room.picture = Some(portal.ids.hash());
    }
    copy_contents(portal, &source, &mut room);
    if into == Area::Templates {
        share_template(portal, request, &mut room);
    } else {
        portal.add_initial_links(&mut room, language);
    }
    portal.rooms.insert(room);
    let made = portal.rooms.get(id);
    let changes = match made {
        Some(template) if into == Area::Templates => trail::initial_settings(template),
        Some(room) => trail::new_room(portal, room),
        None => Vec::new(),
    };
    for change in changes {
        portal.record_work(request.by, change);
    }
    portal.happened(request.by, Trigger::ROOM_CREATED, Entity::Folder(id));
    Ok(id)
}

/// Adds the tags and then the picture.
fn add_tags_and_picture(portal: &mut Portal, request: &JobRequest, id: i64) -> Result<(), Message> {
    if request.tags.iter().any(|tag| tag.encode_utf16().count() > MAX_TAG_LENGTH) {
        let text =
            format!("The field Name must be a string or array type with a maximum length of '{MAX_TAG_LENGTH}'.");
        return Err(Message::plain(text));
    }
    let names: Vec<Option<String>> = request.tags.iter().cloned().map(Some).collect();
    portal.add_tags(id, &names).map_err(|failure| match failure {
        Failure::Thrown(_, message) => message,
        _ => Message::CannotPerform,
    })?;
    match &request.logo {
        Some(file) => portal.set_picture(id, file, request.by).map_err(|_| Message::CannotPerform),
        None => Ok(()),
    }
}

/// Whether the person may make a template of a room, which requires the right to edit it, or a room
/// from a template, which requires the right to read it and to manage rooms.
fn is_allowed(portal: &Portal, source: &Room, by: Uuid, into: Area) -> bool {
    let permissions = portal.permissions(source, Some(by), None);
    match into {
        Area::Templates => source.area == Area::Active && permissions.can_edit(source),
        _ => source.area == Area::Templates && permissions.can_read(source) && permissions.manages_rooms,
    }
}

/// Creates the room or template with its settings, without contents.
fn empty_room(
    portal: &mut Portal,
    request: &JobRequest,
    source: &Room,
    title: String,
    at: DateTime<Utc>,
    into: Area,
) -> Room {
    let template = into == Area::Templates;
    let mut room = portal.new_room(title, source.room_type, request.by);
    room.folders.clear();
    room.area = into;
    room.created = at;
    room.updated = at;
    room.indexing = request.indexing.filter(|_| !template).unwrap_or(source.indexing);
    room.deny_download = request.deny_download.filter(|_| !template).unwrap_or(source.deny_download);
    room.private = request.private.filter(|_| !template).unwrap_or(source.private);
    room.save_as_xlsx = source.save_as_xlsx;
    room.send_to_database = source.send_to_database;
    // A template keeps these settings. A room from a template gets them only from the request.
    room.lifetime = if template { source.lifetime.clone() } else { request.lifetime.clone() };
    room.watermark = if template { source.watermark.clone() } else { request.watermark.clone() };
    room.quota = request.quota.filter(|quota| *quota >= -1 && *quota != 0).or(source.quota);
    if let Some(color) = request.color.clone().filter(|color| !color.is_empty()) {
        room.color = color;
    }
    room.cover = request.cover.clone().filter(|cover| !cover.is_empty());
    room
}

fn copy_contents(portal: &mut Portal, source: &Room, room: &mut Room) {
    let mut copies: HashMap<i64, i64> = HashMap::from([(source.id, room.id)]);
    for folder in &source.folders {
        let id = portal.ids.folder();
        copies.insert(folder.id, id);
        let parent = copies.get(&folder.parent).copied().unwrap_or(room.id);
        room.folders.push(SubFolder { id, parent, ..folder.clone() });
    }
    for file in &source.files {
        let mut copy = file.clone();
        copy.id = portal.ids.file();
        copy.parent = copies.get(&file.parent).copied().unwrap_or(room.id);
        room.files.push(copy);
    }
}

/// Shares a template with the group Everyone if it is public, else with the requested people and
/// people groups. Unknown addresses are invited, and unknown groups are ignored.
fn share_template(portal: &mut Portal, request: &JobRequest, room: &mut Room) {
    let member = |subject, is_group| Member { subject, is_group, access: Access::READ, by: request.by };
    if request.public {
        room.members.push(member(EVERYONE, true));
        return;
    }
    for email in request.share.iter().filter(|email| is_address(email)) {
        let known = portal.people.by_email(email).map(|person| person.id);
        let id = known.unwrap_or_else(|| portal.invite(email, request.by, None));
        room.members.push(member(id, false));
    }
    for group in &request.groups {
        if portal.is_group(*group) {
            room.members.push(member(*group, true));
        }
    }
}
