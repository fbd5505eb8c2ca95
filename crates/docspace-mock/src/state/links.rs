//! The links of a room: invitation links, the primary link, additional external links (portal-facts 7).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a link is for; it stays what it was made as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LinkKind {
    Invitation,
    External,
    Primary,
}

impl LinkKind {
    /// LinkType on the wire.
    pub(crate) fn link_type(self) -> i64 {
        i64::from(self != Self::Invitation)
    }

    /// SubjectType on the wire.
    pub(crate) fn subject_type(self) -> i64 {
        match self {
            Self::External => 1,
            Self::Invitation => 3,
            Self::Primary => 4,
        }
    }
}

/// One link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) id: Uuid,
    pub(crate) kind: LinkKind,
    pub(crate) title: String,
    pub(crate) access: i64,
    pub(crate) expires: Option<DateTime<Utc>>,
    pub(crate) internal: bool,
    pub(crate) password: Option<String>,
    pub(crate) deny_download: bool,
    pub(crate) most_uses: Option<i64>,
    pub(crate) uses: i64,
    /// The key in the long address: what visitors present.
    pub(crate) key: String,
    /// The end of the short address.
    pub(crate) address: String,
}

impl Link {
    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_some_and(|at| at <= now)
    }
}
