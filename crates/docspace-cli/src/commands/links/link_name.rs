//! A link as people name it.

use std::str::FromStr;

use docspace::RoomLink;
use docspace::links::{LinkId, Links};

use crate::failure::Failure;

/// The primary link of a room, or a link by its id.
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
        id.map(|id| Self::Id(LinkId(id)))
            .map_err(|_| "no link: write its id, such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff, or `primary`".to_owned())
    }
}

impl LinkName {
    /// The link's id. The primary link is looked for, not created.
    pub(super) async fn id(self, links: &Links) -> Result<LinkId, Failure> {
        match self {
            Self::Id(id) => Ok(id),
            Self::Primary => {
                let found = links.list().await?.into_iter().find(RoomLink::is_primary);
                found.map(|link| link.id()).ok_or_else(|| {
                    Failure::not_found("the room has no primary link, or you may not see it")
                        .advise("list the room's links")
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_is_named_by_its_id_or_as_the_primary_one() {
        assert_eq!("Primary".parse(), Ok(LinkName::Primary));
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        assert_eq!(id.parse(), Ok(LinkName::Id(LinkId(id.parse().expect("an id")))));
        assert!("first".parse::<LinkName>().is_err());
    }
}
