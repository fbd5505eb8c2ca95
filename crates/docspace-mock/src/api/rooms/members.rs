//! The members of a room: inviting, changing, removing, listing
//! (docs/portal/members.md#the-answer).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::people::is_not_foreign_guest;
use crate::api::rooms::links;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::numbered::numbered;
use crate::state::access::Access;
use crate::state::links::LinkKind;
use crate::state::people::{ActivationStatus, Role, is_address};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
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
        return Ok(Reply::one(&InvitationReply { members: None, warning: None, error: 0 }));
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
    // If a request names the same person by id and by address, the access level at the address
    // counts (docs/portal/members.md#naming-people-by-e-mail).
    let (by_id, by_email): (Vec<&Invitation>, Vec<&Invitation>) =
        invitations.iter().partition(|one| one.email.is_none());
    let mut warning = None;
    for invitation in by_id.into_iter().chain(by_email) {
        match invited(call, invitation) {
            Some(Invited::Known(person)) => set_access(call, id, person, invitation)?,
            Some(Invited::Address(email)) => invite_address(call, id, &email, invitation.access, culture.as_deref())?,
            Some(Invited::Duplicate) => warning = Some("Duplicate Email"),
            None => {}
        }
    }
    Ok(Reply::one(&InvitationReply { warning, ..outcome(call, id, &invitations) }))
}

/// The members that the request named by id, after the change. They are sorted by id
/// (docs/portal/members.md#the-answer).
fn outcome(call: &Call<'_>, room: i64, invitations: &[Invitation]) -> InvitationReply {
    let Some(room) = call.portal.rooms.get(room) else {
        return InvitationReply { members: Some(Vec::new()), warning: None, error: 0 };
    };
    let editable = call.permissions(room).can_edit(room);
    let by_id = |one: &&Invitation| one.id.is_some() || one.email.is_none();
    let mut ids: Vec<Uuid> = invitations.iter().filter(by_id).map(|one| one.id.unwrap_or_default()).collect();
    ids.sort_unstable();
    let members = ids.into_iter().filter_map(|id| room.members.iter().find(|member| member.subject == id));
    let views = members.map(|member| share::member(call.portal, room, member, call.me(), editable));
    InvitationReply { members: Some(views.collect()), warning: None, error: 0 }
}

/// Removes a person from a room. Every member may leave a room
/// (docs/portal/members.md#what-each-entry-does).
fn leave(call: &mut Call<'_>, id: i64, person: Uuid) {
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.members.retain(|member| member.subject != person);
        room.pinned_by.retain(|other| *other != person);
    }
}

/// Whom an entry of `invitations` means.
enum Invited {
    /// The id of a person or a people group. It may be an id that does not exist.
    Known(Uuid),
    Address(String),
    /// A known address with blanks around it, which the portal skips with a warning.
    Duplicate,
}

/// Whom an entry means. `None` for an entry that changes nothing: only an entry with an id removes
/// a member, and disabled people and guests of others cannot be invited
/// (docs/portal/members.md#naming-people-by-e-mail, docs/portal/members.md#what-each-entry-does).
fn invited(call: &Call<'_>, invitation: &Invitation) -> Option<Invited> {
    let removes = invitation.access == Access::NONE;
    let people = &call.portal.people;
    let is_disabled = |id: Uuid| people.get(id).is_some_and(|person| !person.is_active());
    let Some(email) = invitation.email.as_deref() else {
        let id = invitation.id.unwrap_or_default();
        return (removes || !(is_disabled(id) || is_hidden(call, id))).then_some(Invited::Known(id));
    };
    let known = people.by_email(email.trim()).map(|person| person.id);
    match invitation.id {
        // The address of another person invites that person, and the id stays as it is.
        Some(id) if removes || known == Some(id) => Some(Invited::Known(id)),
        None if removes => None,
        _ if email.trim() != email && known.is_some() => Some(Invited::Duplicate),
        _ if known.is_some_and(is_disabled) => None,
        _ => Some(Invited::Address(email.trim().to_owned())),
    }
}

