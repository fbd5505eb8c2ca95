//! The links of a room: invitation links, the primary link, and additional external links
//! (docs/portal/links.md#types-of-links).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::numbered::numbered;
use crate::state::access::Access;

/// The kind of a link. It never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LinkKind {
    Invitation,
    External,
    Primary,
}

impl LinkKind {
    pub(crate) fn link_type(self) -> LinkType {
        if self == Self::Invitation { LinkType::INVITATION } else { LinkType::EXTERNAL }
    }

    pub(crate) fn subject_type(self) -> SubjectType {
        match self {
            Self::External => SubjectType::EXTERNAL_LINK,
            Self::Invitation => SubjectType::INVITATION_LINK,
            Self::Primary => SubjectType::PRIMARY_EXTERNAL_LINK,
        }
    }
}

numbered! {
    /// The type of a link (LinkType).
    LinkType {
        INVITATION = 0 "Invitation",
        EXTERNAL = 1 "External",
    }
}

numbered! {
    /// What a share entry of a room is about (SubjectType).
    SubjectType {
        USER = 0,
        EXTERNAL_LINK = 1,
        GROUP = 2,
        INVITATION_LINK = 3,
        PRIMARY_EXTERNAL_LINK = 4,
    }
}

numbered! {
    /// The status of the key of a link.
    LinkKeyStatus {
        OK = 0,
        INVALID = 1,
        EXPIRED = 2,
        PASSWORD_REQUIRED = 3,
        WRONG_PASSWORD = 4,
        ACCOUNT_REQUIRED = 5,
    }
}

/// A link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) id: Uuid,
    pub(crate) kind: LinkKind,
    pub(crate) title: String,
    pub(crate) access: Access,
    pub(crate) expires: Option<DateTime<Utc>>,
    pub(crate) internal: bool,
    pub(crate) password: Option<String>,
    pub(crate) deny_download: bool,
    #[serde(rename = "most_uses")]
    pub(crate) max_uses: Option<i64>,
    pub(crate) uses: i64,
    /// The key of the link, which visitors send.
    pub(crate) key: String,
    /// The last part of the short address.
    pub(crate) address: String,
}

impl Link {
    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_some_and(|at| at <= now)
    }
}
