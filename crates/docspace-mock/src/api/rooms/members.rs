//! The members of a room: inviting, changing, removing, listing
//! (docs/portal/members.md#the-answer).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::rooms::links;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::numbered::numbered;
use crate::state::access::Access;
use crate::state::links::LinkKind;
use crate::state::people::{Role, is_address};
use crate::state::rooms::{Area, Member, Room};
use crate::view::share::{self, Share};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::form::Form;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/{id}/share", list),
    route("PUT", "files/rooms/{id}/share", invite),
    route("POST", "files/rooms/{id}/resend", resend),
];

numbered! {
    /// The entries to list (ShareFilterType): flags, and named combinations of them.
    ShareFilter {
        USER_OR_GROUP = 0 "UserOrGroup",
        INVITATION_LINK = 1 "InvitationLink",
        EXTERNAL_LINK = 2 "ExternalLink",
        ADDITIONAL_EXTERNAL_LINK = 4 "AdditionalExternalLink",
        PRIMARY_EXTERNAL_LINK = 8 "PrimaryExternalLink",
        LINK = 15 "Link",
        USER = 16 "User",
        GROUP = 32 "Group",
    }
}

impl ShareFilter {
    /// The combination of all flags.
    const ALL: i64 = 63;

    /// Whether the two filters have a flag in common.
    fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether links of this kind are listed.
    fn includes_links(self, kind: LinkKind) -> bool {
        match kind {
            LinkKind::Invitation => self.intersects(Self::INVITATION_LINK),
            LinkKind::External => {
                self.intersects(Self::EXTERNAL_LINK) || self.intersects(Self::ADDITIONAL_EXTERNAL_LINK)
            }
            LinkKind::Primary => self.intersects(Self::EXTERNAL_LINK) || self.intersects(Self::PRIMARY_EXTERNAL_LINK),
        }
    }

    fn includes_users(self) -> bool {
        self == Self::USER_OR_GROUP || self.intersects(Self::USER)
    }

    fn includes_groups(self) -> bool {
        self == Self::USER_OR_GROUP || self.intersects(Self::GROUP)
    }
}

/// An entry of `invitations`.
struct Invitation {
    id: Option<Uuid>,
    email: Option<String>,
    access: Access,
}

impl Invitation {
    fn read(form: &mut Form) -> Self {
        let email = form.text("email", Some(255));
        if email.as_deref().is_some_and(|email| !is_address(email)) {
            form.add_rule_error("email", "The Email field is not a valid e-mail address.");
        }
        Self { id: form.guid("id"), email, access: form.lenient_enum("access", Access::TYPE_NAME) }
    }
}

#[derive(Serialize)]
struct InvitationReply {
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<Share>>,
    error: i64,
}

fn invite(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("RoomInvitation", "ASC.Files.Core.ApiModels.RequestDto.RoomInvitationRequest")?;
    let invitations =
        form.objects("invitations", "ASC.Files.Core.ApiModels.RequestDto.RoomInvitation", Invitation::read);
    form.boolean("notify");
    form.text("message", None);
    let culture = form.text("culture", None);
    form.boolean("force");
    form.finish()?;
    let Some(invitations) = invitations.filter(|all| !all.is_empty()) else {
        return Ok(Reply::one(&InvitationReply { members: None, error: 0 }));
    };
    let room = call.room(Missing::Folder)?;
    let permissions = call.permissions(room);
    let id = room.id;
    if !permissions.can_read(room) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    if !permissions.can_edit(room) {
        // Users and guests get 200 without a change, except that they can leave the room and cannot
        // raise their own access (docs/portal/members.md#who-may-change-members).
        let me = call.me();
        let leaves = invitations.iter().all(|one| one.id == Some(me) && one.access == Access::NONE);
        let raises = invitations.iter().any(|one| one.id == Some(me) && one.access != Access::NONE);
        if room.area == Area::Active && leaves {
            leave(call, id, me);
        } else if permissions.manages_rooms || room.area == Area::Templates || raises {
            return Err(Failure::denied());
        }
        return Ok(Reply::one(&outcome(call, id, &invitations)));
    }
    for invitation in &invitations {
        apply(call, id, invitation, culture.as_deref())?;
    }
    Ok(Reply::one(&outcome(call, id, &invitations)))
}

/// The members that the request named by id, after the change. They are sorted by id
/// (docs/portal/members.md#the-answer).
fn outcome(call: &Call<'_>, room: i64, invitations: &[Invitation]) -> InvitationReply {
    let Some(room) = call.portal.rooms.get(room) else {
        return InvitationReply { members: Some(Vec::new()), error: 0 };
    };
    let editable = call.permissions(room).can_edit(room);
    let by_id = |one: &&Invitation| one.email.is_none();
    let mut ids: Vec<Uuid> = invitations.iter().filter(by_id).map(|one| one.id.unwrap_or_default()).collect();
    ids.sort_unstable();
    let members = ids.into_iter().filter_map(|id| room.members.iter().find(|member| member.subject == id));
    let views = members.map(|member| share::member(call.portal, room, member, call.me(), editable));
    InvitationReply { members: Some(views.collect()), error: 0 }
}

