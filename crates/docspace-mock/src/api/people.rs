//! The people of a portal: finding and reading them.

use super::{Call, route};
use crate::collation::fold;
use crate::state::people::Person;
use crate::view::employee::{self, Employee, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::errors::Fail;
use crate::wire::routing::Route;
use crate::wire::say::Say;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] = &[
    route("GET", "people/@self", own_profile),
    route("GET", "people", list),
    route("GET", "people/filter", list),
    route("GET", "people/search", search),
    route("GET", "people/status/{status}", list_status),
    route("GET", "people/status/{status}/search", search_status),
    route("GET", "people/email", by_email),
    route("GET", "people/{id:guid}", read),
];

/// EmployeeStatus.
pub(super) const STATUSES: [(&str, i64); 5] =
    [("Active", 1), ("Terminated", 2), ("Pending", 4), ("Default", 5), ("All", 7)];

fn own_profile(call: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&employee::own_profile(call.portal, call.me())))
}

/// Somebody in full.
pub(super) fn shown(call: &Call<'_>, id: Uuid) -> EmployeeFull {
    employee::profile(call.portal, id, call.me())
}

/// Users and guests may not look around among the people.
pub(super) fn may_look(call: &Call<'_>) -> Result<(), Fail> {
    if call.my_role().manages_rooms() { Ok(()) } else { Err(Fail::denied()) }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fail> {
    // Invited people who have not come yet are not among them [R people/invite-and-find].
    listed(call, |person| person.status == 1)
}

fn list_status(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let typed = call.parameter("status").to_owned();
    let wanted = call.query.one_of("status", &typed, &STATUSES).unwrap_or(7);
    listed(call, |person| has_status(person, wanted))
}

fn listed(call: &mut Call<'_>, wanted: impl Fn(&Person) -> bool) -> Result<Reply, Fail> {
    let count = call.query.ranged("count", 100, 1, 100);
    let start = call.query.int("startIndex").unwrap_or(0);
    call.query.done()?;
    may_look(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let fits = |person: &&Person| wanted(person) && names(person).contains(&text);
    let mut people: Vec<&Person> = call.portal.people.all().iter().filter(fits).collect();
    people.sort_by_key(|person| (fold(&person.first_name), person.id));
    let total = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let (skip, take) = (usize::try_from(start).unwrap_or(0), usize::try_from(count).unwrap_or(100));
    let page: Vec<EmployeeFull> =
        people.into_iter().skip(skip).take(take).map(|person| shown(call, person.id)).collect();
    Ok(Reply::list(&page).total(total))
}

/// Everybody whose name or address holds the text of `query`, in short and without pages.
fn search(call: &mut Call<'_>) -> Result<Reply, Fail> {
    may_look(call)?;
    let found: Vec<Employee> = matching(call, 1).into_iter().map(|id| employee::employee(call.portal, id)).collect();
    Ok(Reply::list(&found))
}

fn search_status(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let typed = call.parameter("status").to_owned();
    let status = call.query.one_of("status", &typed, &STATUSES).unwrap_or(7);
    call.query.done()?;
    may_look(call)?;
    let found: Vec<EmployeeFull> = matching(call, status).into_iter().map(|id| shown(call, id)).collect();
    Ok(Reply::list(&found))
}

fn matching(call: &Call<'_>, status: i64) -> Vec<Uuid> {
    let text = fold(&call.query.text("query").unwrap_or_default());
    let people = call.portal.people.all().iter();
    people
        .filter(|person| has_status(person, status) && names(person).contains(&text))
        .map(|person| person.id)
        .collect()
}

/// The filters among the statuses: 5 all but disabled people, 7 everybody.
fn has_status(person: &Person, wanted: i64) -> bool {
    match wanted {
        7 => true,
        5 => person.status != 2,
        status => person.status == status,
    }
}

/// What a text is looked for in.
fn names(person: &Person) -> String {
    fold(&format!("{} {}", person.display_name(), person.email))
}

fn by_email(call: &mut Call<'_>) -> Result<Reply, Fail> {
    may_look(call)?;
    let email = call.query.text("email").unwrap_or_default();
    let person = call.portal.people.by_email(&email).ok_or_else(|| Fail::not_found(Say::UserNotFound))?;
    Ok(Reply::one(&shown(call, person.id)))
}

/// The person of the path.
pub(super) fn person(call: &Call<'_>) -> Result<Uuid, Fail> {
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
