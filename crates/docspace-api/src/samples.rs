//! Values for the tests of a program, with the feature `test-util`. They are answers that a portal
//! gave (recordings links/custom, members/share, rooms/list and settings/start), with the values
//! that a test needs in place of the recorded ones.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::types::{Member, Profile, Room, RoomLink, RoomList};
use crate::{Access, RoomId};

const ROOM: &str = include_str!("samples/room.json");
const ROOM_LIST: &str = include_str!("samples/room_list.json");
const ROOM_LINK: &str = include_str!("samples/room_link.json");
const MEMBER: &str = include_str!("samples/member.json");
const PROFILE: &str = include_str!("samples/profile.json");

impl Room {
    /// A custom room without content, for tests. Change other properties with `..`:
    ///
    /// ```
    /// use docspace_api::types::Room;
    ///
    /// let room = Room { pinned: true, ..Room::sample(17, "Audit 2026") };
    /// assert_eq!((room.id, room.title.as_str()), (17.into(), "Audit 2026"));
    /// ```
    pub fn sample(id: impl Into<RoomId>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), ..read(ROOM, &[]) }
    }
}

impl RoomList {
    /// A list with these rooms and no more, for tests.
    pub fn sample(rooms: impl IntoIterator<Item = Room>) -> Self {
        let folders: Vec<Room> = rooms.into_iter().collect();
        let count = i32::try_from(folders.len()).unwrap_or(i32::MAX);
        Self { folders, count, total: count, start_index: 0, ..read(ROOM_LIST, &[]) }
    }
}

impl RoomLink {
    /// An additional external link that does not expire, for tests.
    ///
    /// ```
    /// use docspace_api::{Access, types::RoomLink};
    ///
    /// let link = RoomLink::sample("https://acme.onlyoffice.com/s/abc", Access::Read);
    /// assert_eq!(link.url(), "https://acme.onlyoffice.com/s/abc");
    /// ```
    pub fn sample(url: &str, access: Access) -> Self {
        let url = &[("/sharedTo/shareLink", url), ("/sharedLink/shareLink", url)];
        Self { access, ..read(ROOM_LINK, url) }
    }
}

impl Member {
    /// A person with this address who is a member of a room, for tests.
    ///
    /// ```
    /// use docspace_api::{Access, types::Member};
    ///
    /// let member = Member::sample("ann@example.com", Access::Editing);
    /// assert_eq!(member.email(), Some("ann@example.com"));
    /// ```
    pub fn sample(email: &str, access: Access) -> Self {
        Self { access, ..read(MEMBER, &[("/sharedTo/email", email), ("/sharedToUser/email", email)]) }
    }
}

impl Profile {
    /// A person of the type `User` with this address, for tests.
    pub fn sample(email: &str) -> Self {
        read(PROFILE, &[("/email", email)])
    }
}

/// Reads a recorded answer after replacing texts in it.
fn read<T: DeserializeOwned>(json: &str, texts: &[(&str, &str)]) -> T {
    let mut value: Value = serde_json::from_str(json).expect("the sample is JSON");
    for (pointer, text) in texts {
        *value.pointer_mut(pointer).expect("the sample has the property") = (*text).into();
    }
    serde_json::from_value(value).expect("the sample fits its type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_the_given_values() {
        let profile = Profile::sample("ann@example.com");
        assert_eq!(profile.email.as_deref(), Some("ann@example.com"));
        let member = Member::sample("ann@example.com", Access::Editing);
        assert_eq!((member.access, member.is_owner), (Access::Editing, false));
        let link = RoomLink::sample("https://acme.com/s/x", Access::Comment);
        assert_eq!((link.access, link.expires()), (Access::Comment, None));
        assert!(Room::sample(17, "Audit").is_active());
        let list = RoomList::sample([Room::sample(17, "Audit"), Room::sample(18, "Deal")]);
        assert_eq!((list.folders.len(), list.count, list.total), (2, 2, 2));
    }
}
