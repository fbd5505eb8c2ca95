//! People groups (docs/portal/people.md#people-groups).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::accounts::not_authorized;
use crate::api::people::{check_may_list_people, profile_view};
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::state::groups::PeopleGroup;
use crate::view::employee::EmployeeFull;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "group", create_group),
    route("GET", "group", list_groups),
    route("GET", "group/{id:guid}", read_group),
    route("DELETE", "group/{id:guid}", delete_group),
];

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
        manager: group.manager.map(|id| profile_view(call, id)),
        members: with_members.then(|| group.members.iter().map(|id| profile_view(call, *id)).collect()),
        members_count: group.members.len(),
    }
}

fn create_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.GroupRequestDto")?;
    let name = form.text("groupName", Some(128)).unwrap_or_default();
    let manager = form.guid("groupManager");
    let members = form.guids("members").unwrap_or_default();
    form.finish()?;
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

fn list_groups(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let page = call.query.page();
    let person = call.query.guid("userId");
    let managed = call.query.boolean("manager") == Some(true);
    call.query.finish()?;
    check_may_list_people(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let has = |group: &PeopleGroup, id| if managed { group.manager == Some(id) } else { group.members.contains(&id) };
    let fits = |group: &&PeopleGroup| fold(&group.name).contains(&text) && person.is_none_or(|id| has(group, id));
    let groups: Vec<&PeopleGroup> = call.portal.people_groups.iter().filter(fits).collect();
    let total = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    let views: Vec<GroupView> = page.of(groups).map(|group| group_view(call, group, false)).collect();
    Ok(Reply::list(&views).total(total))
}

/// The people group in the path.
fn group<'a>(call: &'a Call<'_>) -> Result<&'a PeopleGroup, Failure> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let found = call.portal.people_groups.iter().find(|group| group.id == id);
    found.ok_or_else(|| Failure::not_found(Message::GroupNotFound))
}

fn read_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_may_list_people(call)?;
    let group = group(call)?;
    Ok(Reply::one(&group_view(call, group, true)))
}

/// Deletes a people group. The answer has status 204, unlike other calls
/// (recording members/groups-of-people).
fn delete_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
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
