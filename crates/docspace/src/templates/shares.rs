//! Checks that a new template is shared as requested.

use docspace_api::types::{CreateTemplateRequest, PeopleGroupId, Room};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::members::Invitee;

/// The people and groups that a template is to be shared with. A portal leaves out groups that it
/// does not know.
pub(super) struct Shares {
    portal: Portal,
    call: Call,
    with: Vec<Invitee>,
}

impl Shares {
    pub(super) fn of_request(portal: &Portal, call: &Call, request: &CreateTemplateRequest) -> Option<Self> {
        let people = request.share.iter().flatten().map(|email| Invitee::from(email.as_str()));
        let groups = request.groups.iter().flatten().map(|group| Invitee::from(PeopleGroupId(*group)));
        let with: Vec<Invitee> = people.chain(groups).collect();
        // A public template is shared with everyone, not with specific people.
        let is_needed = !with.is_empty() && request.public != Some(true);
        is_needed.then(|| Self { portal: portal.clone(), call: call.clone(), with })
    }

    pub(super) async fn check(&self, template: Room) -> Result<Room> {
        let users = self.portal.template(&template).users().await.map_err(|error| error.while_waiting(&self.call))?;
        let missing = self.with.iter().filter(|who| !users.iter().any(|user| who.is(user)));
        let names: Vec<String> = missing.map(Invitee::to_string).collect();
        if names.is_empty() {
            return Ok(template);
        }
        let reason = format!("the template {} is there, but not shared with {}", template.id, names.join(", "));
        let advice = "check these people and groups, and share the template again";
        Err(Error::new(ErrorKind::NotDone, reason).of(&self.call).advise(advice))
    }
}
