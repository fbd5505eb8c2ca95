//! Writing a manifest of what is on a portal.
//!
//! A manifest without ids describes rooms so that they can be set up on another portal. Applied
//! there and exported again, it is the same. Applied to the same portal, it changes nothing.
//!
//! - The name of a link is its title. If several links of a room have the title, the others get a
//!   number, and additional links get their ids, because nothing else tells them apart on the same
//!   portal. Another portal does not have these ids. A comment says so.
//! - The owner of a room and removed people are left out, and so are rooms of types that this
//!   version does not know.
//! - Folders are written if they [were read](crate::read_folders). A path of several folders is
//!   written once, and a folder whose title a manifest cannot have is left out. A comment says so.
//! - A logo is left out, because a portal scales pictures. A comment says so.
//! - The password of a link is left out unless secrets are exported. The link then names a variable
//!   of the environment, so that the link is not created without a password elsewhere.

mod folders;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use docspace::RoomId;
use names::{unique, variable};

use crate::actual::{Actual, ActualLink, ActualMember, ActualRoom};
use crate::ids::LinkIds;
use crate::manifest::{Link, Manifest, Room, Settings};
use crate::names::{AccessName, LinkTypeName};
use crate::schema::{FILE_NAME, first_line};
use crate::values::Password;
use crate::wanted::DEFAULT_NAME;

/// What an export contains.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ExportOptions {
    /// The name of the manifest.
    pub name: Option<String>,
    /// Whether the ids of rooms and links are written.
    pub ids: bool,
    /// Whether the passwords of links are written.
    pub secrets: bool,
    /// The addresses of people on another portal, by their addresses on this one.
    pub people: BTreeMap<String, String>,
}

impl ExportOptions {
    /// Writes this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Writes the ids of rooms and links.
    #[must_use]
    pub fn ids(mut self, on: bool) -> Self {
        self.ids = on;
        self
    }

    /// Writes the passwords of links.
    #[must_use]
    pub fn secrets(mut self, on: bool) -> Self {
        self.secrets = on;
        self
    }

    /// Replaces the addresses of people.
    #[must_use]
    pub fn people(mut self, people: BTreeMap<String, String>) -> Self {
        self.people = people;
        self
    }
}

/// A manifest of what is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The manifest.
    pub manifest: Manifest,
    /// What it cannot contain.
    pub notes: Vec<String>,
}

/// Makes a manifest of everything that was read, sorted by title, type and id.
pub fn export(actual: &Actual, options: &ExportOptions) -> Export {
    let mut rooms: Vec<&ActualRoom> = actual.rooms.iter().collect();
    rooms.sort_by_key(|room| (&room.title, room.room_type, &room.id));
    let mut notes = Vec::new();
    let mut exported: Vec<(Room, &RoomId)> = Vec::new();
    for room in rooms {
        exported.push((export_room(room, options, &mut notes), &room.id));
    }
    // Rooms with the same title and type differ only in their ids.
    for index in 1..exported.len() {
        let (before, from) = exported.split_at_mut(index);
        let ((one, one_id), (other, other_id)) = (&mut before[index - 1], &mut from[0]);
        if one.title == other.title && one.room_type == other.room_type {
            one.id = Some(one_id.clone());
            other.id = Some(other_id.clone());
        }
    }
    let rooms = exported.into_iter().map(|(room, _)| room).collect();
    Export { manifest: Manifest { name: options.name.clone(), rooms, ..Manifest::default() }, notes }
}

impl Export {
    /// The text of the file: YAML, with a first line from which editors find the schema.
    pub fn to_yaml(&self) -> String {
        let mut text = first_line(FILE_NAME) + "\n";
        for note in &self.notes {
            text.push_str(&format!("# {}\n", docspace::printable(note)));
        }
        // A manifest has only texts as keys, so it can always be written.
        text + &serde_yaml::to_string(&self.manifest).unwrap_or_default()
    }
}

fn export_room(room: &ActualRoom, options: &ExportOptions, notes: &mut Vec<String>) -> Room {
    if room.has_logo {
        notes.push(format!("The room `{}` has a logo, which is not exported.", room.title));
    }
    let mut exported = Room::new(room.title.clone(), room.room_type);
    exported.id = options.ids.then(|| room.id.clone());
    let (members, groups): (Vec<_>, Vec<_>) =
        room.members.iter().flatten().filter(|member| !member.is_owner).partition(|member| !member.is_group);
    exported.settings = Settings {
        archived: room.archived.then_some(true),
        tags: Some(room.tags.clone()),
        color: room.color.clone().filter(|color| !color.is_empty()),
        cover: room.cover.clone().filter(Option::is_some),
        logo: None,
        quota: room.quota,
        indexing: Some(room.indexing),
        deny_download: Some(room.deny_download),
        lifetime: Some(room.lifetime).filter(Option::is_some),
        watermark: Some(room.watermark.clone()).filter(Option::is_some),
        save_form_as_xlsx: room.save_form_as_xlsx,
        send_form_to_external_db: room.send_form_to_external_db,
        folders: folders::export(room, notes),
        members: Some(accesses(&members, &options.people)),
        groups: Some(accesses(&groups, &BTreeMap::new())),
        links: visible_links(room, options, notes),
        room_groups: room.room_groups.clone().filter(|groups| !groups.is_empty()),
    };
    exported
}

fn accesses(members: &[&ActualMember], people: &BTreeMap<String, String>) -> BTreeMap<String, AccessName> {
    let entry = |member: &&ActualMember| {
        let name = match &member.email {
            _ if member.is_group => member.name.clone(),
            Some(email) => people.get(&email.to_lowercase()).unwrap_or(email).clone(),
            None => member.id?.to_string(),
        };
        Some((name, AccessName::of(member.access)?))
    };
    members.iter().filter_map(entry).collect()
}

