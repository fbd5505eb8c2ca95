//! How a room is: its links, members and tags.

use std::collections::{BTreeMap, BTreeSet};

use docspace::members::Member;
use docspace::{Portal, Room, RoomLink};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::output::{Name, optional_instant};

/// A link or a member.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Item {
    /// The title of the link, or the name of the member.
    pub(super) name: String,
    /// What is compared, by the names of the fields of `links list` and `members list`.
    pub(super) details: BTreeMap<String, Value>,
}

/// The links, members and tags of a room, by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Snapshot {
    pub(super) links: BTreeMap<String, Item>,
    pub(super) members: BTreeMap<String, Item>,
    pub(super) tags: BTreeSet<String>,
}

impl Snapshot {
    /// Reads the links and members of a room that was just read.
    pub(super) async fn read(portal: &Portal, room: &Room) -> docspace::Result<Self> {
        let handle = portal.room(room);
        let links = handle.links().list().await?.iter().map(|link| (link.id().0.to_string(), of_link(link))).collect();
        let members = handle.members().list().await?;
        let members = members.iter().filter_map(|member| Some((member.id()?.0.to_string(), of_member(member))));
        Ok(Self { links, members: members.collect(), tags: room.tags.iter().cloned().collect() })
    }
}

/// The details do not contain the password, which must not be stored.
fn of_link(link: &RoomLink) -> Item {
    let kind = if link.is_invitation() {
        "invitation"
    } else if link.is_primary() {
        "primary"
    } else {
        "external"
    };
    let details = [
        ("kind", json!(kind)),
        ("title", json!(link.title())),
        ("access", json!(Name(link.access))),
        ("expires", json!(optional_instant(link.expires()))),
        ("password", json!(link.password().is_some())),
        ("internal", json!(link.is_internal())),
        ("denyDownload", json!(link.denies_download())),
        ("maxUses", json!(link.max_uses())),
    ];
    Item { name: link.title().to_owned(), details: named(details) }
}

fn of_member(member: &Member) -> Item {
    let access = if member.is_owner { json!("owner") } else { json!(Name(member.access)) };
    let kind = if member.is_group() { "group" } else { "person" };
    let name = member.name().or(member.email()).unwrap_or_default().to_owned();
    Item { name, details: named([("type", json!(kind)), ("access", access)]) }
}

fn named<const N: usize>(details: [(&str, Value); N]) -> BTreeMap<String, Value> {
    details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
