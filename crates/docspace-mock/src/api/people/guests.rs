//! Sharing and deleting guests (docs/portal/people.md#guests).

use crate::api::call::Call;
use crate::api::confirmations::needs_confirmation;
use crate::api::people::accounts::users;
use crate::api::routing::{Route, route};
use crate::state::people::{Person, Role};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "people/guests/{id:guid}/share", link),
    route("POST", "people/guests/share/approve", needs_confirmation),
    route("DELETE", "people/guests", delete),
];

/// The link with which another room admin gets to see a guest.
fn link(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if !call.my_role().is_admin() {
        return Err(Failure::denied());
    }
    let id = uuid::Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let person = call.portal.people.get(id).ok_or_else(|| Failure::not_found(Message::plain("User not found")))?;
    if person.role != Role::Guest {
        return Err(Failure::Thrown(Exception::Argument, Message::plain("User is not a guest")));
    }
    let code = call.portal.ids.short_address();
    Ok(Reply::one(&format!("{}/s/{code}", call.portal.base_url)))
}

/// Deletes guests, or none of them if one is not a guest of the caller.
fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let is_list = matches!(form.raw("userIds"), Some(crate::wire::json::Value::List(_)));
    let ids = users(&mut form);
    form.finish()?;
    if !call.my_role().manages_rooms() {
        return Err(Failure::denied());
    }
    if !is_list {
        return Err(Failure::null_argument("source"));
    }
    let (me, is_admin) = (call.me(), call.my_role().is_admin());
    let mine = |person: &Person| person.role == Role::Guest && (is_admin || person.created_by == Some(me));
    if !ids.iter().all(|id| call.portal.people.get(*id).is_some_and(mine)) {
        return Err(Failure::denied());
    }
    for id in ids {
        call.portal.remove_person(id);
    }
    Ok(Reply::void())
}
