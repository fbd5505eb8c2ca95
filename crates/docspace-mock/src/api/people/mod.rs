//! Finding and reading people (docs/portal/people.md#finding-people).

pub(super) mod accounts;
pub(super) mod groups;

use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::numbered::numbered;
use crate::state::people::{ActivationStatus, Person, PersonStatus, PersonType, Role};
use crate::view::employee::{self, Employee, EmployeeFull};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "people/@self", own_profile),
    route("GET", "people", list),
    route("GET", "people/filter", filter),
    route("GET", "people/search", search),
    route("GET", "people/status/{status}", list_status),
    route("GET", "people/status/{status}/search", search_status),
    route("GET", "people/email", by_email),
    route("GET", "people/{id:guid}", read),
];

fn own_profile(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&employee::own_profile(call.portal, call.me())))
}

/// The profile of a person as the caller sees it.
pub(super) fn profile_view(call: &Call<'_>, id: Uuid) -> EmployeeFull {
    employee::profile(call.portal, id, call.me())
}

/// Fails for users and guests, who may not list people.
pub(super) fn check_may_list_people(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().manages_rooms() { Ok(()) } else { Err(Failure::denied()) }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    // Pending people are not listed (recording people/invite-and-find).
    listed(call, |_, person| person.status == PersonStatus::ACTIVE)
}

/// The filters of `people/filter`. Except for the text, they follow the published document and not
/// recordings.
struct Filter {
    status: PersonStatus,
    types: Vec<PersonType>,
    group: Option<Uuid>,
    outside_group: bool,
    in_no_group: bool,
    inviter: Option<Uuid>,
    administrator: Option<bool>,
    activation: Option<ActivationStatus>,
    area: PeopleArea,
}

numbered! {
    /// The people to list (Area).
    PeopleArea {
        ALL = 0 "All",
        PEOPLE = 1 "People",
        GUESTS = 2 "Guests",
    }
}

impl Filter {
    fn read(call: &mut Call<'_>) -> Self {
        let me = call.me();
        let query = &mut call.query;
        let mut types: Vec<PersonType> = query.enumerations("employeeTypes");
        types.extend(query.enumeration::<PersonType>("employeeType"));
        let mine = query.boolean("invitedByMe") == Some(true);
        Self {
            status: query.enumeration("employeeStatus").unwrap_or(PersonStatus::ACTIVE),
            types: types.into_iter().filter(|kind| *kind != PersonType::ALL).collect(),
            group: query.guid("groupId"),
            outside_group: query.boolean("excludeGroup") == Some(true),
            in_no_group: query.boolean("withoutGroup") == Some(true),
            inviter: query.guid("inviterId").or(mine.then_some(me)),
            administrator: query.boolean("isAdministrator"),
            activation: query.enumeration("activationStatus"),
            area: query.enumeration("area").unwrap_or(PeopleArea::ALL),
        }
    }

    fn matches(&self, call: &Call<'_>, person: &Person) -> bool {
        let in_group = |group: Uuid| call.portal.is_in_group(person.id, group);
        has_status(person, self.status)
            && (self.types.is_empty() || self.types.contains(&person.role.person_type()))
            && self.group.is_none_or(|group| in_group(group) != self.outside_group)
            && !(self.in_no_group && call.portal.groups_with(person.id).next().is_some())
            && self.inviter.is_none_or(|inviter| person.created_by == Some(inviter))
            && self.administrator.is_none_or(|is| is == person.role.is_admin())
            && self.activation.is_none_or(|is| is == person.activation)
            && (self.area == PeopleArea::ALL || (self.area == PeopleArea::GUESTS) == (person.role == Role::Guest))
    }
}

fn filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call);
    listed(call, |call, person| filter.matches(call, person))
}

fn list_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let typed = call.parameter("status").to_owned();
    let wanted = call.query.enum_value("status", &typed).unwrap_or(PersonStatus::ALL);
    listed(call, |_, person| has_status(person, wanted))
}

fn listed(call: &mut Call<'_>, wanted: impl Fn(&Call<'_>, &Person) -> bool) -> Result<Reply, Failure> {
    let page = call.query.page();
    call.query.finish()?;
    check_may_list_people(call)?;
    let text = fold(&call.query.text("filterValue").unwrap_or_default());
    let fits = |person: &&Person| wanted(call, person) && names(person).contains(&text);
    let mut people: Vec<&Person> = call.portal.people.all().iter().filter(fits).collect();
    people.sort_by_key(|person| (fold(&person.first_name), person.id));
    let total = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let shown: Vec<EmployeeFull> = page.of(people).map(|person| profile_view(call, person.id)).collect();
    Ok(Reply::list(&shown).total(total))
}

/// Lists all people whose name or e-mail address contains the text in `query`, without pages.
fn search(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_may_list_people(call)?;
    let found: Vec<Employee> =
        matching(call, PersonStatus::ACTIVE).into_iter().map(|id| employee::employee(call.portal, id)).collect();
    Ok(Reply::list(&found))
}

fn search_status(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let typed = call.parameter("status").to_owned();
    let status = call.query.enum_value("status", &typed).unwrap_or(PersonStatus::ALL);
    call.query.finish()?;
    check_may_list_people(call)?;
    let found: Vec<EmployeeFull> = matching(call, status).into_iter().map(|id| profile_view(call, id)).collect();
    Ok(Reply::list(&found))
}

fn matching(call: &Call<'_>, status: PersonStatus) -> Vec<Uuid> {
    let text = fold(&call.query.text("query").unwrap_or_default());
    let people = call.portal.people.all().iter();
    people
        .filter(|person| has_status(person, status) && names(person).contains(&text))
        .map(|person| person.id)
        .collect()
}

/// Whether a person has a status, or matches a status that is a filter.
fn has_status(person: &Person, wanted: PersonStatus) -> bool {
    match wanted {
        PersonStatus::ALL => true,
        PersonStatus::DEFAULT => person.status != PersonStatus::TERMINATED,
        status => person.status == status,
    }
}

/// The text that searches look at: the name and the e-mail address.
fn names(person: &Person) -> String {
    fold(&format!("{} {}", person.display_name(), person.email))
}

fn by_email(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_may_list_people(call)?;
    let email = call.query.text("email").unwrap_or_default();
    let person = call.portal.people.by_email(&email).ok_or_else(|| Failure::not_found(Message::UserNotFound))?;
    Ok(Reply::one(&profile_view(call, person.id)))
}

/// The id of the person in the path.
pub(super) fn person(call: &Call<'_>) -> Result<Uuid, Failure> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let found = call.portal.people.get(id).ok_or_else(|| Failure::not_found(Message::UserNotFound))?;
    Ok(found.id)
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = person(call)?;
    if id != call.me() {
        check_may_list_people(call)?;
    }
    Ok(Reply::one(&profile_view(call, id)))
}
