//! A portal in memory: what each action makes of the actual state. It is for tests, and to show
//! what a plan leads to without a portal.

use docspace::{Access, RoomId};

use super::action::{Action, Who};
use super::outcome::RoomPlan;
use super::setting::{LinkSetting, Setting};
use crate::actual::{Actual, ActualFolder, ActualLink, ActualMember, ActualRoom};
use crate::fold::fold;
use crate::ids::LinkIds;
use crate::manifest::Link;
use crate::names::LinkTypeName;
use crate::values::Password;

/// Carries an action of a plan for a room out. A room that the plan creates is added.
pub fn act(actual: &mut Actual, manifest: &str, plan: &RoomPlan, action: &Action) {
    if let Action::Create { .. } = action {
        let number = actual.rooms.iter().filter_map(|room| room.id.number()).max().unwrap_or_default();
        let mut room = ActualRoom::created(RoomId::from(number + 1), plan.title.clone(), plan.room_type);
        create(&mut room, action);
        actual.rooms.push(room);
        return;
    }
    let is_meant = |room: &&mut ActualRoom| match &plan.id {
        Some(id) => room.id == *id,
        None => room.is_mine && room.title == plan.title && room.room_type == plan.room_type,
    };
    if let Some(room) = actual.rooms.iter_mut().find(is_meant) {
        change(room, manifest, action);
    }
}

/// Gives a new room the settings that it is created with.
pub(super) fn create(room: &mut ActualRoom, action: &Action) {
    if let Action::Create { settings, tags, .. } = action {
        room.tags.clone_from(tags);
        for setting in settings {
            set(room, setting);
        }
    }
}

fn change(room: &mut ActualRoom, manifest: &str, action: &Action) {
    match action {
        Action::Restore => room.archived = false,
        // Archiving removes the lifetime (docs/portal/rooms.md).
        Action::Archive => (room.archived, room.lifetime) = (true, None),
        Action::RemoveLogo => {
            (room.has_logo, room.color, room.cover) = (false, Some(String::new()), Some(None));
        }
        Action::SetLogo { .. } => (room.has_logo, room.color, room.cover) = (true, None, None),
        Action::Set(change) => set(room, &change.after),
        Action::AddTag { tag } => {
            room.tags.insert(tag.clone());
        }
        Action::RemoveTag { tag } => room.tags.retain(|other| fold(other) != fold(tag)),
        // A portal chooses the id, so this one is that of no folder.
        Action::CreateFolder { path } => {
            room.folders.get_or_insert_default().push(ActualFolder { id: 0.into(), titles: path.titles().to_vec() })
        }
        Action::Give { member, access, .. } => give(room.members.get_or_insert_default(), member, (*access).into()),
        Action::RemoveMember { member, .. } => {
            room.members.get_or_insert_default().retain(|other| !is_same(other, member));
        }
        Action::AddToGroup { group } => {
            room.room_groups.get_or_insert_default().insert(group.clone());
        }
        Action::RemoveFromGroup { group } => {
            room.room_groups.get_or_insert_default().remove(group);
        }
        Action::CreateLink { name, link } => {
            let created = new_link(&LinkIds::new(manifest, &room.id), name, link);
            room.links.get_or_insert_default().push(created);
        }
        Action::RevokeLink { id, .. } => room.links.get_or_insert_default().retain(|link| link.id != *id),
        Action::ChangeLink { id, changes, .. } => {
            let is_meant = |link: &&mut ActualLink| match id {
                Some(id) => link.id == *id,
                None => link.link_type == LinkTypeName::Primary,
            };
            if let Some(link) = room.links.iter_mut().flatten().find(is_meant) {
                changes.iter().for_each(|change| set_link(link, &change.after));
            }
        }
        // Rooms are created elsewhere.
        Action::Create { .. } => {}
    }
}

/// Changes a setting.
pub(super) fn set(room: &mut ActualRoom, setting: &Setting) {
    match setting.clone() {
        Setting::Title(title) => room.title = title,
        Setting::Color(color) => room.color = room.color.is_some().then_some(color),
        Setting::Cover(cover) => room.cover = room.cover.is_some().then_some(cover),
        // A portal without limits for rooms does not return them.
        Setting::Quota(quota) => room.quota = room.quota.is_some().then_some(quota),
        Setting::Indexing(on) => room.indexing = on,
        Setting::DenyDownload(on) => room.deny_download = on,
        Setting::Lifetime(lifetime) => room.lifetime = lifetime,
        Setting::Watermark(mark) => room.watermark = mark,
        Setting::SaveFormAsXlsx(on) => room.save_form_as_xlsx = Some(on),
        Setting::SendFormToExternalDb(on) => room.send_form_to_external_db = Some(on),
    }
}

fn set_link(link: &mut ActualLink, setting: &LinkSetting) {
    match setting {
        LinkSetting::Title(title) => link.title.clone_from(title),
        LinkSetting::Access(access) => link.access = (*access).into(),
        LinkSetting::Expires(expires) => (link.expires, link.is_expired) = (*expires, false),
        LinkSetting::Password(password) => link.password = password.as_ref().and_then(Password::text).cloned(),
        LinkSetting::Internal(on) => link.internal = *on,
        LinkSetting::DenyDownload(on) => link.deny_download = *on,
        LinkSetting::MaxUses(count) => link.max_uses = *count,
    }
}

fn new_link(ids: &LinkIds, name: &str, wanted: &Link) -> ActualLink {
    let id = ids.id(wanted.link_type, name);
    let mut link = ActualLink::new(id, wanted.link_type, wanted.title(name), wanted.access.into());
    link.expires = wanted.expires.flatten();
    link.password = wanted.password.iter().flatten().find_map(Password::text).cloned();
    link.internal = wanted.internal.unwrap_or_default();
    link.deny_download = wanted.deny_download.unwrap_or_default();
    link.max_uses = wanted.max_uses.flatten();
    link
}

fn is_same(member: &ActualMember, who: &Who) -> bool {
    member.is_group == who.is_group
        && match (member.id, who.id) {
            (Some(one), Some(other)) => one == other,
            _ => member.email.as_ref().unwrap_or(&member.name).eq_ignore_ascii_case(&who.name),
        }
}

fn give(members: &mut Vec<ActualMember>, who: &Who, access: Access) {
    match members.iter_mut().find(|member| is_same(member, who)) {
        Some(member) => member.access = access,
        None => members.push(ActualMember {
            id: who.id,
            name: who.name.clone(),
            email: (!who.is_group && who.name.contains('@')).then(|| who.name.clone()),
            access,
            is_group: who.is_group,
            is_owner: false,
            person_type: None,
        }),
    }
}
