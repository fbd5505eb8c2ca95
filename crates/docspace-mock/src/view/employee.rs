//! People as JSON: ten fields in every answer, more in lists of members and in profiles
//! (docs/portal/members.md#a-person-in-a-share-entry, docs/portal/credentials.md#who-am-i).

use serde::Serialize;
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::groups::EVERYONE;
use crate::state::people::{ActivationStatus, Person, PersonStatus, REMOVED_PERSON, Role};
use crate::wire::dates;

/// The ten fields of a person in every answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Employee {
    pub(crate) id: Uuid,
    display_name: String,
    avatar: String,
    avatar_original: String,
    avatar_max: String,
    avatar_medium: String,
    avatar_small: String,
    profile_url: String,
    has_avatar: bool,
    is_anonim: bool,
}

/// A people group in a profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupSummary {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// The user name of the group's manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manager: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_system: Option<bool>,
}

/// The summary of a people group.
pub(crate) fn group_summary(portal: &Portal, id: Uuid) -> GroupSummary {
    let group = portal.people_groups.iter().find(|group| group.id == id);
    let manager = group.and_then(|group| portal.people.get(group.manager?)).map(|person| person.user_name.clone());
    GroupSummary { id, name: portal.group_name(id), manager, is_system: (id == EVERYONE).then_some(true) }
}

/// A person in a list of members or in a profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EmployeeFull {
    first_name: String,
    last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    status: PersonStatus,
    activation_status: ActivationStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupSummary>>,
    is_admin: bool,
    is_room_admin: bool,
    #[serde(rename = "isLDAP")]
    is_ldap: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_admin_modules: Option<[&'static str; 1]>,
    is_owner: bool,
    is_visitor: bool,
    is_collaborator: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    culture_name: Option<String>,
    mobile_phone_activation_status: i64,
    #[serde(rename = "isSSO")]
    is_sso: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_space: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_custom_quota: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    login_event_id: Option<i64>,
    /// Whether the room is shared with the person by name, in lists of people for a room.
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<Employee>,
    registration_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_personal_folder: Option<bool>,
    #[serde(flatten)]
    short: Employee,
}

impl EmployeeFull {
    /// The person with the mark whether a room is shared with the person.
    #[must_use]
    pub(crate) fn with_shared(self, shared: bool) -> Self {
        Self { shared: Some(shared), ..self }
    }
}

fn pictures(hash: u32) -> impl Fn(u32) -> String {
    move |size| format!("/static/images/default_user_photo_size_{size}-{size}.png?hash={hash}")
}

fn short(id: Uuid, name: String, profile_url: String, hash: u32) -> Employee {
    let picture = pictures(hash);
    Employee {
        id,
        display_name: name,
        avatar: picture(82),
        avatar_original: picture(200),
        avatar_max: picture(200),
        avatar_medium: picture(48),
        avatar_small: picture(32),
        profile_url,
        has_avatar: false,
        is_anonim: false,
    }
}

/// The ten fields of a person. An unknown id is shown as "profile removed" (recording rooms/list).
pub(crate) fn employee(portal: &Portal, id: Uuid) -> Employee {
    match portal.people.get(id) {
        Some(person) => short(id, person.display_name(), profile_url(portal, person), person.avatar_hash),
        None => short(
            REMOVED_PERSON,
            "profile removed".into(),
            format!("{}/accounts/people/filter", portal.base_url),
            364_256_756,
        ),
    }
}

fn profile_url(portal: &Portal, person: &Person) -> String {
    let kind = if person.role == Role::Guest { "guests" } else { "people" };
    let email: String = form_urlencoded::byte_serialize(person.email.as_bytes()).collect();
    format!("{}/accounts/{kind}/filter?search={email}", portal.base_url)
}

