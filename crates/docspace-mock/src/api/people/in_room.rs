//! The people and the people groups that a caller can choose from for a room
//! (docs/portal/people.md#people-of-a-room).

use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::people::filter::Filter;
use crate::api::people::groups::{GroupView, group_view};
use crate::api::people::profile_view;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::state::groups::PeopleGroup;
use crate::state::people::{Person, PersonStatus, Role};
use crate::state::rooms::Room;
use crate::view::employee::{self, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("GET", "people/room/{id:int}", people), route("GET", "group/room/{id:int}", groups)];

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
    let view = |person: &Person| {
        let view = if call.my_role() == Role::User {
            employee::employee_full(call.portal, person.id, call.me())
        } else {
            profile_view(call, person.id)
        };
        view.with_shared(is_shared(room, person.id))
    };
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
