//! People groups (docs/portal/people.md#people-groups).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::accounts::not_authorized;
use crate::api::people::profile_view;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::state::groups::PeopleGroup;
use crate::state::people::Role;
use crate::view::employee::{EmployeeFull, GroupSummary, group_summary};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "group", create_group),
    route("GET", "group", list_groups),
    route("GET", "group/{id:guid}", read_group),
    route("PUT", "group/{id:guid}", update_group),
    route("DELETE", "group/{id:guid}", delete_group),
    route("PUT", "group/{id:guid}/members", add_members),
    route("POST", "group/{id:guid}/members", replace_members),
    route("DELETE", "group/{id:guid}/members", remove_members),
    route("PUT", "group/{id:guid}/members/{to:guid}", move_members),
    route("PUT", "group/{id:guid}/manager", set_manager),
    route("GET", "group/user/{id:guid}", list_groups_of_person),
];

/// Maximum length of a name in UTF-16 units.
const LONGEST_NAME: usize = 128;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupView {
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
    /// Whether the room is shared with the group by name, in lists of groups for a room.
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<bool>,
}

impl GroupView {
    /// The group with the mark whether a room is shared with it.
    #[must_use]
    pub(super) fn with_shared(self, shared: bool) -> Self {
        Self { shared: Some(shared), ..self }
    }
}

pub(super) fn group_view(call: &Call<'_>, group: &PeopleGroup, with_members: bool) -> GroupView {
    GroupView {
        name: group.name.clone(),
        parent: Uuid::nil(),
        category: Uuid::nil(),
        id: group.id,
        is_ldap: false,
        manager: group.manager.map(|id| profile_view(call, id)),
        members: with_members.then(|| group.members.iter().map(|id| profile_view(call, *id)).collect()),
        members_count: group.members.len(),
        shared: None,
    }
}

/// Room admins may read people groups; users and guests may not.
fn check_may_read_groups(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().manages_rooms() { Ok(()) } else { Err(not_authorized()) }
}

fn check_may_change_groups(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().is_admin() { Ok(()) } else { Err(not_authorized()) }
}

/// Whether a person exists and may belong to a people group. Guests may not.
fn may_join(call: &Call<'_>, id: Uuid) -> bool {
    call.portal.people.get(id).is_some_and(|person| person.role != Role::Guest)
}

/// Adds each person once.
fn add(members: &mut Vec<Uuid>, people: impl IntoIterator<Item = Uuid>) {
    for id in people {
        if !members.contains(&id) {
            members.push(id);
        }
    }
}

fn create_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.People.ApiModels.RequestDto.GroupRequestDto";
    let mut form = call.form("", dto)?;
    form.required(&["groupName"], dto);
    let name = form.text("groupName", None);
    if name.as_deref().is_some_and(|name| name.is_empty() || name.encode_utf16().count() > LONGEST_NAME) {
        let message = "The field GroupName must be a string with a minimum length of 1 and a maximum length of 128.";
        form.add_rule_error("groupName", message);
    }
    let manager = form.guid("groupManager").filter(|id| !id.is_nil());
    let members = form.guids("members").unwrap_or_default();
    form.finish()?;
    check_may_change_groups(call)?;
    let name = name.ok_or_else(|| Failure::null_argument("inDto.GroupName"))?;
    if name.trim().is_empty() {
        let text =
            "The value cannot be an empty string or composed entirely of whitespace. (Parameter 'inDto.GroupName')";
        return Err(Failure::Thrown(Exception::Argument, Message::plain(text)));
    }
    if members.iter().chain(&manager).any(|id| !may_join(call, *id)) {
        return Err(Failure::Thrown(Exception::Argument, Message::UserNotFound));
    }
    let mut all: Vec<Uuid> = Vec::new();
    add(&mut all, members.into_iter().chain(manager));
    let group = PeopleGroup { id: call.portal.ids.guid(), name, manager, members: all };
    call.portal.people_groups.push(group.clone());
    Ok(Reply::one(&group_view(call, &group, true)))
}

fn list_groups(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let page = call.query.page();
    let person = call.query.guid("userId");
    let managed = call.query.boolean("manager") == Some(true);
    call.query.finish()?;
    check_may_read_groups(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let has = |group: &PeopleGroup, id| if managed { group.manager == Some(id) } else { group.members.contains(&id) };
    let fits = |group: &&PeopleGroup| fold(&group.name).contains(&text) && person.is_none_or(|id| has(group, id));
    let mut groups: Vec<&PeopleGroup> = call.portal.people_groups.iter().filter(fits).collect();
    sort(call, &mut groups);
    let total = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    let views: Vec<GroupView> = page.of(groups).map(|group| group_view(call, group, false)).collect();
    Ok(Reply::list(&views).total(total))
}

/// Sorts people groups as the query asks; by name if it asks for an unknown order.
fn sort(call: &Call<'_>, groups: &mut [&PeopleGroup]) {
    let by = call.query.text("sortBy").unwrap_or_default().to_ascii_lowercase();
    let descending = call.query.text("sortOrder").is_some_and(|order| order.eq_ignore_ascii_case("descending"));
    let manager = |group: &PeopleGroup| {
        group.manager.and_then(|id| call.portal.people.get(id)).map(|person| fold(&person.first_name))
    };
    groups.sort_by(|one, other| {
        let order = match by.as_str() {
            "memberscount" => one.members.len().cmp(&other.members.len()),
            "manager" => manager(one).cmp(&manager(other)),
            _ => fold(&one.name).cmp(&fold(&other.name)),
        };
        if descending { order.reverse() } else { order }
    });
}

/// The people groups of a person, in short.
fn list_groups_of_person(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_may_read_groups(call)?;
    let person = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let groups: Vec<GroupSummary> =
        call.portal.groups_with(person).map(|group| group_summary(call.portal, group.id)).collect();
    Ok(Reply::list(&groups))
}

/// The people group in the path.
fn group<'a>(call: &'a Call<'_>) -> Result<&'a PeopleGroup, Failure> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let found = call.portal.people_groups.iter().find(|group| group.id == id);
    found.ok_or_else(|| Failure::not_found(Message::GroupNotFound))
}

