//! The people of a portal: finding, making, changing them; groups of people.

use super::{Call, route};
use crate::collation::fold;
use crate::state::groups::PeopleGroup;
use crate::state::people::{NewPerson, Person, Role};
use crate::view::employee::{self, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::form::Form;
use crate::wire::routing::Route;
use crate::wire::say::Say;
use serde::Serialize;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] = &[
    route("GET", "people/@self", own_profile),
    route("GET", "people", list),
    route("GET", "people/filter", list),
    route("GET", "people/status/{status}", list_status),
    route("GET", "people/email", by_email),
    route("GET", "people/{id:guid}", read),
    route("POST", "people", create),
    route("POST", "people/active", create),
    route("PUT", "people/type/{type}", set_type),
    route("PUT", "people/status/{status}", set_status),
    route("PUT", "people/{id:guid}/culture", set_culture),
    route("POST", "group", create_group),
    route("GET", "group", list_groups),
    route("GET", "group/{id:guid}", read_group),
    route("DELETE", "group/{id:guid}", delete_group),
];

/// EmployeeType.
const TYPES: [(&str, i64); 5] = [("All", 0), ("RoomAdmin", 1), ("Guest", 2), ("DocSpaceAdmin", 3), ("User", 4)];
/// EmployeeStatus.
const STATUSES: [(&str, i64); 5] = [("Active", 1), ("Terminated", 2), ("Pending", 4), ("Default", 5), ("All", 7)];

fn role_of(number: i64) -> Role {
    match number {
        1 => Role::RoomAdmin,
        2 => Role::Guest,
        3 => Role::DocSpaceAdmin,
        _ => Role::User,
    }
}

fn own_profile(call: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&employee::own_profile(call.portal, call.me())))
}

fn shown(call: &Call<'_>, id: Uuid) -> EmployeeFull {
    employee::profile(call.portal, id, call.me())
}

