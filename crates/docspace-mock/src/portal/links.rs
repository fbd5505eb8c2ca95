//! Creation of links.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::links::{Link, LinkKind};
use crate::state::people::Language;
use crate::state::room_types::RoomType;
use crate::state::rooms::Room;
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
}
