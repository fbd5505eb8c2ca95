//! Finding the room, template or link that a person names.

use std::str::FromStr;

use docspace::rooms::{ListRooms, SearchArea};
use docspace::{Portal, Room, RoomId};
use futures::{StreamExt, TryStreamExt, stream};
use url::Url;

use crate::failure::Failure;
use crate::hints;
use crate::names::{all_named, several_named};
use crate::text::trimmed;

/// Number of rooms that are read in parallel.
pub(crate) const PARALLEL_READS: usize = 8;

/// The prefixes of the ids of rooms in third-party storage.
const STORAGES: [&str; 6] = ["sbox", "box", "drive", "onedrive", "spoint", "webdav"];

/// The name of a room or template: its id, its title, or the address of its page on the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RoomName {
    Id(RoomId),
    Address(Url, RoomId),
    Title(String),
}

/// Whether a name is that of a room or of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Room,
    Template,
}

/// A room or template that a person named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedRoom {
    pub(crate) id: RoomId,
    /// The title, if that was the name.
    pub(crate) title: Option<String>,
}

impl FromStr for RoomName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        if text.is_empty() {
            return Err("it is empty: use the id, the title or the portal address of a room".to_owned());
        }
        if is_address(text) {
            let address: Url = text.parse().map_err(|error| format!("not an address: {error}"))?;
            let id = id_in(&address).ok_or("not the address of a room: it contains no id")?;
            return Ok(Self::Address(address, id));
        }
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let is_third_party = text.split_once('-').is_some_and(|(storage, rest)| {
            STORAGES.contains(&storage) && rest.starts_with(|c: char| c.is_ascii_digit())
        });
        if is_number || is_third_party {
            return text.parse().map(Self::Id).map_err(|error: docspace::api::InvalidId| error.to_string());
        }
        Ok(Self::Title(text.to_owned()))
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| scheme == "https" || scheme == "http")
}

/// Returns the id of the room in an address such as `https://acme.onlyoffice.com/rooms/shared/17/filter`
/// or `.../rooms/shared/filter?folder=17`.
fn id_in(address: &Url) -> Option<RoomId> {
    let segments: Vec<_> = address.path_segments()?.collect();
    let after_rooms = segments.iter().skip_while(|segment| **segment != "rooms").nth(2);
    let folder = || address.query_pairs().find(|(name, _)| name == "folder").map(|(_, id)| id.into_owned());
    let parse = |id: &str| id.parse::<RoomId>().ok();
    after_rooms.and_then(|id| parse(id)).or_else(|| parse(&folder()?))
}

impl RoomName {
    /// Returns the id of the room or template. Only a title needs a call.
    ///
    /// # Errors
    ///
    /// Fails if no room or several rooms have the title, or if the address is that of another
    /// portal.
    pub(crate) async fn find(&self, portal: &Portal, kind: Kind) -> Result<RoomId, Failure> {
        Ok(self.find_named(portal, kind).await?.id)
    }

    /// Works like [`find`](Self::find), and also returns the title if that is the name.
    pub(crate) async fn find_named(&self, portal: &Portal, kind: Kind) -> Result<NamedRoom, Failure> {
        let untitled = |id: &RoomId| NamedRoom { id: id.clone(), title: None };
        match self {
            Self::Id(id) => Ok(untitled(id)),
            Self::Address(address, id) => {
                let place = |url: &Url| (url.host_str().map(str::to_owned), url.port_or_known_default());
                if place(address) == place(portal.url()) {
                    return Ok(untitled(id));
                }
                let (other, own) = (address.host_str().unwrap_or_default(), portal.url());
                Err(Failure::usage(format!("the address is on {other}, but this login is for {own}"))
                    .advise(format!("check the address of the {}, or log in to its portal", kind.noun())))
            }
            Self::Title(title) => kind.find(portal, title).await,
        }
    }

    /// Returns the ids of several rooms or templates, in their order.
    pub(crate) async fn find_all(names: &[Self], portal: &Portal, kind: Kind) -> Result<Vec<RoomId>, Failure> {
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            ids.push(name.find(portal, kind).await?);
        }
        Ok(ids)
    }
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Template => "template",
        }
    }

    fn list(self, portal: &Portal) -> ListRooms {
        match self {
            Self::Room => portal.rooms().list().area(SearchArea::Any),
            Self::Template => portal.templates().list(),
        }
    }

    async fn find(self, portal: &Portal, title: &str) -> Result<NamedRoom, Failure> {
        let mut list = self.list(portal);
        let searched = hints::longest_unchanged_part(title);
        if !searched.is_empty() {
            list = list.search(searched);
        }
        let rooms = list.all().await?;
        let noun = self.noun();
        let found = all_named(&as_stored(title), rooms, |room| as_stored(&room.title));
        match found.as_slice() {
            [only] => Ok(NamedRoom { id: only.id.clone(), title: Some(only.title.clone()) }),
            // Other storages may come, so a text that is not a title can be an id.
            [] => title.parse().map(|id| NamedRoom { id, title: None }).map_err(|_| {
                let search = match self {
                    Self::Room => hints::any_room_titled(title),
                    Self::Template => hints::templates_titled(title),
                };
                Failure::not_found(format!("no {noun} has the title `{title}`"))
                    .advise(format!("search with `{search}`, or use the id of the {noun}"))
            }),
            several => {
                let lines: Vec<_> = several.iter().map(described).collect();
                Err(several_named(title, (noun, "title"), &lines))
            }
        }
    }
}

