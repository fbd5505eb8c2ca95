//! What the command does not do, for the person who runs it.

use docspace::people::{PersonType, Profile};

use super::plan::Plan;
use crate::session::Session;

/// Returns a note for each thing that stays. Things that the caller cannot read are left out.
pub(super) async fn of(session: &Session, plan: &Plan) -> Vec<String> {
    let (name, mut notes) = (plan.name(), Vec::new());
    let portal = &session.portal;
    let sees_all = portal.people().get(plan.me).await.is_ok_and(|me| is_admin(&me));
    if !sees_all {
        // docs/portal/lists.md and docs/portal/keys-and-scopes.md#listing-keys
        notes.push(format!(
            "note: you do not see the rooms of {name} in which you are not a member, nor the API keys of {name}; the \
             owner of the portal and DocSpace admins do"
        ));
    }
    if !plan.templates.is_empty() {
        let titles = plan.templates.join(", ");
        notes.push(format!(
            "note: {name} keeps these templates, because this command does not change the owner of templates: {titles}"
        ));
    }
    let groups: Vec<_> = plan.leaver.groups.iter().flatten().map(|group| group.name.clone()).collect();
    if !groups.is_empty() {
        notes.push(format!(
            "note: {name} stays in these people groups, which can give access to rooms: {}",
            groups.join(", ")
        ));
    }
    let keys = portal.keys().list().await.unwrap_or_default();
    let keys = keys.iter().filter(|key| key.create_by.id == plan.leaver.id && key.is_active);
    let keys: Vec<_> = keys.map(|key| format!("{} ({})", key.name, key.id)).collect();
    if !keys.is_empty() {
        // The keys of a disabled person do not work (docs/portal/keys-and-scopes.md#what-a-key-is).
        let effect = match plan.disable || plan.leaver.is_disabled() {
            true => "which do not work while the account is disabled",
            false => "which keep working; delete them with `docspace keys delete`",
        };
        notes.push(format!("note: {name} has these API keys, {effect}: {}", keys.join(", ")));
    }
    if !plan.disable && !plan.leaver.is_disabled() {
        notes.push(format!("note: the account of {name} stays active; add --disable to disable it"));
    }
    notes
}

fn is_admin(me: &Profile) -> bool {
    me.is_owner || me.person_type() == Some(PersonType::DocSpaceAdmin)
}
