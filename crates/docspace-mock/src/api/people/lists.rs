//! Lists of people and searches for people (docs/portal/people.md#finding-people).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::filter::{Filter, Text, has_status, sort};
use crate::api::people::{check_may_list_people, is_visible, profile_view};
use crate::api::routing::{Route, route};
use crate::state::people::{Person, PersonStatus};
use crate::view::employee::{self, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "people", list),
    route("GET", "people/filter", filter),
    route("GET", "people/simple/filter", simple_filter),
    route("GET", "people/search", search_query),
    route("GET", "people/@search/{text}", search_text),
    route("GET", "people/status/{status}", list_status),
    route("GET", "people/status/{status}/search", search_status),
];

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    // Pending people are not listed (recording people/invite-and-find).
    listed(call, |_, person| person.status == PersonStatus::ACTIVE, profile_view)
}

fn filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call);
    listed(call, |call, person| filter.matches(call, person), profile_view)
}

fn simple_filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call);
    listed(call, |call, person| filter.matches(call, person), |call, id| employee::employee(call.portal, id))
}

fn list_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let wanted = status(call);
    listed(call, |_, person| has_status(person, wanted), profile_view)
}

/// The status in the path.
fn status(call: &mut Call<'_>) -> PersonStatus {
    let typed = call.parameter("status").to_owned();
    call.query.enum_value("status", &typed).unwrap_or(PersonStatus::ALL)
}

fn listed<T: Serialize>(
    call: &mut Call<'_>,
    wanted: impl Fn(&Call<'_>, &Person) -> bool,
    view: impl Fn(&Call<'_>, Uuid) -> T,
) -> Result<Reply, Failure> {
    let page = call.query.page();
    call.query.finish()?;
    check_may_list_people(call)?;
    let text = Text::read(call);
    let fits = |person: &&Person| wanted(call, person) && text.matches(person) && is_visible(call, person);
    let mut people: Vec<&Person> = call.portal.people.all().iter().filter(fits).collect();
    sort(call, &mut people);
    let total = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let shown: Vec<T> = page.of(people).map(|person| view(call, person.id)).collect();
    Ok(Reply::list(&shown).total(total))
}

fn search_query(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let text = call.query.text("query").unwrap_or_default();
    search(call, &text, PersonStatus::ACTIVE)
}

fn search_text(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let text = call.parameter("text").to_owned();
    search(call, &text, PersonStatus::ACTIVE)
}

fn search_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let wanted = status(call);
    call.query.finish()?;
    let text = call.query.text("query").unwrap_or_default();
    search(call, &text, wanted)
}

/// All people who match a text, by id and without pages. The answer counts as one value.
fn search(call: &Call<'_>, text: &str, status: PersonStatus) -> Result<Reply, Failure> {
    check_may_list_people(call)?;
    let text = Text::of(text, None);
    let fits = |person: &&Person| has_status(person, status) && text.matches(person) && is_visible(call, person);
    let mut found: Vec<Uuid> = call.portal.people.all().iter().filter(fits).map(|person| person.id).collect();
    found.sort_unstable();
    let found: Vec<EmployeeFull> = found.into_iter().map(|id| profile_view(call, id)).collect();
    Ok(Reply::one(&found))
}
