//! Changes of people, people groups, keys, webhooks and settings.

use serde_json::Value;
use uuid::Uuid;

use crate::api::call::Call;
use crate::portal::Portal;
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::wire::envelope::Reply;

const PEOPLE: &str = "Contacts";
const SETTINGS: &str = "Settings";

/// A change of settings.
pub(super) fn setting(action: Action) -> Change {
    Change::of_portal(action, SETTINGS, None)
}

fn person(portal: &Portal, action: Action, id: Uuid) -> Change {
    let name = portal.people.get(id).map(|person| person.display_name()).unwrap_or_default();
    Change::of_portal(action, PEOPLE, Some(id.to_string())).words(&[&name])
}

/// A change of the people in the answer. Whom a portal disables is logged out, which the trail
/// calls a change of the cookies (recording audit/events).
pub(super) fn people(portal: &Portal, action: Action, reply: &Reply) -> Vec<Change> {
    let answer = reply.value();
    let people = answer.as_array().into_iter().flatten();
    let changed = people.filter_map(|person| Uuid::try_parse(person["id"].as_str()?).ok());
    let mut all = Vec::new();
    for id in changed {
        all.push(person(portal, action, id));
        let is_disabled = portal.people.get(id).is_some_and(|person| !person.is_active());
        if action == Action::USERS_UPDATED_STATUS && is_disabled {
            all.push(setting(Action::COOKIE_SETTINGS_UPDATED));
        }
    }
    all
}

/// The people that a call added.
pub(super) fn new_people(portal: &Portal, action: Action, before: usize) -> Vec<Change> {
    portal.people.all().iter().skip(before).map(|new| person(portal, action, new.id)).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The id in the answer, or else in the path.
fn id(call: &Call<'_>, answer: &Value) -> String {
    let id = &answer["id"];
    if id.is_null() { call.parameter("id").to_owned() } else { text(id) }
}

pub(super) fn group(call: &Call<'_>, action: Action, before: &str, reply: &Reply) -> Vec<Change> {
    let answer = reply.value();
    let name = answer["name"].as_str().unwrap_or(before).to_owned();
    vec![Change::of_portal(action, PEOPLE, Some(id(call, &answer))).words(&[&name])]
}

/// A key that was created, changed or deleted. The answer is `false` if nothing changed.
pub(super) fn key(call: &Call<'_>, action: Action, before: &str, reply: &Reply) -> Vec<Change> {
    let answer = reply.value();
    if answer == Value::Bool(false) {
        return Vec::new();
    }
    let name = answer["keyPostfix"].as_str().map_or_else(|| before.to_owned(), |end| format!("sk-***{end}"));
    vec![Change::of_portal(action, SETTINGS, Some(id(call, &answer))).words(&[&name])]
}

pub(super) fn webhook(action: Action, reply: &Reply) -> Vec<Change> {
    let answer = reply.value();
    let name = answer["name"].as_str().unwrap_or_default();
    vec![Change::of_portal(action, SETTINGS, Some(text(&answer["id"]))).words(&[name])]
}