/// The links of a room. `None` with a note if the portal does not show them to the caller: the list
/// is empty then (docs/portal/links.md#listing-links).
fn visible_links(
    room: &ActualRoom,
    options: &ExportOptions,
    notes: &mut Vec<String>,
) -> Option<BTreeMap<String, Link>> {
    if !room.is_mine && room.links.iter().flatten().next().is_none() {
        let reason = "because only its owner and its managers see them";
        notes.push(format!("The links of the room `{}` are not exported, {reason}.", room.title));
        return None;
    }
    Some(export_links(room, options, notes))
}

fn export_links(room: &ActualRoom, options: &ExportOptions, notes: &mut Vec<String>) -> BTreeMap<String, Link> {
    let mut links: Vec<&ActualLink> = room.links.iter().flatten().collect();
    links.sort_by_key(|link| (&link.title, link.link_type, link.expires, link.id));
    let ids = LinkIds::new(options.name.as_deref().unwrap_or(DEFAULT_NAME), &room.id);
    let mut taken = BTreeSet::new();
    let mut exported = BTreeMap::new();
    let mut unclear = Vec::new();
    for link in &links {
        let name = unique(&link.title, &mut taken);
        let Some(mut entry) = export_link(room, name.clone(), link, options) else { continue };
        if entry.id.is_none() && !is_found(link, &name, &links, &ids) {
            entry.id = Some(link.id);
            unclear.push(format!("`{name}`"));
        }
        exported.insert(name, entry);
    }
    if !unclear.is_empty() {
        let (title, names) = (&room.title, unclear.join(", "));
        notes.push(format!(
            "The room `{title}` has links that only their ids tell apart: {names}. Take the ids out for another portal."
        ));
    }
    exported
}

/// Whether a plan for the same portal finds a link under this name without its id. Only additional
/// links are found by their titles, or by ids that are derived from names.
fn is_found(link: &ActualLink, name: &str, links: &[&ActualLink], ids: &LinkIds) -> bool {
    let additional = || links.iter().filter(|other| other.link_type == LinkTypeName::External);
    let derived = ids.id(LinkTypeName::External, name);
    link.link_type != LinkTypeName::External
        || (additional().filter(|other| other.title == link.title).count() == 1
            && additional().all(|other| other.id != derived || other.id == link.id))
}

fn export_link(room: &ActualRoom, name: String, link: &ActualLink, options: &ExportOptions) -> Option<Link> {
    let is_invitation = link.link_type == LinkTypeName::Invitation;
    let mut exported = Link::new(link.link_type, AccessName::of(link.access)?);
    exported.id = options.ids.then_some(link.id);
    exported.title = (name != link.title).then(|| link.title.clone());
    exported.expires = Some(link.expires).filter(Option::is_some);
    exported.password = link.password.as_ref().map(|password| {
        let text = Password::Text(password.clone());
        Some(if options.secrets { text } else { Password::Env { env: variable(&room.title, &name) } })
    });
    if is_invitation {
        exported.max_uses = Some(link.max_uses).filter(Option::is_some);
    } else {
        exported.internal = link.internal.then_some(true);
        exported.deny_download = link.deny_download.then_some(true);
    }
    Some(exported)
}

#[cfg(test)]
mod tests {
    use docspace::Access;
    use uuid::Uuid;

    use super::*;
    use crate::names::TypeName;

    fn exported(links: Vec<ActualLink>) -> Export {
        let mut room = ActualRoom::created(17.into(), "Audit", TypeName::Custom);
        room.links = Some(links);
        export(&Actual { rooms: vec![room], ..Actual::default() }, &ExportOptions::default().name("acme"))
    }

    fn link(id: Uuid, title: &str) -> ActualLink {
        ActualLink::new(id, LinkTypeName::External, title, Access::Read)
    }

    fn ids(export: &Export) -> Vec<(&str, Option<u128>)> {
        let links = export.manifest.rooms[0].settings.links.iter().flatten();
        links.map(|(name, link)| (name.as_str(), link.id.map(|id| id.as_u128()))).collect()
    }

    #[test]
    fn links_that_the_caller_cannot_see_are_left_out_with_a_note() {
        let mut room = ActualRoom::created(17.into(), "Audit", TypeName::Custom);
        (room.is_mine, room.links) = (false, Some(Vec::new()));
        let export = export(&Actual { rooms: vec![room], ..Actual::default() }, &ExportOptions::default());
        assert_eq!(export.manifest.rooms[0].settings.links, None);
        assert!(export.notes[0].contains("only its owner and its managers"), "{:?}", export.notes);
    }

    #[test]
    fn only_links_that_their_titles_do_not_tell_apart_get_their_ids() {
        let links = [(1, "Client"), (2, "Shared link"), (3, "Shared link")];
        let export = exported(links.map(|(id, title)| link(Uuid::from_u128(id), title)).to_vec());
        assert_eq!(ids(&export), [("Client", None), ("Shared link", Some(2)), ("Shared link (2)", Some(3))]);
        assert_eq!(
            export.notes,
            ["The room `Audit` has links that only their ids tell apart: `Shared link`, `Shared link (2)`. Take the \
              ids out for another portal."]
        );
    }

    #[test]
    fn link_gets_its_id_if_its_name_is_that_under_which_another_one_was_created() {
        let other = LinkIds::new("acme", &17.into()).id(LinkTypeName::External, "Client");
        let export = exported(vec![link(Uuid::from_u128(1), "Client"), link(other, "Renamed")]);
        assert_eq!(ids(&export), [("Client", Some(1)), ("Renamed", None)]);
        assert_eq!(ids(&exported(vec![link(other, "Client")])), [("Client", None)]);
    }
}
