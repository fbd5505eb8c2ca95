//! Members and links of a room as JSON (docs/portal/members.md#a-share-entry,
//! docs/portal/links.md#the-link-object).

use serde::Serialize;
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::links::{Link, LinkKind, LinkType, SubjectType};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Member, Room};
use crate::view::employee::{EmployeeFull, GroupSummary, employee_full, group_summary};
use crate::wire::dates;

/// A person, a people group or a link. It appears under its own field and as `sharedTo`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Subject {
    Person(Box<EmployeeFull>),
    Group(GroupSummary),
    Link(LinkView),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkView {
    id: Uuid,
    title: String,
    share_link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_date: Option<String>,
    link_type: LinkType,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    deny_download: bool,
    is_expired: bool,
    primary: bool,
    internal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_use_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current_use_count: Option<i64>,
}

/// A share entry of a room.
#[derive(Debug)]
pub(crate) struct Share {
    access: Access,
    subject: Subject,
    flags: Flags,
    subject_type: SubjectType,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Flags {
    is_locked: bool,
    is_owner: bool,
    can_edit_access: bool,
    can_edit_internal: bool,
    can_edit_deny_download: bool,
    can_edit_expiration_date: bool,
    can_revoke: bool,
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Out<'a> {
            access: Access,
            shared_to: &'a Subject,
            #[serde(skip_serializing_if = "Option::is_none")]
            shared_to_user: Option<&'a Subject>,
            #[serde(skip_serializing_if = "Option::is_none")]
            shared_to_group: Option<&'a Subject>,
            #[serde(skip_serializing_if = "Option::is_none")]
            shared_link: Option<&'a Subject>,
            #[serde(flatten)]
            flags: &'a Flags,
            subject_type: SubjectType,
        }
        let subject = &self.subject;
        let out = Out {
            access: self.access,
            shared_to: subject,
            shared_to_user: matches!(subject, Subject::Person(_)).then_some(subject),
            shared_to_group: matches!(subject, Subject::Group(_)).then_some(subject),
            shared_link: matches!(subject, Subject::Link(_)).then_some(subject),
            flags: &self.flags,
            subject_type: self.subject_type,
        };
        out.serialize(serializer)
    }
}

/// The entry of the room's owner, which is the first in a list of members.
pub(crate) fn owner(portal: &Portal, room: &Room, reader: Uuid) -> Share {
    Share {
        access: Access::READ_WRITE,
        subject: Subject::Person(Box::new(employee_full(portal, room.owner, reader))),
        flags: Flags { is_owner: true, can_edit_deny_download: true, ..Flags::default() },
        subject_type: SubjectType::USER,
    }
}

/// The entry of a person or a people group. `editable` is whether the reader may change members.
pub(crate) fn member(portal: &Portal, room: &Room, member: &Member, reader: Uuid, editable: bool) -> Share {
    let subject = if member.is_group {
        Subject::Group(group_summary(portal, member.subject))
    } else {
        Subject::Person(Box::new(employee_full(portal, member.subject, reader)))
    };
    Share {
        access: member.access,
        subject,
        flags: Flags {
            // The reader's own entry is locked. An entry of the owner as a member is not (recording
            // walks/104).
            is_locked: member.subject == reader,
            is_owner: member.subject == room.owner,
            can_edit_access: editable && member.subject != reader,
            can_edit_internal: editable && !matches!(room.room_type, RoomType::PUBLIC | RoomType::VIRTUAL_DATA),
            can_edit_deny_download: true,
            can_edit_expiration_date: editable && room.room_type != RoomType::FILLING_FORMS,
            ..Flags::default()
        },
        subject_type: if member.is_group { SubjectType::GROUP } else { SubjectType::USER },
    }
}

/// The entry of a link. `editable` is whether the reader may change the link. `with_key` is false
/// in the answer that replaces a revoked primary link (docs/portal/links.md#revoking-a-link).
pub(crate) fn link(portal: &Portal, room: &Room, link: &Link, editable: bool, with_key: bool) -> Share {
    let invitation = link.kind == LinkKind::Invitation;
    let permanent_primary = link.kind == LinkKind::Primary && room.room_type.has_permanent_primary_link();
    // In FillingForms rooms, invitation links have the flags of the primary link
    // (docs/portal/links.md#the-link-object).
    let permanent = permanent_primary || (invitation && room.room_type == RoomType::FILLING_FORMS);
    let view = LinkView {
        id: link.id,
        title: link.title.clone(),
        share_link: format!("{}/s/{}", portal.base_url, link.address),
        expiration_date: link.expires.map(|at| dates::write(at, portal.zone)),
        link_type: link.kind.link_type(),
        password: link.password.clone(),
        deny_download: link.deny_download,
        is_expired: link.is_expired(portal.now()),
        primary: link.kind == LinkKind::Primary,
        internal: link.internal,
        request_token: (!invitation && with_key).then(|| link.key.clone()),
        max_use_count: link.max_uses,
        current_use_count: invitation.then_some(link.uses),
    };
    Share {
        access: link.access,
        subject: Subject::Link(view),
        flags: Flags {
            can_edit_internal: editable && !matches!(room.room_type, RoomType::PUBLIC | RoomType::VIRTUAL_DATA),
            can_edit_deny_download: !(invitation && room.deny_download),
            can_edit_expiration_date: editable && !permanent,
            can_revoke: permanent,
            ..Flags::default()
        },
        subject_type: link.kind.subject_type(),
    }
}
