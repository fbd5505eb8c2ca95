//! The filters and the sort orders of lists of people
//! (docs/portal/people.md#parameters-of-peoplefilter).

use std::cmp::Ordering;

use uuid::Uuid;

use crate::api::call::Call;
use crate::collation::fold;
use crate::numbered::numbered;
use crate::state::people::{ActivationStatus, Person, PersonStatus, PersonType, Role};
use crate::wire::dates;

numbered! {
    /// The people to list (Area).
    PeopleArea {
        ALL = 0 "All",
        PEOPLE = 1 "People",
        GUESTS = 2 "Guests",
    }
}

numbered! {
    /// Whether the type of a person needs a paid seat (Payments).
    Payment {
        PAID = 0 "Paid",
        FREE = 1 "Free",
    }
}

numbered! {
    /// Where an account comes from (AccountLoginType).
    AccountOrigin {
        LDAP = 0 "LDAP",
        SSO = 1 "SSO",
        STANDARD = 2 "Standart",
    }
}

numbered! {
    /// Whether a person has a quota of the person's own.
    PersonQuota {
        ALL = 0 "All",
        DEFAULT = 1 "Default",
        CUSTOM = 2 "Custom",
    }
}

/// The filters of `people/filter`.
pub(super) struct Filter {
    status: Option<PersonStatus>,
    types: Vec<PersonType>,
    group: Option<Uuid>,
    outside_group: bool,
    in_no_group: bool,
    inviter: Option<Uuid>,
    only_admins: bool,
    activation: Option<ActivationStatus>,
    area: PeopleArea,
    payment: Option<Payment>,
    origin: AccountOrigin,
    quota: PersonQuota,
    text: Text,
}

impl Filter {
    pub(super) fn read(call: &mut Call<'_>) -> Self {
        let me = call.me();
        let query = &mut call.query;
        let mut types: Vec<PersonType> = query.enumerations("employeeTypes");
        types.extend(query.enumeration::<PersonType>("employeeType"));
        let mine = query.boolean("invitedByMe") == Some(true);
        Self {
            status: query.filled_enumeration("employeeStatus"),
            types: types.into_iter().filter(|kind| *kind != PersonType::ALL).collect(),
            group: query.guid("groupId"),
            outside_group: query.boolean("excludeGroup") == Some(true),
            in_no_group: query.boolean("withoutGroup") == Some(true),
            inviter: query.guid("inviterId").or(mine.then_some(me)),
            only_admins: query.boolean("isAdministrator") == Some(true),
            activation: query.enumeration("activationStatus"),
            area: query.enumeration("area").unwrap_or(PeopleArea::ALL),
            payment: query.enumeration("payments"),
            origin: query.enumeration("accountLoginType").unwrap_or(AccountOrigin::STANDARD),
            quota: query.enumeration("quotaFilter").unwrap_or(PersonQuota::ALL),
            text: Text::read(call),
        }
    }

    /// The filter without the types, which the portal ignores in lists for a room.
    pub(super) fn of_any_type(self) -> Self {
        Self { types: Vec::new(), ..self }
    }

    pub(super) fn matches(&self, call: &Call<'_>, person: &Person) -> bool {
        let in_group = |group: Uuid| call.portal.is_in_group(person.id, group);
        let paid = person.role.manages_rooms();
        self.status.is_none_or(|status| has_status(person, status))
            && (self.types.is_empty() || self.types.contains(&person.role.person_type()))
            && self.group.is_none_or(|group| in_group(group) != self.outside_group)
            && !(self.in_no_group && call.portal.groups_with(person.id).next().is_some())
            && self.inviter.is_none_or(|inviter| person.created_by == Some(inviter))
            && (!self.only_admins || person.role.is_admin())
            && self.activation.is_none_or(|is| is == person.activation)
            && (self.area == PeopleArea::ALL || (self.area == PeopleArea::GUESTS) == (person.role == Role::Guest))
            && self.payment.is_none_or(|payment| (payment == Payment::PAID) == paid)
            && self.origin == AccountOrigin::STANDARD
            && (self.quota == PersonQuota::ALL || (self.quota == PersonQuota::CUSTOM) == person.quota.is_some())
            && self.text.matches(person)
    }
}

/// Whether a person has a status, or matches a status that is a filter.
pub(super) fn has_status(person: &Person, wanted: PersonStatus) -> bool {
    match wanted {
        PersonStatus::ALL => true,
        PersonStatus::DEFAULT => person.status != PersonStatus::TERMINATED,
        status => person.status == status,
    }
}

/// The text in `filterValue`. A person matches if all words of one of its parts are in the names or
/// in the address.
pub(super) struct Text {
    parts: Vec<Vec<String>>,
}

impl Text {
    pub(super) fn read(call: &Call<'_>) -> Self {
        let separator = call.query.text("filterSeparator").filter(|separator| !separator.is_empty());
        Self::of(&call.query.text("filterValue").unwrap_or_default(), separator.as_deref())
    }

    pub(super) fn of(text: &str, separator: Option<&str>) -> Self {
        let parts = match separator {
            Some(separator) => text.split(separator).collect(),
            None => vec![text],
        };
        Self { parts: parts.into_iter().map(|part| part.split_whitespace().map(fold).collect()).collect() }
    }

    pub(super) fn matches(&self, person: &Person) -> bool {
        let names = [fold(&person.first_name), fold(&person.last_name), fold(&person.email)];
        let has = |word: &String| names.iter().any(|name| name.contains(word.as_str()));
        self.parts.iter().any(|words| words.iter().all(has))
    }
}

/// Sorts people as the query asks. Equal people follow each other by id.
pub(super) fn sort(call: &Call<'_>, people: &mut [&Person]) {
    let by = call.query.text("sortBy").unwrap_or_default().to_ascii_lowercase();
    let order = call.query.text("sortOrder").unwrap_or_default();
    let descending = order.eq_ignore_ascii_case("descending");
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    let first = |person: &Person| fold(&person.first_name);
    // Sorted by name, people who cannot sign in come last in both directions.
    let last = |person: &Person| match person.status {
        PersonStatus::ACTIVE => 0,
        PersonStatus::TERMINATED => 2,
        _ => 1,
    };
    people.sort_by(|one, other| {
        let order = match by.as_str() {
            "email" => turned(fold(&one.email).cmp(&fold(&other.email))),
            "type" => {
                turned(type_rank(one.role).cmp(&type_rank(other.role))).then_with(|| first(one).cmp(&first(other)))
            }
            "department" => {
                let key = |person: &Person| (fold(&call.portal.departments(person.id)), first(person));
                turned(key(one).cmp(&key(other)))
            }
            // Everyone of the mock uses the same space.
            "usedspace" => Ordering::Equal,
            "registrationdate" => {
                let key = |person: &Person| dates::whole_seconds(person.registered);
                turned(key(one).cmp(&key(other)))
            }
            "lastname" => {
                last(one).cmp(&last(other)).then_with(|| turned(fold(&one.last_name).cmp(&fold(&other.last_name))))
            }
            _ => last(one).cmp(&last(other)).then_with(|| turned(first(one).cmp(&first(other)))),
        };
        order.then_with(|| one.id.cmp(&other.id))
    });
}

/// The order of types: admins first, guests last.
fn type_rank(role: Role) -> u8 {
    match role {
        Role::Owner => 0,
        Role::DocSpaceAdmin => 1,
        Role::RoomAdmin => 2,
        Role::User => 3,
        Role::Guest => 4,
    }
}
