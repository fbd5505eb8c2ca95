//! The external database for form answers (docs/portal/exports.md#form-answers).

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::state::room_types::RoomType;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/{id}/externaldbsync", database),
    route("POST", "files/rooms/{id:int}/externaldbsync", sync_database),
];

/// Fails unless the room is a FillingForms room that the caller may edit.
fn check_forms_room(call: &Call<'_>) -> Result<(), Failure> {
    let room = call.portal.rooms.get(call.id()?).ok_or_else(Failure::null_reference)?;
    if room.room_type != RoomType::FILLING_FORMS || !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotPerform));
    }
    Ok(())
}

fn database(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_forms_room(call)?;
    Ok(Reply::void())
}

fn sync_database(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_forms_room(call)?;
    Err(Failure::Thrown(Exception::Plain, Message::plain("Bad request.")))
}
