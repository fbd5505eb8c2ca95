//! Making templates from rooms, and rooms from templates (docs/portal/templates.md#templates).

use crate::api::call::{Call, Missing};
use crate::api::rooms::settings::{RoomSettings, Switch};
use crate::api::routing::{Route, route};
use crate::state::access::Access;
use crate::state::groups::EVERYONE;
use crate::state::rooms::{Member, Room};
use crate::state::templates::{Job, JobRequest};
use crate::view;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::form::Form;
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/roomtemplate", make_template),
    route("GET", "files/roomtemplate/status", template_status),
    route("GET", "files/roomtemplate/{id:int}/public", is_public),
    route("PUT", "files/roomtemplate/public", set_public),
    route("POST", "files/rooms/fromtemplate", make_room),
    route("GET", "files/rooms/fromtemplate/status", room_status),
];

/// Reads the body of a job. Everything except the form of the body is checked by the job itself
/// (docs/portal/templates.md#what-the-portal-checks-immediately).
fn job_request(
    call: &Call<'_>,
    mut form: Form,
    source: &'static str,
    needed: &[&str],
    dto: &str,
) -> Result<JobRequest, Failure> {
    let id = form.int(source).unwrap_or_default();
    let title = form.text("title", if source == "roomId" { None } else { Some(170) });
    let copy_logo = form.boolean("copyLogo").unwrap_or(false);
    let settings = RoomSettings::read(&mut form);
    let share = form.texts("share").unwrap_or_default().into_iter().flatten().collect();
    let groups = form.guids("groups").unwrap_or_default();
    let public = form.boolean("public").unwrap_or(false);
    let private = form.maybe_boolean("private");
    form.required(needed, dto);
    form.finish()?;
    Ok(JobRequest {
        by: call.me(),
        source: id,
        title,
        copy_logo,
        logo: settings.logo,
        tags: settings.tags.unwrap_or_default().into_iter().flatten().collect(),
        color: settings.color,
        cover: settings.cover,
        quota: settings.quota,
        share,
        groups,
        public,
        indexing: settings.indexing,
        deny_download: settings.deny_download,
        private,
        lifetime: settings.lifetime.and_then(switched_on),
        watermark: settings.watermark.and_then(switched_on),
    })
}

fn switched_on<T>(switch: Switch<T>) -> Option<T> {
    match switch {
        Switch::On(value) => Some(value),
        Switch::Off(_) => None,
    }
}

fn make_template(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.RoomTemplateDto";
    let form = call.form("", dto)?;
    let request = job_request(call, form, "roomId", &["roomId"], dto)?;
    let now = call.portal.now();
    let job = start_job(call.portal.template_job.take(), request, now);
    let reply = Reply::one(&view::operation::job(&job, true));
    call.portal.template_job = Some(job);
    Ok(reply)
}

fn make_room(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.CreateRoomFromTemplateDto";
    let form = call.form("", dto)?;
    let request = job_request(call, form, "templateId", &["templateId", "title"], dto)?;
    let now = call.portal.now();
    let job = start_job(call.portal.room_job.take(), request, now);
    let reply = Reply::one(&view::operation::job(&job, false));
    call.portal.room_job = Some(job);
    Ok(reply)
}

/// Starts a job, unless one is running: then the portal ignores the request and returns the status
/// of the running job (docs/portal/templates.md#one-job-of-a-kind-at-a-time).
fn start_job(job: Option<Job>, request: JobRequest, now: chrono::DateTime<chrono::Utc>) -> Job {
    job.filter(|job| !job.is_completed()).unwrap_or_else(|| Job::new(request, now))
}

fn template_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::maybe(call.portal.template_job.as_ref().map(|job| view::operation::job(job, true)).as_ref()))
}

fn room_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::maybe(call.portal.room_job.as_ref().map(|job| view::operation::job(job, false)).as_ref()))
}

fn is_public(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Item)?;
    if !call.permissions(room).can_read(room) {
        return Err(Failure::denied());
    }
    Ok(Reply::one(&is_shared_with_everyone(room)))
}

fn is_shared_with_everyone(room: &Room) -> bool {
    room.members.iter().any(|member| member.subject == EVERYONE)
}

/// Gives the group Everyone access to read, or removes it, and removes all other members except the
/// caller. It works on any room (docs/portal/templates.md#publishing-a-template).
fn set_public(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.SetPublicDto";
    let mut form = call.form("", dto)?;
    let id = form.int("id").unwrap_or_default();
    let public = form.boolean("public").unwrap_or(false);
    form.required(&["id"], dto);
    form.finish()?;
    let room = call.portal.rooms.get(id).ok_or_else(|| Missing::Item.failure())?;
    if !call.permissions(room).can_edit(room) {
        return Err(Failure::denied());
    }
    if public && !room.allows_group(Access::READ) {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let me = call.me();
    if let Some(room) = call.portal.rooms.get_mut(id) {
        // The portal adds Everyone, and then removes all who were members before. If the template
        // was public, that includes Everyone.
        let was_public = is_shared_with_everyone(room);
        room.members.retain(|member| member.subject == me);
        if public && !was_public {
            room.members.push(Member { subject: EVERYONE, is_group: true, access: Access::READ, by: me });
        }
    }
    Ok(Reply::void())
}
