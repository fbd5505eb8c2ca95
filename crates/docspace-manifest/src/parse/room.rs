//! Reads a room.

use docspace::RoomId;
use marked_yaml::Node;

use super::reader::{Reader, beginning, described};
use super::settings;
use crate::manifest::Room;
use crate::names::TypeName;
use crate::rules;
use crate::wanted::WantedRoom;

const KEYS: &[&str] = &["id", "title", "type", "previously", "template"];
const MAX_TITLE: usize = 170;

impl Reader {
    /// Reads a room without the defaults of its type.
    pub(super) fn room(&mut self, node: &Node) -> Option<WantedRoom> {
        let what = "a room";
        let mapping = self.mapping(node, what)?;
        let title = match mapping.get_node("title") {
            Some(node) => self.room_title(node, "title"),
            None => {
                self.missing(mapping, what, "title", "`title: …`");
                None
            }
        };
        let room_type = match mapping.get_node("type") {
            Some(node) => self.word(node, "type", TypeName::WORDS, TypeName::of_word),
            None => {
                self.missing(mapping, what, "type", "`type: custom`");
                None
            }
        };
        let mut room = Room::new(title.clone().unwrap_or_default(), room_type.unwrap_or(TypeName::Custom));
        for (key, node) in mapping.iter() {
            match key.as_str() {
                "title" | "type" => {}
                "id" => room.id = self.room_id(node),
                "previously" => room.previously = self.former_titles(node),
                "template" => room.template = self.text(node, "template", MAX_TITLE),
                _ => {
                    if !self.setting(room_type, key, node, &mut room.settings) {
                        self.unknown(key, what, &[KEYS, settings::KEYS].concat());
                    }
                }
            }
        }
        if title.as_ref().is_some_and(|title| room.previously.contains(title)) {
            self.wrong(&beginning(mapping), "`previously` has the present title", "write only former titles");
        }
        (title.is_some() && room_type.is_some())
            .then(|| WantedRoom { place: Some(self.place(&beginning(mapping))), room })
    }

    fn room_title(&mut self, node: &Node, key: &str) -> Option<String> {
        let title = self.text(node, key, MAX_TITLE)?;
        if let Some(replaced) = rules::replaced(&title) {
            let message = format!("a portal replaces `{}` in a title", docspace::printable(&replaced.to_string()));
            self.wrong(node.span(), message, "use another character");
            return None;
        }
        Some(title)
    }

    fn room_id(&mut self, node: &Node) -> Option<RoomId> {
        let id = node.as_scalar().and_then(|scalar| scalar.as_str().parse().ok());
        if id.is_none() {
            let advice = "take it out, or write the id that `docspace rooms list` shows";
            self.wrong(node.span(), format!("{} is not the id of a room", described(node)), advice);
        }
        id
    }

    fn former_titles(&mut self, node: &Node) -> Vec<String> {
        let nodes = match node {
            Node::Scalar(_) if !super::reader::is_null(node) => vec![node],
            _ => self.list(node, "previously").unwrap_or_default(),
        };
        nodes.into_iter().filter_map(|node| self.entry(node, "previously", MAX_TITLE)).collect()
    }
}