/// Removes a person from a room. Every member may leave a room
/// (docs/portal/members.md#what-each-entry-does).
fn leave(call: &mut Call<'_>, id: i64, person: Uuid) {
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.members.retain(|member| member.subject != person);
        room.pinned_by.retain(|other| *other != person);
    }
}

/// Sets the access level of a member. `NONE` removes the member.
fn apply(call: &mut Call<'_>, id: i64, invitation: &Invitation, culture: Option<&str>) -> Result<(), Failure> {
    let known =
        invitation.email.as_deref().and_then(|email| call.portal.people.by_email(email)).map(|person| person.id);
    let subject = match (&invitation.email, known) {
        (Some(_), Some(known)) => Some(known),
        (Some(_), None) => None,
        (None, _) => Some(invitation.id.unwrap_or_default()),
    };
    let is_group = subject.is_some_and(|id| call.portal.is_group(id));
    let role = subject.and_then(|id| call.portal.people.get(id)).map(|person| person.role);
    let Some(room) = call.portal.rooms.get(id) else { return Ok(()) };
    let manages = role.is_some_and(Role::manages_rooms);
    let template = room.area == Area::Templates;
    let available = if template && is_group {
        matches!(invitation.access, Access::NONE | Access::READ)
    } else {
        room.allows_role(invitation.access, manages)
    };
    if !available || (is_group && invitation.access == Access::ROOM_MANAGER) {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let subject = match subject {
        Some(subject) => subject,
        None if invitation.access == Access::NONE => return Ok(()),
        None => {
            let me = call.me();
            call.portal.invite(invitation.email.as_deref().unwrap_or_default(), me, culture)
        }
    };
    let by = call.me();
    let Some(room) = call.portal.rooms.get_mut(id) else { return Ok(()) };
    if invitation.access == Access::NONE {
        room.members.retain(|member| member.subject != subject);
        room.pinned_by.retain(|person| *person != subject);
        return Ok(());
    }
    match room.members.iter_mut().find(|member| member.subject == subject) {
        Some(member) => member.access = invitation.access,
        None => room.members.push(Member { subject, is_group, access: invitation.access, by }),
    }
    Ok(())
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = call.query.flags("filterType", ShareFilter::ALL).unwrap_or(ShareFilter::USER_OR_GROUP);
    let page = call.query.page();
    call.query.finish()?;
    let text = call.query.text("filterValue").unwrap_or_default().to_lowercase();
    let room = call.room(Missing::Item)?;
    let permissions = call.permissions(room);
    if !permissions.can_read(room) {
        return Ok(Reply::list::<()>(&[]).total(0));
    }
    let me = call.me();
    let editable = permissions.can_edit(room);
    let mut shares: Vec<Share> = Vec::new();
    if matches!(filter, ShareFilter::USER_OR_GROUP | ShareFilter::USER) && text.is_empty() {
        shares.push(share::owner(call.portal, room, me));
    }
    shares.extend(
        wanted(call, room, filter, &text)
            .into_iter()
            .map(|member| share::member(call.portal, room, member, me, editable)),
    );
    if filter.intersects(ShareFilter::LINK) && permissions.can_read_links(room) && text.is_empty() {
        let links = links::sorted(room, |link| filter.includes_links(link.kind), false);
        shares.extend(links.into_iter().map(|link| share::link(call.portal, room, link, editable, true)));
    }
    let total = i64::try_from(shares.len()).unwrap_or(i64::MAX);
    let shown: Vec<Share> = page.of(shares).collect();
    // The count is negative past the end (recording members/share, step 9).
    Ok(Reply::list(&shown).count(page.count.min(total - page.start)).total(total))
}

/// The members that match the filter. Ids that no person has are not listed
/// (docs/portal/members.md#what-each-entry-does).
fn wanted<'a>(call: &Call<'_>, room: &'a Room, filter: ShareFilter, text: &str) -> Vec<&'a Member> {
    let name = |member: &Member| {
        if member.is_group {
            return Some(call.portal.group_name(member.subject));
        }
        let person = call.portal.people.get(member.subject)?;
        Some(format!("{} {}", person.display_name(), person.email))
    };
    let mut members: Vec<&Member> = room
        .members
        .iter()
        .filter(|member| if member.is_group { filter.includes_groups() } else { filter.includes_users() })
        .filter(|member| name(member).is_some_and(|name| name.to_lowercase().contains(text)))
        .collect();
    members.sort_by_key(|member| {
        let by_name = name(member).map(|name| fold(&name));
        (member.subject != room.owner, member.access.rank(), by_name)
    });
    members
}

fn resend(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("UserInvitation", "ASC.Files.Core.ApiModels.RequestDto.UserInvitationRequest")?;
    let users = form.guids("usersIds").unwrap_or_default();
    let all = form.boolean("resendAll").unwrap_or(false);
    form.finish()?;
    if users.is_empty() && !all {
        return Ok(Reply::void());
    }
    let refused = || Failure::refused(Message::CannotPerform);
    let id = call.id()?;
    let room = call.portal.rooms.get(id).ok_or_else(refused)?;
    let permissions = call.permissions(room);
    match room.area {
        Area::Templates if permissions.creator => Err(Missing::Record.failure()),
        Area::Active if permissions.manages() => Ok(Reply::void()),
        _ => Err(refused()),
    }
}