/// The people group in the path, to change it.
fn group_to_change<'a>(call: &'a mut Call<'_>) -> Result<&'a mut PeopleGroup, Failure> {
    check_may_change_groups(call)?;
    let id = group(call)?.id;
    let found = call.portal.people_groups.iter_mut().find(|group| group.id == id);
    found.ok_or_else(|| Failure::not_found(Message::GroupNotFound))
}

/// The answer to a call that changed the people group in the path.
fn changed(call: &Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&group_view(call, group(call)?, true)))
}

fn read_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let with_members = call.query.boolean("includeMembers") != Some(false);
    call.query.finish()?;
    check_may_read_groups(call)?;
    Ok(Reply::one(&group_view(call, group(call)?, with_members)))
}

/// Changes a people group. The name may become empty, and people who may not join are skipped
/// (docs/portal/people.md#people-groups).
fn update_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Update", "ASC.People.ApiModels.RequestDto.UpdateGroupRequest")?;
    let name = form.text("groupName", Some(LONGEST_NAME));
    let manager = form.guid("groupManager");
    let to_add = form.guids("membersToAdd").unwrap_or_default();
    let to_remove = form.guids("membersToRemove").unwrap_or_default();
    form.finish()?;
    let manager = manager.filter(|id| may_join(call, *id));
    let to_add: Vec<Uuid> = to_add.into_iter().filter(|id| may_join(call, *id)).collect();
    let group = group_to_change(call)?;
    group.name = name.unwrap_or_else(|| group.name.clone());
    group.manager = manager.or(group.manager);
    add(&mut group.members, to_add.into_iter().chain(manager));
    group.remove(&to_remove);
    changed(call)
}

/// The people in a body about the members of a people group.
fn people_in_body(call: &Call<'_>) -> Result<Option<Vec<Uuid>>, Failure> {
    let mut form = call.form("Members", "ASC.People.ApiModels.RequestDto.MembersRequest")?;
    let people = form.guids("members");
    form.finish()?;
    Ok(people)
}

fn add_members(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let people = people_in_body(call)?;
    group_to_change(call)?;
    let people = people.ok_or_else(Failure::null_reference)?;
    let people: Vec<Uuid> = people.into_iter().filter(|id| may_join(call, *id)).collect();
    add(&mut group_to_change(call)?.members, people);
    changed(call)
}

/// Replaces all members. At least one of the new ones must exist.
fn replace_members(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let people = people_in_body(call)?;
    group_to_change(call)?;
    let people = people.ok_or_else(|| Failure::null_argument("source"))?;
    let people: Vec<Uuid> = people.into_iter().filter(|id| may_join(call, *id)).collect();
    if people.is_empty() {
        return Err(Failure::Thrown(Exception::Argument, Message::plain("Members")));
    }
    let group = group_to_change(call)?;
    let leaving: Vec<Uuid> = group.members.iter().copied().filter(|id| !people.contains(id)).collect();
    group.remove(&leaving);
    add(&mut group.members, people);
    changed(call)
}

fn remove_members(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let people = people_in_body(call)?.unwrap_or_default();
    group_to_change(call)?.remove(&people);
    changed(call)
}

/// Moves all members to another people group, and returns that one.
fn move_members(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let target = Uuid::try_parse(call.parameter("to")).unwrap_or_default();
    check_may_change_groups(call)?;
    if !call.portal.people_groups.iter().any(|group| group.id == target) {
        return Err(Failure::not_found(Message::GroupNotFound));
    }
    let members = group_to_change(call)?.members.clone();
    group_to_change(call)?.remove(&members);
    let target = call.portal.people_groups.iter_mut().find(|group| group.id == target);
    let target = target.ok_or_else(|| Failure::not_found(Message::GroupNotFound))?;
    add(&mut target.members, members);
    let target = target.clone();
    Ok(Reply::one(&group_view(call, &target, true)))
}

/// Sets the manager of a people group. A guest changes nothing.
fn set_manager(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.People.ApiModels.RequestDto.SetManagerRequest";
    let mut form = call.form("SetManager", dto)?;
    form.required(&["userId"], dto);
    let manager = form.guid("userId").unwrap_or_default();
    form.finish()?;
    group_to_change(call)?;
    if call.portal.people.get(manager).is_none() {
        return Err(Failure::not_found(Message::UserNotFound));
    }
    if may_join(call, manager) {
        let group = group_to_change(call)?;
        group.manager = Some(manager);
        add(&mut group.members, [manager]);
    }
    changed(call)
}

/// Deletes a people group. The answer has status 204, unlike other calls
/// (recording members/groups-of-people).
fn delete_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = group_to_change(call)?.id;
    call.portal.people_groups.retain(|group| group.id != id);
    for room in call.portal.rooms.iter_mut() {
        room.members.retain(|member| member.subject != id);
    }
    Ok(Reply::no_content())
}