/// Users and guests may not look around among the people.
fn may_look(call: &Call<'_>) -> Result<(), Fail> {
    if call.my_role().manages_rooms() { Ok(()) } else { Err(Fail::denied()) }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fail> {
    listed(call, |person| person.status != 2)
}

fn list_status(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let typed = call.parameter("status").to_owned();
    let wanted = call.query.one_of("status", &typed, &STATUSES).unwrap_or(7);
    listed(call, |person| match wanted {
        7 => true,
        5 => person.status != 2,
        status => person.status == status,
    })
}

fn listed(call: &mut Call<'_>, wanted: impl Fn(&Person) -> bool) -> Result<Reply, Fail> {
    let count = call.query.ranged("count", 100, 1, 100);
    let start = call.query.int("startIndex").unwrap_or(0);
    call.query.done()?;
    may_look(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let fits = |person: &&Person| {
        wanted(person) && fold(&format!("{} {}", person.display_name(), person.email)).contains(&text)
    };
    let mut people: Vec<&Person> = call.portal.people.all().iter().filter(fits).collect();
    people.sort_by_key(|person| (fold(&person.first_name), person.id));
    let total = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let (skip, take) = (usize::try_from(start).unwrap_or(0), usize::try_from(count).unwrap_or(100));
    let page: Vec<EmployeeFull> =
        people.into_iter().skip(skip).take(take).map(|person| shown(call, person.id)).collect();
    Ok(Reply::list(&page).total(total))
}

fn by_email(call: &mut Call<'_>) -> Result<Reply, Fail> {
    may_look(call)?;
    let email = call.query.text("email").unwrap_or_default();
    let person = call.portal.people.by_email(&email).ok_or_else(|| Fail::not_found(Say::UserNotFound))?;
    Ok(Reply::one(&shown(call, person.id)))
}

/// The person of the path.
fn person(call: &Call<'_>) -> Result<Uuid, Fail> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let found = call.portal.people.get(id).ok_or_else(|| Fail::not_found(Say::UserNotFound))?;
    Ok(found.id)
}

fn read(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let id = person(call)?;
    if id != call.me() {
        may_look(call)?;
    }
    Ok(Reply::one(&shown(call, id)))
}

fn not_authorized() -> Fail {
    Fail::Thrown(Kind::Authorizing, Say::AccessDenied)
}

/// Whether somebody may make, or change the type of, people of this kind.
fn may_make(call: &Call<'_>, role: Role) -> Result<(), Fail> {
    let allowed = match call.my_role() {
        Role::Owner => true,
        Role::DocSpaceAdmin => role != Role::DocSpaceAdmin,
        Role::RoomAdmin => !role.manages_rooms(),
        Role::User | Role::Guest => false,
    };
    if allowed { Ok(()) } else { Err(not_authorized()) }
}

fn create(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.MemberRequestDto")?;
    let email = form.text("email", Some(255));
    if email.as_deref().is_some_and(|email| !super::members::is_address(email)) {
        form.rule("email", "The Email field is not a valid e-mail address.");
    }
    let first_name = form.text("firstName", Some(255)).unwrap_or_default();
    let last_name = form.text("lastName", Some(255)).unwrap_or_default();
    let password = form.text("password", None).unwrap_or_default();
    let kind = form.named_enum("type", "ASC.Core.Users.EmployeeType", &TYPES);
    form.done()?;
    let role = kind.map_or(Role::User, role_of);
    may_make(call, role)?;
    let email = email.ok_or_else(|| Fail::null_argument("address"))?;
    let wrong = |text: &str| Fail::Thrown(Kind::Argument, Say::plain(text));
    super::links::check_password(&password)?;
    if call.portal.people.by_email(&email).is_some() {
        return Err(wrong("User with this email is already registered"));
    }
    let named =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphabetic() || "' -".contains(letter));
    if !named(&first_name) || !named(&last_name) {
        return Err(wrong("Incorrect firstname or lastname"));
    }
    let user_name = email.split('@').next().unwrap_or_default().to_owned();
    let new = NewPerson { name: String::new(), user_name, first_name, last_name, email, password, role };
    let me = call.me();
    let id = call.portal.add_person(new);
    if let Some(person) = call.portal.people.get_mut(id) {
        person.created_by = Some(me);
    }
    Ok(Reply::one(&shown(call, id)))
}

/// `userIds` of a body.
fn users(form: &mut Form) -> Vec<Uuid> {
    let users = form.guids("userIds").unwrap_or_default();
    form.boolean("resendAll");
    users
}

fn set_type(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Update", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let users = users(&mut form);
    form.done()?;
    let typed = call.parameter("type").to_owned();
    let kind = call.query.one_of("type", &typed, &TYPES).unwrap_or_default();
    call.query.done()?;
    let role = role_of(kind);
    may_make(call, role)?;
    for id in &users {
        let Some(person) = call.portal.people.get_mut(*id) else { continue };
        // Taking rights away is another call, which hands over what the person owns [R people/create-and-change].
        if person.role == Role::Owner || (person.role.manages_rooms() && !role.manages_rooms()) {
            return Err(Fail::denied());
        }
        person.role = role;
    }
    Ok(all(call, &users))
}

fn set_status(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Update", "ASC.People.ApiModels.RequestDto.UpdateMembersRequestDto")?;
    let users = users(&mut form);
    form.done()?;
    let typed = call.parameter("status").to_owned();
    let status = call.query.one_of("status", &typed, &STATUSES).unwrap_or_default();
    call.query.done()?;
    if !call.my_role().is_admin() {
        return Err(not_authorized());
    }
    for id in &users {
        if let Some(person) = call.portal.people.get_mut(*id).filter(|person| person.role != Role::Owner) {
            person.status = status;
        }
    }
    Ok(all(call, &users))
}

fn all(call: &Call<'_>, users: &[Uuid]) -> Reply {
    let known = users.iter().filter(|id| call.portal.people.get(**id).is_some());
    let people: Vec<EmployeeFull> = known.map(|id| shown(call, *id)).collect();
    Reply::one(&people)
}

fn set_culture(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Culture", "ASC.People.ApiModels.RequestDto.CultureRequest")?;
    let culture = form.text("cultureName", None).unwrap_or_default();
    form.done()?;
    let id = person(call)?;
    if id != call.me() && !call.my_role().is_admin() {
        return Err(Fail::denied());
    }
    if let Some(person) = call.portal.people.get_mut(id) {
        person.culture = Some(culture);
    }
    Ok(Reply::one(&shown(call, id)))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupView {
    name: String,
    parent: Uuid,
    category: Uuid,
    id: Uuid,
    #[serde(rename = "isLDAP")]
    is_ldap: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<EmployeeFull>,
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<EmployeeFull>>,
    members_count: usize,
}

fn group_view(call: &Call<'_>, group: &PeopleGroup, with_members: bool) -> GroupView {
    GroupView {
        name: group.name.clone(),
        parent: Uuid::nil(),
        category: Uuid::nil(),
        id: group.id,
        is_ldap: false,
        manager: group.manager.map(|id| shown(call, id)),
        members: with_members.then(|| group.members.iter().map(|id| shown(call, *id)).collect()),
        members_count: group.members.len(),
    }
}

fn create_group(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.GroupRequestDto")?;
    let name = form.text("groupName", Some(128)).unwrap_or_default();
    let manager = form.guid("groupManager");
    let members = form.guids("members").unwrap_or_default();
    form.done()?;
    if !call.my_role().is_admin() {
        return Err(not_authorized());
    }
    let mut all: Vec<Uuid> = Vec::new();
    for id in members.into_iter().chain(manager) {
        if call.portal.people.get(id).is_some() && !all.contains(&id) {
            all.push(id);
        }
    }
    let group = PeopleGroup { id: call.portal.ids.guid(), name, manager, members: all };
    call.portal.people_groups.push(group.clone());
    Ok(Reply::one(&group_view(call, &group, true)))
}

fn list_groups(call: &mut Call<'_>) -> Result<Reply, Fail> {
    may_look(call)?;
    let views: Vec<GroupView> = call.portal.people_groups.iter().map(|group| group_view(call, group, false)).collect();
    let total = i64::try_from(views.len()).unwrap_or(i64::MAX);
    Ok(Reply::list(&views).total(total))
}

/// The group of the path.
fn group<'a>(call: &'a Call<'_>) -> Result<&'a PeopleGroup, Fail> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let found = call.portal.people_groups.iter().find(|group| group.id == id);
    found.ok_or_else(|| Fail::not_found(Say::GroupNotFound))
}

fn read_group(call: &mut Call<'_>) -> Result<Reply, Fail> {
    may_look(call)?;
    let group = group(call)?;
    Ok(Reply::one(&group_view(call, group, true)))
}

/// Answers 204, unlike every other call [R members/groups-of-people].
fn delete_group(call: &mut Call<'_>) -> Result<Reply, Fail> {
    if !call.my_role().is_admin() {
        return Err(not_authorized());
    }
    let id = group(call)?.id;
    call.portal.people_groups.retain(|group| group.id != id);
    for room in call.portal.rooms.iter_mut() {
        room.members.retain(|member| member.subject != id);
    }
    Ok(Reply::no_content())
}
