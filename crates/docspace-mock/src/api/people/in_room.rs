//! The people and the people groups that a caller can choose from for a room
//! (docs/portal/people.md#people-of-a-room).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::people::filter::Filter;
use crate::api::people::groups::{GroupView, group_view};
use crate::api::people::profile_view;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::state::access::Access;
use crate::state::groups::PeopleGroup;
use crate::state::people::{Person, PersonStatus, Role};
use crate::state::rooms::Room;
use crate::view::employee::EmployeeFull;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "people/room/{id:int}", people),
    route("GET", "group/room/{id:int}", groups),
    route("GET", "files/folder/{id:int}/group/{group:guid}/share", members_of_group),
];

/// The room in the path. Only admins and members who are not guests may ask.
fn room<'a>(call: &'a Call<'_>) -> Result<&'a Room, Failure> {
    let room = call.room(Missing::Item)?;
    let permissions = call.permissions(room);
    let allowed = permissions.admin || (permissions.is_member() && call.my_role() != Role::Guest);
    if allowed { Ok(room) } else { Err(Failure::denied()) }
}

/// Which entries to list, by whether the room is shared with them by name.
fn wanted(call: &mut Call<'_>) -> (bool, bool) {
    let without_members = call.query.boolean("excludeShared") == Some(true);
    let only_members = call.query.boolean("includeShared") == Some(true);
    (!without_members, !only_members)
}

/// Whether the room is shared with a person or a people group by name.
fn is_shared(room: &Room, id: Uuid) -> bool {
    room.owner == id || room.members.iter().any(|member| member.subject == id)
}

fn people(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call).of_any_type();
    let (members, others) = wanted(call);
    let page = call.query.page();
    call.query.finish()?;
    let room = room(call)?;
    let admin = call.my_role().is_admin();
    let fits = |person: &&Person| {
        filter.matches(call, person)
            && (admin || person.role != Role::Guest)
            && if is_shared(room, person.id) { members } else { others }
    };
    let mut all: Vec<&Person> = call.portal.people.all().iter().filter(fits).collect();
    all.sort_by_cached_key(|person| {
        (fold(&person.last_name), person.status != PersonStatus::ACTIVE, fold(&person.first_name), person.id)
    });
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let view = |person: &Person| profile_view(call, person.id).with_shared(is_shared(room, person.id));
    let shown: Vec<EmployeeFull> = page.of(all).map(view).collect();
    Ok(Reply::list(&shown).total(total))
}

fn groups(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (members, others) = wanted(call);
    let page = call.query.page();
    call.query.finish()?;
    let room = room(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let fits = |group: &&PeopleGroup| {
        fold(&group.name).contains(&text) && if is_shared(room, group.id) { members } else { others }
    };
    let mut all: Vec<&PeopleGroup> = call.portal.people_groups.iter().filter(fits).collect();
    all.sort_by_cached_key(|group| (fold(&group.name), group.id));
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let view = |group: &PeopleGroup| group_view(call, group, false).with_shared(is_shared(room, group.id));
    let shown: Vec<GroupView> = page.of(all).map(view).collect();
    Ok(Reply::list(&shown).total(total))
}

/// What a person of a people group may do in a room.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MemberOfGroup {
    user: EmployeeFull,
    group_access: Access,
    /// Whether the person also has an access level of the person's own.
    overridden: bool,
    can_edit_access: bool,
    owner: bool,
}

/// The people of a people group that is a member of a room.
fn members_of_group(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let page = call.query.page();
    call.query.finish()?;
    let room = room(call)?;
    let id = Uuid::try_parse(call.parameter("group")).unwrap_or_default();
    let group = call.portal.people_groups.iter().find(|group| group.id == id);
    let group = group.ok_or_else(|| Failure::not_found(Message::GroupNotFound))?;
    let access = room.members.iter().find(|member| member.subject == id).map(|member| member.access);
    let can_edit_access = call.permissions(room).manages();
    let view = |person: &Uuid| MemberOfGroup {
        user: profile_view(call, *person),
        group_access: access.unwrap_or_default(),
        overridden: room.members.iter().any(|member| member.subject == *person),
        can_edit_access,
        owner: room.owner == *person,
    };
    let total = i64::try_from(group.members.len()).unwrap_or(i64::MAX);
    let shown: Vec<MemberOfGroup> = page.of(&group.members).map(view).collect();
    Ok(Reply::list(&shown).total(total))
}
