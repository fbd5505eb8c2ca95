//! The external database for form answers (docs/portal/exports.md#form-answers).

use serde_json::json;

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::routing::{Route, route};
use crate::state::room_types::RoomType;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/{id:int}/externaldbsync", database),
    route("POST", "files/rooms/{id:int}/externaldbsync", sync_database),
    route("GET", "files/{id}/formfilter", form_filter),
    route("POST", "files/folder/{id}/xlsx", create_table),
    route("POST", "settings/authservice/externaldb/test", test_database),
];

/// Fails unless the room is a FillingForms room that the caller may edit.
fn check_forms_room(call: &Call<'_>) -> Result<(), Failure> {
    let refused = || Failure::refused(Message::CannotPerform);
    if contents::room_with_folder(call)?.is_some() {
        return Err(refused());
    }
    let room = call.portal.rooms.get(call.id()?).ok_or_else(Failure::null_reference)?;
    if room.room_type != RoomType::FILLING_FORMS || !call.permissions(room).can_edit(room) {
        return Err(refused());
    }
    Ok(())
}

fn database(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_forms_room(call)?;
    Ok(Reply::void())
}

/// The portal has no database.
fn sync_database(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_forms_room(call)?;
    Err(Failure::Thrown(Exception::BadRequest, Message::plain("Bad request.")))
}

/// The filters of filled forms, of which there are none.
fn form_filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    let room = contents::room_of(call, id, Missing::Folder)?;
    if !call.permissions(room).can_read(room) {
        return Err(Failure::denied());
    }
    Ok(Reply::list::<()>(&[]))
}

/// Without filled forms there is nothing to make a table of.
fn create_table(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    contents::room_of(call, id, Missing::Folder)?;
    Err(Failure::invalid_state())
}

/// No database can be reached.
fn test_database(call: &mut Call<'_>) -> Result<Reply, Failure> {
    call.form("", "ASC.Web.Api.ApiModel.RequestsDto.ExternalDbTestRequestDto")?.finish()?;
    if !call.my_role().is_admin() {
        return Err(Failure::Thrown(Exception::Authorizing, Message::AccessDenied));
    }
    Ok(Reply::one(&json!({"success": false, "error": "Unable to connect to any of the specified MySQL hosts."})))
}