/// All fields of a person that `reader` may see. Only admins see who created the account (recording
/// permissions/matrix).
pub(crate) fn employee_full(portal: &Portal, id: Uuid, reader: Uuid) -> EmployeeFull {
    let reading = portal.people.get(reader).map_or(Role::Guest, |person| person.role);
    let Some(person) = portal.people.get(id) else { return removed_person(portal, reading) };
    let own = id == reader;
    let sees_all = reading.is_admin();
    let quota = Some(portal.people_quota).filter(|quota| quota.enabled && (own || sees_all));
    // Users do not see it for other people, but guests do (recording permissions/matrix).
    let department = own || reading != Role::User;
    let groups: Vec<GroupSummary> =
        portal.groups_with(id).filter(|_| department).map(|group| group_summary(portal, group.id)).collect();
    let created_by = person.created_by.filter(|_| sees_all).map(|by| employee(portal, by));
    EmployeeFull {
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        user_name: Some(person.user_name.clone()),
        email: Some(person.email.clone()),
        status: person.status,
        activation_status: person.activation,
        department: department.then(|| portal.departments(id)),
        groups: Some(groups).filter(|groups| !groups.is_empty()),
        is_admin: person.role == Role::DocSpaceAdmin,
        is_room_admin: person.role == Role::RoomAdmin,
        is_ldap: false,
        list_admin_modules: person.role.is_admin().then_some(["files"]),
        is_owner: person.role == Role::Owner,
        is_visitor: person.role == Role::Guest,
        is_collaborator: person.role == Role::User,
        culture_name: person.culture.clone(),
        mobile_phone_activation_status: 0,
        is_sso: false,
        theme: None,
        used_space: (own || sees_all).then_some(0),
        quota_limit: quota.map(|quota| person.quota.unwrap_or(quota.default)),
        is_custom_quota: quota.map(|_| person.quota.is_some()),
        login_event_id: None,
        shared: None,
        created_by,
        registration_date: dates::write(dates::whole_seconds(person.registered), portal.zone),
        has_personal_folder: None,
        short: employee(portal, id),
    }
}

/// The entry of an id that no person has (recording members/share).
fn removed_person(portal: &Portal, reading: Role) -> EmployeeFull {
    EmployeeFull {
        first_name: "Unknown".into(),
        last_name: "Unknown".into(),
        user_name: None,
        email: None,
        status: PersonStatus::ACTIVE,
        activation_status: ActivationStatus::NOT_ACTIVATED,
        department: (reading != Role::User).then(String::new),
        groups: None,
        is_admin: false,
        is_room_admin: false,
        is_ldap: false,
        list_admin_modules: None,
        is_owner: false,
        is_visitor: false,
        is_collaborator: false,
        culture_name: None,
        mobile_phone_activation_status: 0,
        is_sso: false,
        theme: None,
        used_space: reading.is_admin().then_some(0),
        quota_limit: None,
        is_custom_quota: None,
        login_event_id: None,
        shared: None,
        created_by: None,
        registration_date: "0001-01-01T00:00:00.0000000Z".into(),
        has_personal_folder: None,
        short: employee(portal, REMOVED_PERSON),
    }
}

/// The profile of a person who was just created. It has the moment of the create, and not the
/// second that the portal stores (recording people/create-and-change).
pub(crate) fn created_profile(portal: &Portal, id: Uuid, reader: Uuid) -> EmployeeFull {
    let mut profile = employee_full(portal, id, reader);
    if let Some(person) = portal.people.get(id) {
        profile.registration_date = dates::write(person.registered, portal.zone);
    }
    profile
}

/// The caller's own profile, which `people/@self` returns.
///
/// `login` is the id of the login of a cookie, or 0 for other credentials.
pub(crate) fn own_profile(portal: &Portal, id: Uuid, login: i64) -> EmployeeFull {
    let guest = portal.people.get(id).is_some_and(|person| person.role == Role::Guest);
    EmployeeFull {
        theme: Some("System"),
        login_event_id: Some(login),
        has_personal_folder: Some(!guest),
        ..employee_full(portal, id, id)
    }
}
