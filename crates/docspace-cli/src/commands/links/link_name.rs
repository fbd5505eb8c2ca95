//! The argument that names a link.

use std::str::FromStr;

use docspace::links::{LinkId, Links};
use docspace::{RoomId, RoomLink};

use crate::failure::Failure;
use crate::hints;

/// The primary link of a room, or the id of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkName {
    Primary,
    Id(LinkId),
}

impl FromStr for LinkName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("primary") {
            return Ok(Self::Primary);
        }
        let id = text.trim().parse::<uuid::Uuid>();
        id.map(|id| Self::Id(LinkId(id))).map_err(|_| {
            "not a link id: use an id such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff, or `primary`".to_owned()
        })
    }
}

impl LinkName {
    /// Returns the id of the link. Finds the primary link, but does not create it.
    pub(super) async fn id(self, room: &RoomId, links: &Links) -> Result<LinkId, Failure> {
        match self {
            Self::Id(id) => Ok(id),
            Self::Primary => {
                let found = links.list().await?.into_iter().find(RoomLink::is_primary);
                found.map(|link| link.id()).ok_or_else(|| {
                    Failure::not_found(format!("room {room} has no primary link, or you are not allowed to see it"))
                        .advise(format!(
                            "list its links with `{}`, or create the primary link with `{}`",
                            hints::links_of(room),
                            hints::primary_link_of(room)
                        ))
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_names_are_ids_or_primary() {
        assert_eq!("Primary".parse(), Ok(LinkName::Primary));
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        assert_eq!(id.parse(), Ok(LinkName::Id(LinkId(id.parse().expect("an id")))));
        assert!("first".parse::<LinkName>().is_err());
    }
}
