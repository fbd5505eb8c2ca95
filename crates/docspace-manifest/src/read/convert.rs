//! Converts what a portal answers to plain data.

use docspace::members::Member;
use docspace::people::Profile;
use docspace::{Access, Room, RoomLink};
use uuid::Uuid;

use crate::actual::{ActualLink, ActualMember, ActualRoom};
use crate::names::{LinkTypeName, TypeName};
use crate::values::{Lifetime, Quota, Watermark};

/// A room of the list. `None` for a type that this version does not know.
pub(super) fn room(room: &Room, me: Uuid) -> Option<ActualRoom> {
    let room_type = TypeName::of(room.room_type)?;
    let owner = room.created_by.as_ref().map(|owner| owner.id.0);
    let has_logo = !room.logo.original.is_empty();
    let quota = |bytes| match (room.is_custom_quota, u64::try_from(bytes)) {
        (Some(false), _) => Quota::Default,
        (_, Ok(bytes)) => Quota::Bytes(bytes),
        (_, Err(_)) => Quota::Unlimited,
    };
    Some(ActualRoom {
        id: room.id.clone(),
        title: room.title.clone(),
        room_type,
        is_mine: owner == Some(me) || room.access == Access::RoomManager,
        archived: room.is_archived(),
        tags: room.tags.iter().cloned().collect(),
        color: room.logo.color.as_ref().map(|color| color.to_uppercase()),
        cover: (!has_logo).then(|| room.logo.cover.as_ref().map(|cover| cover.id.clone())),
        has_logo,
        quota: room.quota_limit.map(quota),
        indexing: room.indexing,
        deny_download: room.deny_download,
        lifetime: room.lifetime.as_ref().and_then(Lifetime::of),
        watermark: room.watermark.as_ref().map(Watermark::of),
        save_form_as_xlsx: room.save_form_as_xlsx,
        send_form_to_external_db: room.send_form_to_external_db,
        folders: None,
        members: None,
        links: None,
        room_groups: None,
    })
}

/// A member. `None` for an entry that is neither a person nor a people group.
pub(super) fn member(member: &Member) -> Option<ActualMember> {
    Some(ActualMember {
        id: Some(member.id()?.0),
        name: member.name().unwrap_or_default().to_owned(),
        email: member.email().map(str::to_owned),
        access: member.access,
        is_group: !member.is_person(),
        is_owner: member.is_owner,
        person_type: member.shared_to_user.as_ref().and_then(Profile::person_type),
    })
}

/// A link.
pub(super) fn link(link: &RoomLink) -> ActualLink {
    let link_type = match (link.is_invitation(), link.is_primary()) {
        (true, _) => LinkTypeName::Invitation,
        (false, true) => LinkTypeName::Primary,
        (false, false) => LinkTypeName::External,
    };
    ActualLink {
        id: link.id().0,
        link_type,
        title: link.title().to_owned(),
        access: link.access,
        expires: link.expires().map(Into::into),
        is_expired: link.is_expired(),
        password: link.password().cloned(),
        internal: link.is_internal(),
        deny_download: link.denies_download(),
        max_uses: link.max_uses().and_then(|uses| u32::try_from(uses).ok()),
    }
}