/// Whether the caller does not see this person, who therefore is not invited
/// (docs/portal/people.md#guests).
fn is_hidden(call: &Call<'_>, id: Uuid) -> bool {
    let person = call.portal.people.get(id).filter(|_| !call.my_role().is_admin());
    person.is_some_and(|person| !is_not_foreign_guest(call, person))
}

/// Sets the access level of a person or a people group in a room. `NONE` removes the member.
fn set_access(call: &mut Call<'_>, id: i64, subject: Uuid, invitation: &Invitation) -> Result<(), Failure> {
    let Some(room) = call.portal.rooms.get(id) else { return Ok(()) };
    let is_group = call.portal.is_group(subject);
    let manages = call.portal.people.get(subject).is_some_and(|person| person.role.manages_rooms());
    let allows = |access| if is_group { room.allows_group(access) } else { room.allows_role(access, manages) };
    if !allows(invitation.access) {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    store_access(call, id, subject, is_group, invitation.access);
    Ok(())
}

/// Gives access to the person with this address. An address that no person has is invited. In a
/// room, the portal does not look up the type of the person, and refuses the role of a room manager
/// (recording members/by-email).
fn invite_address(
    call: &mut Call<'_>,
    id: i64,
    email: &str,
    access: Access,
    culture: Option<&str>,
) -> Result<(), Failure> {
    let Some(room) = call.portal.rooms.get(id) else { return Ok(()) };
    let known = call.portal.people.by_email(email);
    let manages = room.area == Area::Templates && known.is_some_and(|person| person.role.manages_rooms());
    if !room.allows_role(access, manages) {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let known = known.map(|person| person.id);
    let me = call.me();
    let subject = known.unwrap_or_else(|| call.portal.invite(email, me, culture));
    store_access(call, id, subject, false, access);
    Ok(())
}

fn store_access(call: &mut Call<'_>, id: i64, subject: Uuid, is_group: bool, access: Access) {
    let by = call.me();
    let Some(room) = call.portal.rooms.get_mut(id) else { return };
    if access == Access::NONE {
        room.members.retain(|member| member.subject != subject);
        room.pinned_by.retain(|person| *person != subject);
        return;
    }
    match room.members.iter_mut().find(|member| member.subject == subject) {
        Some(member) => member.access = access,
        None => room.members.push(Member { subject, is_group, access, by }),
    }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    list_of(call, |call| call.room(Missing::Item).map(|room| room.id))
}

/// Lists the members of the room with the id that `find` returns.
pub(in crate::api) fn list_of(
    call: &mut Call<'_>,
    find: impl FnOnce(&Call<'_>) -> Result<i64, Failure>,
) -> Result<Reply, Failure> {
    let filter = call.query.flags("filterType", ShareFilter::ALL).unwrap_or(ShareFilter::USER_OR_GROUP);
    let page = call.query.page();
    call.query.finish()?;
    let text = call.query.text("filterValue").unwrap_or_default().to_lowercase();
    let id = find(call)?;
    let room = call.portal.rooms.get(id).ok_or_else(|| Missing::Item.failure())?;
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
    members.sort_by_cached_key(|member| {
        (member.subject != room.owner, section(call, member), member.access.rank(), sort_name(call, member))
    });
    members
}

/// The section of the list in which a member is listed
/// (docs/portal/members.md#order-and-paging).
fn section(call: &Call<'_>, member: &Member) -> usize {
    match call.portal.people.get(member.subject) {
        _ if member.access == Access::ROOM_MANAGER => 0,
        None => 1,
        Some(person) if person.activation == ActivationStatus::PENDING => 4,
        Some(person) if person.role == Role::Guest => 3,
        Some(_) => 2,
    }
}

/// The text that members with the same access level are sorted by: the first name, or the address
/// of a person who did not confirm it yet.
fn sort_name(call: &Call<'_>, member: &Member) -> String {
    match call.portal.people.get(member.subject) {
        Some(person) if person.activation == ActivationStatus::PENDING => fold(&person.email),
        Some(person) => fold(&person.first_name),
        None => fold(&call.portal.group_name(member.subject)),
    }
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
