//! Checks that a new template is shared as requested.

use docspace_api::types::{CreateTemplateRequest, PeopleGroupId, Room};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::members::Invitee;

/// The people and groups to share a template with.
pub(super) fn of_request(request: &CreateTemplateRequest) -> Vec<Invitee> {
    // A public template is shared with everyone, not with specific people.
    if request.public == Some(true) {
        return Vec::new();
    }
    let people = request.share.iter().flatten().map(|email| Invitee::from(email.as_str()));
    let groups = request.groups.iter().flatten().map(|group| Invitee::from(PeopleGroupId(*group)));
    people.chain(groups).collect()
}

/// Returns the template if it is shared with all of them. A portal leaves out groups that it does
/// not know.
pub(super) async fn check(portal: &Portal, call: &Call, shares: &[Invitee], template: Room) -> Result<Room> {
    if shares.is_empty() {
        return Ok(template);
    }
    let users = portal.template(&template).users().await.map_err(|error| error.while_waiting(call))?;
    let missing = shares.iter().filter(|who| !users.iter().any(|user| who.is(user)));
    let names: Vec<String> = missing.map(Invitee::to_string).collect();
    if names.is_empty() {
        return Ok(template);
    }
    let reason = format!("the template {} is there, but not shared with {}", template.id, names.join(", "));
    let advice = "check these people and groups, and share the template again";
    Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
}
