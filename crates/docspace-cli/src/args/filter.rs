//! The flags that select rooms.

use clap::Args;
use docspace::rooms::{ListRooms, SearchArea};
use docspace::{Room, RoomType, Timestamp};
use futures::future::{self, BoxFuture};
use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt, TryStreamExt};

use super::people::PersonName;
use super::room_group::RoomGroupName;
use super::values;
use crate::failure::Failure;
use crate::session::Session;

/// The flags that select active rooms, archived rooms, or both.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct AreaArgs {
    /// Select archived rooms instead of active ones
    #[arg(long, conflicts_with = "all", display_order = 100)]
    archived: bool,
    /// Include archived rooms
    #[arg(long, display_order = 100)]
    all: bool,
}

impl AreaArgs {
    /// Returns the area of the portal in which to search.
    pub(crate) fn area(self) -> SearchArea {
        match self {
            Self { archived: true, .. } => SearchArea::Archive,
            Self { all: true, .. } => SearchArea::Any,
            _ => SearchArea::Active,
        }
    }
}

/// The flags that select rooms by their properties. A room must match all of them.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct RoomFilterArgs {
    /// Select only rooms of this type; repeat the flag to include other types
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    room_types: Vec<RoomType>,
    /// Select only rooms with this tag; repeat the flag to include other tags
    #[arg(long = "tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true)]
    tags: Vec<String>,
    /// Select only rooms without tags
    #[arg(long, conflicts_with = "tags")]
    untagged: bool,
    /// Select only rooms whose title contains this text
    #[arg(long, value_name = "TEXT", value_parser = values::text, allow_hyphen_values = true)]
    search: Option<String>,
    /// Select only rooms that this person owns: an e-mail address or an id
    #[arg(long, value_name = "PERSON")]
    owner: Option<PersonName>,
    /// Select only rooms that are shared with this person: an e-mail address or an id
    #[arg(long, value_name = "PERSON", conflicts_with = "owner")]
    member: Option<PersonName>,
    /// Select only rooms in this room group of yours: its name or id
    #[arg(long, value_name = "GROUP")]
    group: Option<RoomGroupName>,
    /// Select only rooms that have not changed for this long, such as 90days or 1year, or since a
    /// date such as 2026-01-31
    #[arg(long, value_name = "AGE", value_parser = values::age)]
    older_than: Option<Timestamp>,
}

impl RoomFilterArgs {
    /// Whether one of the flags is given.
    pub(crate) fn is_set(&self) -> bool {
        let has_person = self.owner.is_some() || self.member.is_some();
        let has_words = !self.room_types.is_empty() || !self.tags.is_empty() || self.search.is_some();
        has_person || has_words || self.untagged || self.group.is_some() || self.older_than.is_some()
    }

    /// Returns the list of the rooms in this area. Looks up the person and the group of the flags.
    pub(crate) async fn list(self, area: SearchArea, session: &Session) -> Result<FilteredRooms, Failure> {
        let portal = &session.portal;
        let mut list = portal.rooms().list().area(area).tags(self.tags);
        list = self.room_types.into_iter().fold(list, ListRooms::room_type);
        if self.untagged {
            list = list.untagged();
        }
        if let Some(text) = self.search {
            list = list.search(text);
        }
        if let Some(owner) = &self.owner {
            list = list.owner(owner.id(portal).await?);
        }
        if let Some(member) = &self.member {
            list = list.member(member.id(portal).await?);
        }
        if let Some(group) = &self.group {
            list = list.group(group.id(portal).await?);
        }
        Ok(FilteredRooms { list, older_than: self.older_than })
    }
}

/// The rooms that match [`RoomFilterArgs`].
#[derive(Clone, Debug)]
pub(crate) struct FilteredRooms {
    list: ListRooms,
    /// The portal has no filter for dates, so this one is applied to the rooms of the list.
    older_than: Option<Timestamp>,
}

impl FilteredRooms {
    /// Returns the rooms as a stream.
    pub(crate) fn stream(self) -> BoxStream<'static, docspace::Result<Room>> {
        let rooms = self.list.stream();
        match self.older_than {
            None => rooms,
            Some(time) => rooms.try_filter(move |room| future::ready(room.updated < time)).boxed(),
        }
    }

    /// Returns the call that counts the rooms, or `None` if only reading them would tell.
    pub(crate) fn total(&self) -> Option<BoxFuture<'static, docspace::Result<u64>>> {
        match self.older_than {
            None => Some(self.list.clone().total().boxed()),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mock_session, parse, parsed};

    #[test]
    fn rooms_without_tags_have_no_tag() {
        assert!(parse::<RoomFilterArgs>(&["--untagged", "--tag", "a"]).is_err());
    }

    #[tokio::test]
    async fn rooms_are_selected_by_age_and_owner() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Old", RoomType::Custom).send().await.expect("a room");
        let titles = async |flags: &[&str]| {
            let filter: RoomFilterArgs = parsed(flags);
            let rooms = filter.list(SearchArea::Active, &session).await.expect("a list");
            rooms.stream().map_ok(|room| room.title).try_collect::<Vec<_>>().await.expect("rooms")
        };
        assert_eq!(titles(&["--older-than", "2100-01-01"]).await, ["Old"]);
        assert!(titles(&["--older-than", &room.updated.to_string()]).await.is_empty());
        let owner = room.created_by.expect("a creator").id.0.to_string();
        assert_eq!(titles(&["--owner", &owner]).await, ["Old"]);
        assert!(titles(&["--member", &owner]).await.is_empty());
    }
}
