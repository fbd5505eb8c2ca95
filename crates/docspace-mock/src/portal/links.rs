//! Creation of links, and what callers read through links of folders and files.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryId, EntryType};
use crate::state::entry_links::EntryLink;
use crate::state::links::{Link, LinkKind};
use crate::state::people::Language;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::wire::messages::Message;

impl Portal {
    /// Adds the primary link that new Public and FillingForms rooms have. It replaces a revoked
    /// one.
    pub(crate) fn add_initial_links(&mut self, room: &mut Room, language: Language) {
        let (title, access) = match room.room_type {
            RoomType::PUBLIC => (Message::SharedLink, Access::READ),
            RoomType::FILLING_FORMS => (Message::FillLink, Access::FILL_FORMS),
            _ => return,
        };
        let id = self.ids.guid();
        let link = self.new_link(id, LinkKind::Primary, title.in_language(language), access);
        room.links.push(link);
    }

    /// Creates a link without optional settings.
    pub(crate) fn new_link(&mut self, id: Uuid, kind: LinkKind, title: String, access: Access) -> Link {
        Link {
            id,
            kind,
            title,
            access,
            expires: None,
            internal: false,
            password: None,
            deny_download: false,
            max_uses: None,
            uses: 0,
            key: self.ids.link_key(id),
            address: self.ids.short_address(),
        }
    }

    /// The link of an entry, or of a folder around it, through which a caller reads the entry.
    /// `sent` is the link whose key the request contains. A caller who opened a link earlier needs
    /// no key, and a link of a folder takes precedence over a link of a file (recording
    /// links/folders-and-files).
    pub(crate) fn passage(
        &self,
        room: &Room,
        entry: EntryId,
        person: Option<Uuid>,
        sent: Option<Uuid>,
    ) -> Option<&EntryLink> {
        if room.area != Area::Active {
            return None;
        }
        let around = room.entry_and_parents(entry);
        let sent = sent.and_then(|id| self.entry_links.by_id(id));
        let is_open = |one: &&EntryLink| !one.link.is_expired(self.now()) && one.link.password.is_none();
        let visited = person.into_iter().flat_map(|person| self.entry_links.visited(person)).filter(is_open);
        let leads_here: Vec<&EntryLink> =
            sent.into_iter().chain(visited).filter(|one| around.contains(&one.entry)).collect();
        let of_folder = leads_here.iter().find(|one| one.entry.kind == EntryType::FOLDER);
        of_folder.or(leads_here.first()).copied()
    }
}
