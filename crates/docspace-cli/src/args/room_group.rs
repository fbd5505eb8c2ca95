//! The argument that names a room group.

use std::str::FromStr;

use docspace::Portal;
use docspace::rooms::RoomGroupId;

use crate::failure::Failure;
use crate::hints;
use crate::names::only_named;
use crate::text::trimmed;

/// A room group, given by name or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RoomGroupName {
    Name(String),
    Id(RoomGroupId),
}

impl FromStr for RoomGroupName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        match text.parse::<i32>() {
            Ok(id) => Ok(Self::Id(RoomGroupId(id))),
            Err(_) if text.is_empty() => Err("the name of a room group is empty".to_owned()),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl RoomGroupName {
    /// Returns the id of the group. Looks up a name, in any case.
    pub(crate) async fn id(&self, portal: &Portal) -> Result<RoomGroupId, Failure> {
        let name = match self {
            Self::Id(id) => return Ok(*id),
            Self::Name(name) => name,
        };
        let groups = portal.room_groups().list().await?;
        Ok(only_named(name, groups, |group| (group.id, &group.name), "room group", hints::ROOM_GROUPS)?.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_groups_are_given_by_name_or_id() {
        assert_eq!(" 7 ".parse(), Ok(RoomGroupName::Id(RoomGroupId(7))));
        assert_eq!("Clients".parse(), Ok(RoomGroupName::Name("Clients".to_owned())));
        assert!(" ".parse::<RoomGroupName>().is_err());
    }
}
