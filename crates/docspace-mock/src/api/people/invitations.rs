//! Inviting people to the portal (docs/portal/people.md#inviting-people-to-the-portal).
//!
//! The mock sends no mail, so the accounts stay pending.

use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::accounts::users;
use crate::api::people::{is_visible, profile_view};
use crate::api::routing::{Route, route};
use crate::numbered::Numbered as _;
use crate::state::people::{PersonStatus, PersonType, Role, is_address};
use crate::view::employee::{self, Employee, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "people/invite", invite),
    route("PUT", "people/invite", invite_again),
    route("GET", "portal/users/invite/{type}", link),
];

fn invite(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.InviteUsersRequestDto")?;
    let invitations = form.objects("invitations", "ASC.People.ApiModels.RequestDto.UserInvitationRequestDto", |one| {
        let email = one.text("email", None);
        if let Some(email) = &email {
            if email.encode_utf16().count() > 255 {
                let message = "The field Email must be a string or array type with a maximum length of '255'.";
                one.add_rule_error("email", message);
            } else if !is_address(email) {
                one.add_rule_error("email", "The Email field is not a valid e-mail address.");
            }
        }
        (email, one.named_enum("type", PersonType::TYPE_NAME).unwrap_or(PersonType::ALL))
    });
    let culture = form.text("culture", None);
    form.require_not_blank("invitations");
    form.finish()?;
    let invitations = invitations
        .unwrap_or_default()
        .into_iter()
        .map(|(email, kind)| Ok((call.may_invite(kind)?, email)))
        .collect::<Result<Vec<(Role, Option<String>)>, Failure>>()?;
    let mut checked: Vec<(String, Role)> = Vec::new();
    for (role, email) in invitations {
        let email = email.map(|email| email.trim().to_owned()).filter(|email| has_domain(email));
        let wrong = || Failure::Thrown(Exception::Argument, Message::plain("Incorrect email"));
        checked.push((email.ok_or_else(wrong)?, role));
    }
    let me = call.me();
    for (email, role) in checked {
        let known = call.portal.people.by_email(&email).map(|person| person.id);
        let id = known.unwrap_or_else(|| call.portal.invite(&email, me, culture.as_deref()));
        let Some(person) = call.portal.people.get_mut(id) else { continue };
        // Another invitation may raise the type of a pending person, but it lowers no type.
        let raised = person.status == PersonStatus::PENDING && rank(role) > rank(person.role);
        if known.is_none() || raised {
            person.role = role;
        }
    }
    Ok(Reply::list(&everyone(call)))
}

/// All people whom the caller sees, without the owner, by id.
fn everyone(call: &Call<'_>) -> Vec<Employee> {
    let people = call.portal.people.all().iter();
    let seen = people.filter(|person| person.role != Role::Owner && is_visible(call, person));
    let mut ids: Vec<Uuid> = seen.map(|person| person.id).collect();
    ids.sort_unstable();
    ids.into_iter().map(|id| employee::employee(call.portal, id)).collect()
}

/// Whether the part after the `@` of an address is the name of a domain.
fn has_domain(address: &str) -> bool {
    address.split_once('@').is_some_and(|(_, domain)| domain.contains('.'))
}

fn rank(role: Role) -> u8 {
    match role {
        Role::Guest => 0,
        Role::User => 1,
        Role::RoomAdmin => 2,
        Role::DocSpaceAdmin | Role::Owner => 3,
    }
}

impl Call<'_> {
    /// The role of a person whom the caller invites with this type. No type means a room admin, and
    /// guests are invited only to rooms.
    fn may_invite(&self, kind: PersonType) -> Result<Role, Failure> {
        let role = match kind {
            PersonType::ALL => Role::RoomAdmin,
            known if known.name().is_some() => known.role(),
            unknown => {
                let text = format!("The given key '{}' was not present in the dictionary.", unknown.number());
                return Err(Failure::Thrown(Exception::KeyNotFound, Message::Plain(text)));
            }
        };
        let allowed = match self.my_role() {
            Role::Owner => role != Role::Guest,
            Role::DocSpaceAdmin => matches!(role, Role::RoomAdmin | Role::User),
            Role::RoomAdmin => role == Role::User,
            Role::User | Role::Guest => false,
        };
        if allowed { Ok(role) } else { Err(Failure::denied()) }
    }
}

/// Sends the invitations of pending people again.
fn invite_again(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let sent = form.has("userIds");
    let ids = users(&mut form);
    form.finish()?;
    if !call.my_role().manages_rooms() {
        return Err(Failure::denied());
    }
    if !sent {
        return Err(Failure::null_argument("source"));
    }
    if ids.iter().any(|id| call.portal.people.get(*id).is_none()) {
        return Err(Failure::null_reference());
    }
    let people: Vec<EmployeeFull> = ids.into_iter().map(|id| profile_view(call, id)).collect();
    Ok(Reply::one(&people))
}

/// The link with which people join the portal. People who may not invite get an empty text.
fn link(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let typed = call.parameter("type").to_owned();
    let kind: PersonType = call.query.enum_value("employeeType", &typed).unwrap_or_default();
    call.query.finish()?;
    if call.may_invite(kind).is_err() {
        return Ok(Reply::one(&""));
    }
    let code = call.portal.ids.short_address();
    Ok(Reply::one(&format!("{}/s/{code}", call.portal.base_url)))
}