/// Reads rooms, in the order of their ids.
pub(crate) async fn read_rooms(portal: &Portal, ids: &[RoomId]) -> Result<Vec<Room>, Failure> {
    let reads = stream::iter(ids).map(|id| {
        let room = portal.room(id);
        async move { room.get().await }
    });
    Ok(reads.buffered(PARALLEL_READS).try_collect().await?)
}

fn described(room: &Room) -> String {
    let archived = if room.is_archived() { " (archived)" } else { "" };
    format!("{}  {}{archived}", room.id, room.title)
}

/// Replaces the characters that the portal replaces when it stores a title
/// (docs/portal/dates-and-names.md#trimmed-and-replaced).
pub(crate) fn as_stored(title: &str) -> String {
    let stored = |c: char| match c {
        '\t' | '*' | '+' | ':' | '"' | '<' | '>' | '?' | '|' | '\\' | '/' => "_".to_owned(),
        c if c.len_utf16() == 2 => "__".to_owned(),
        c => c.to_string(),
    };
    title.trim().chars().map(stored).collect()
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;
    use crate::testing::mock_session;

    fn named(text: &str) -> RoomName {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn rooms_are_named_by_id_address_or_title() {
        assert_eq!(named(" 17 "), RoomName::Id(RoomId::Number(17)));
        assert_eq!(named("drive-9-x"), RoomName::Id(RoomId::Text("drive-9-x".to_owned())));
        for title in ["Audit-2026", "2026 audit", "drive-in", "x-1/../zap", "http is a protocol"] {
            assert_eq!(named(title), RoomName::Title(title.to_owned()));
        }
        for address in [
            "https://acme.example/rooms/shared/17/filter?folder=17&count=100",
            "HTTPS://acme.example/rooms/shared/17",
            "https://acme.example/docspace/rooms/archived/17/",
            "https://acme.example/rooms/shared/filter?folder=17",
        ] {
            assert!(matches!(named(address), RoomName::Address(_, id) if id == 17), "{address}");
        }
        for wrong in [
            "",
            " ",
            "0",
            "2147483648",
            "https://acme.example/rooms/shared/filter",
            "https://",
            "a\u{7}b",
            "a\u{200b}b",
        ] {
            assert!(wrong.parse::<RoomName>().is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn titles_find_the_only_room_with_them() {
        let (_mock, session) = mock_session().await;
        let portal = &session.portal;
        let create =
            async |title: &str| portal.rooms().create(title, RoomType::Custom).send().await.expect("a room").id;
        let offer = create("Offer 7/2026: Acme?").await;
        let (small, large) = (create("audit").await, create("Audit").await);
        create("Audit 2026").await;
        create("Twice").await;
        let twice = create("Twice").await;
        portal.room(&twice).archive().await.expect("accepted").wait().await.expect("archived");
        let find = async |title: &str| named(title).find(portal, Kind::Room).await;
        assert_eq!(find("Offer 7/2026: Acme?").await.expect("the stored title differs"), offer);
        assert_eq!(find("audit").await.expect("the exact title wins"), small);
        assert_eq!(find("Audit").await.expect("the exact title wins"), large);
        assert_eq!(find("OFFER 7_2026_ acme_").await.expect("case does not matter"), offer);
        assert!(find("AUDIT").await.expect_err("two rooms").message().starts_with("2 rooms have the title `AUDIT`:\n"));
        let several = find("Twice").await.expect_err("two rooms");
        assert!(
            several.message().ends_with("  Twice (archived)") || several.message().contains("(archived)\n"),
            "{several:?}"
        );
        assert_eq!(find("Nothing").await.expect_err("no room").message(), "no room has the title `Nothing`");
        assert_eq!(find("cloud-1-x").await.expect("an id of another storage"), RoomId::Text("cloud-1-x".to_owned()));
        let error = named("Audit").find(portal, Kind::Template).await.expect_err("no template");
        assert_eq!(error.message(), "no template has the title `Audit`");
    }

    #[tokio::test]
    async fn addresses_of_other_portals_are_rejected() {
        let (mock, session) = mock_session().await;
        let find = async |address: &str| named(address).find(&session.portal, Kind::Room).await;
        assert_eq!(find(&format!("{}/rooms/shared/17/filter", mock.url())).await.expect("an id"), RoomId::Number(17));
        let error = find("https://other.example/rooms/shared/17").await.expect_err("another portal");
        assert!(error.message().starts_with("the address is on other.example, but"), "{error:?}");
    }
}
