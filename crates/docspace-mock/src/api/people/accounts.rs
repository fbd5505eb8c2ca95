//! Creating accounts, and changing the type, status and language of people
//! (docs/portal/people.md#creating-and-changing-people).

use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::{person, profile_view};
use crate::api::routing::{Route, route};
use crate::auth::password;
use crate::state::people::{NewPerson, PersonStatus, PersonType, Role, is_address};
use crate::view::employee::{self, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::form::Form;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "people", create),
    route("POST", "people/active", create),
    route("PUT", "people/type/{type}", set_type),
    route("PUT", "people/status/{status}", set_status),
    route("PUT", "people/{id:guid}/culture", set_culture),
];

/// The 403 of calls about accounts.
pub(super) fn not_authorized() -> Failure {
    Failure::Thrown(Exception::Authorizing, Message::AccessDenied)
}

/// Fails if the caller may not create people with this role, or give the role to people.
fn check_may_assign(call: &Call<'_>, role: Role) -> Result<(), Failure> {
    let allowed = match call.my_role() {
        Role::Owner => true,
        Role::DocSpaceAdmin => role != Role::DocSpaceAdmin,
        Role::RoomAdmin => !role.manages_rooms(),
        Role::User | Role::Guest => false,
    };
    if allowed { Ok(()) } else { Err(not_authorized()) }
}

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.MemberRequestDto")?;
    let email = form.text("email", Some(255));
    if email.as_deref().is_some_and(|email| !is_address(email)) {
        form.add_rule_error("email", "The Email field is not a valid e-mail address.");
    }
    let first_name = form.text("firstName", Some(255)).unwrap_or_default();
    let last_name = form.text("lastName", Some(255)).unwrap_or_default();
    let password = form.text("password", None).unwrap_or_default();
    let kind = form.named_enum("type", PersonType::TYPE_NAME);
    form.finish()?;
    let role = kind.map_or(Role::User, PersonType::role);
    check_may_assign(call, role)?;
    let email = email.ok_or_else(|| Failure::null_argument("address"))?;
    let bad_argument = |text: &str| Failure::Thrown(Exception::Argument, Message::plain(text));
    password::check(&password)?;
    if call.portal.people.by_email(&email).is_some() {
        return Err(bad_argument("User with this email is already registered"));
    }
    let named =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphabetic() || "' -".contains(letter));
    if !named(&first_name) || !named(&last_name) {
        return Err(bad_argument("Incorrect firstname or lastname"));
    }
    let user_name = email.split('@').next().unwrap_or_default().to_owned();
    let new = NewPerson { name: String::new(), user_name, first_name, last_name, email, password, role };
    let me = call.me();
    let id = call.portal.add_person(new);
    if let Some(person) = call.portal.people.get_mut(id) {
        person.created_by = Some(me);
    }
    Ok(Reply::one(&employee::created_profile(call.portal, id, me)))
}

/// Reads `userIds` from a body.
pub(super) fn users(form: &mut Form) -> Vec<Uuid> {
    let users = form.guids("userIds").unwrap_or_default();
    form.boolean("resendAll");
    users
}

fn set_type(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Update", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let users = users(&mut form);
    form.finish()?;
    let typed = call.parameter("type").to_owned();
    let kind: PersonType = call.query.enum_value("type", &typed).unwrap_or_default();
    call.query.finish()?;
    let role = kind.role();
    check_may_assign(call, role)?;
    if role == Role::Guest {
        // People do not become guests (docs/portal/people.md#guests).
        return Err(Failure::denied());
    }
    for id in &users {
        let Some(person) = call.portal.people.get_mut(*id) else { continue };
        // Another call lowers types, and moves what the person owns to another person
        // (recording people/create-and-change).
        if person.role == Role::Owner || (person.role.manages_rooms() && !role.manages_rooms()) {
            return Err(Failure::denied());
        }
        person.role = role;
    }
    Ok(all(call, &users))
}

fn set_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Update", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let users = users(&mut form);
    form.finish()?;
    let typed = call.parameter("status").to_owned();
    let status: PersonStatus = call.query.enum_value("status", &typed).unwrap_or_default();
    call.query.finish()?;
    if !call.my_role().is_admin() {
        return Err(not_authorized());
    }
    for id in &users {
        if let Some(person) = call.portal.people.get_mut(*id).filter(|person| person.role != Role::Owner) {
            person.status = status;
            if status == PersonStatus::TERMINATED {
                // The sessions stay ended when the person is enabled again (recording auth/logout).
                call.portal.credentials.end_sessions(*id, None);
            }
        }
    }
    Ok(all(call, &users))
}

pub(in crate::api) fn all(call: &Call<'_>, users: &[Uuid]) -> Reply {
    let known = users.iter().filter(|id| call.portal.people.get(**id).is_some());
    let people: Vec<EmployeeFull> = known.map(|id| profile_view(call, *id)).collect();
    Reply::one(&people)
}

fn set_culture(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Culture", "ASC.People.ApiModels.RequestDto.CultureRequest")?;
    let culture = form.text("cultureName", None).unwrap_or_default();
    form.finish()?;
    let id = person(call)?;
    if id != call.me() && !call.my_role().is_admin() {
        return Err(Failure::denied());
    }
    if let Some(person) = call.portal.people.get_mut(id) {
        person.culture = Some(culture);
    }
    Ok(Reply::one(&profile_view(call, id)))
}
