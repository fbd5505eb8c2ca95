//! Reading one person (docs/portal/people.md#looking-up-one-person).

pub(super) mod accounts;
mod filter;
pub(super) mod groups;
pub(super) mod guests;
pub(super) mod in_room;
pub(super) mod invitations;
pub(super) mod lists;

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::state::people::{Person, PersonStatus, Role, is_address};
use crate::view::employee::{self, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "people/@self", own_profile),
    route("GET", "people/email", by_email),
    route("GET", "people/exists", exists),
    route("GET", "people/{id}", read),
];

fn own_profile(call: &mut Call<'_>) -> Result<Reply, Failure> {
    // Only a cookie names the login (recording auth/logout).
    let token = call.caller.session.as_ref().filter(|_| call.caller.by_cookie);
    let session = token.and_then(|token| call.portal.credentials.sessions.get(token));
    let login = session.and_then(|session| session.login.as_ref()).map_or(0, |login| login.id);
    Ok(Reply::one(&employee::own_profile(call.portal, call.me(), login)))
}

/// The profile of a person as the caller sees it.
pub(super) fn profile_view(call: &Call<'_>, id: Uuid) -> EmployeeFull {
    employee::employee_full(call.portal, id, call.me())
}

/// Fails for users and guests, who may not list people.
pub(super) fn check_may_list_people(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().manages_rooms() { Ok(()) } else { Err(Failure::denied()) }
}

/// Whether the caller sees a person in lists. Room admins see no disabled people, and no guests
/// that other people invited (docs/portal/people.md#types-statuses-and-visibility).
pub(super) fn is_visible(call: &Call<'_>, person: &Person) -> bool {
    call.my_role().is_admin() || (person.is_active() && is_not_foreign_guest(call, person))
}

/// Whether a person is not a guest whom another person invited.
pub(in crate::api) fn is_not_foreign_guest(call: &Call<'_>, person: &Person) -> bool {
    person.role != Role::Guest || person.id == call.me() || person.created_by == Some(call.me())
}

/// The address in the query.
fn address(call: &mut Call<'_>) -> Result<String, Failure> {
    let email = call.query.text("email").unwrap_or_default();
    if email.is_empty() {
        return Err(Failure::null_argument("email"));
    }
    if !is_address(&email) {
        return Err(Failure::invalid("email", "The Email field is not a valid e-mail address."));
    }
    Ok(email)
}

fn by_email(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let email = address(call)?;
    check_may_list_people(call)?;
    let person = call.portal.people.by_email(&email).ok_or_else(|| Failure::not_found(Message::UserNotFound))?;
    Ok(Reply::one(&profile_view(call, person.id)))
}

/// Whether a person has this address.
#[derive(Serialize)]
struct Existence {
    exists: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<PersonStatus>,
}

fn exists(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let email = address(call)?;
    check_may_list_people(call)?;
    let status = call.portal.people.by_email(&email).map(|person| person.status);
    Ok(Reply::one(&Existence { exists: status.is_some(), status }))
}

/// The id of the person in the path, who is named by the id or by the user name.
pub(super) fn person(call: &Call<'_>) -> Result<Uuid, Failure> {
    let typed = call.parameter("id");
    let found = match Uuid::try_parse(typed) {
        Ok(id) => call.portal.people.get(id),
        Err(_) => call.portal.people.all().iter().find(|person| person.user_name == typed),
    };
    let found = found.ok_or_else(|| Failure::not_found(Message::UserNotFound))?;
    Ok(found.id)
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = person(call)?;
    if id != call.me() {
        check_may_list_people(call)?;
        let person = call.portal.people.get(id);
        if !call.my_role().is_admin() && person.is_some_and(|person| !is_not_foreign_guest(call, person)) {
            return Err(Failure::denied());
        }
    }
    Ok(Reply::one(&profile_view(call, id)))
}
