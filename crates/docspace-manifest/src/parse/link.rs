//! Reads the links of a room.

use std::collections::BTreeMap;

use marked_yaml::Node;
use marked_yaml::types::MarkedScalarNode;
use uuid::Uuid;

use super::reader::{Reader, beginning, described, is_null};
use crate::manifest::Link;
use crate::names::{AccessName, LinkTypeName, TypeName};
use crate::rules::{self, Impossible};
use crate::values::Password;

const KEYS: &[&str] =
    &["type", "id", "title", "access", "expires", "password", "internal", "deny-download", "max-uses"];
const MAX_TITLE: usize = 255;
const MAX_TEXT: usize = 255;
const MAX_USES: i32 = 1000;

/// A link and what is known of it if it is wrong, so that one mistake does not hide another.
struct ReadLink {
    /// `None` if the type is wrong.
    link_type: Option<LinkTypeName>,
    id: Option<Uuid>,
    /// `None` if something of the link is wrong.
    link: Option<Link>,
}

impl Reader {
    /// Reads the links of a room. `room` is `None` if the type of the room is wrong.
    pub(super) fn links(&mut self, room: Option<TypeName>, node: &Node) -> Option<BTreeMap<String, Link>> {
        let entries = self.named(node, "links", "name of the link: {access: read}")?;
        let mut links: BTreeMap<String, Link> = BTreeMap::new();
        let mut before: Vec<ReadLink> = Vec::new();
        for (name, node) in entries {
            let title = self.bounded(name.span(), name.as_str(), "the name of a link", "write a name", MAX_TITLE);
            let read = self.link(room, node);
            self.compare_links(room, name, &read, &before);
            if let (Some(title), Some(link)) = (title, &read.link) {
                links.insert(title, link.clone());
            }
            before.push(read);
        }
        Some(links)
    }

    /// Checks that a link fits to those before it.
    fn compare_links(&mut self, room: Option<TypeName>, name: &MarkedScalarNode, link: &ReadLink, before: &[ReadLink]) {
        if let (Some(room), Some(link_type)) = (room, link.link_type) {
            let same_type = before.iter().filter(|other| other.link_type == link.link_type).count();
            let max = rules::max_links(room, link_type);
            if same_type == max && max > 0 {
                let links = if max == 1 { "link" } else { "links" };
                let message = format!("a room of type {room} has at most {max} {links} of type {link_type}");
                self.wrong(name.span(), message, "remove one of them");
            }
        }
        if link.id.is_some() && before.iter().any(|other| other.id == link.id) {
            self.wrong(name.span(), "another link of the room has the same id", "remove one of them");
        }
    }

    fn link(&mut self, room: Option<TypeName>, node: &Node) -> ReadLink {
        let what = "a link";
        let Some(mapping) = self.mapping(node, what) else {
            return ReadLink { link_type: None, id: None, link: None };
        };
        let before = self.problems.len();
        let link_type = match mapping.get_node("type") {
            Some(node) => self.word(node, "type", LinkTypeName::WORDS, LinkTypeName::of_word),
            None => Some(LinkTypeName::default()),
        };
        let type_span = mapping.get_node("type").map_or_else(|| beginning(mapping), |node| *node.span());
        // The type of room and link, if a link of this type is possible. Without them, values are
        // checked, but no combinations.
        let types = room.zip(link_type).filter(|(room, link)| self.check(&type_span, rules::link_type(*room, *link)));
        let mut link = Link::new(link_type.unwrap_or_default(), AccessName::Read);
        for (key, node) in mapping.iter() {
            let name = key.as_str();
            let takes_away = is_null(node) || matches!(node.as_scalar(), Some(off) if off.as_bool() == Some(false));
            if let Some((room, link_type)) = types.filter(|_| !takes_away) {
                self.check(key.span(), rules::link_key(room, link_type, name));
            }
            match name {
                "type" => {}
                "id" => link.id = self.uuid(node),
                "title" => link.title = self.text(node, name, MAX_TITLE),
                "access" => {
                    let access = self.word(node, name, AccessName::WORDS, AccessName::of_word);
                    if let (Some(access), Some((room, link_type))) = (access, types) {
                        self.check(node.span(), rules::link_access(room, link_type, access));
                        link.access = access;
                    }
                }
                "expires" => link.expires = self.nullable(node, |reader, node| reader.formed(node, name)),
                "password" => link.password = self.nullable(node, Self::password),
                "internal" => link.internal = self.boolean(node, name),
                "deny-download" => link.deny_download = self.boolean(node, name),
                "max-uses" => {
                    let uses = self.nullable(node, |reader, node| reader.number(node, name, 1, MAX_USES));
                    link.max_uses = uses.map(|uses| uses.map(i32::unsigned_abs));
                }
                _ => self.unknown(key, what, KEYS),
            }
        }
        // What an invitation cannot have is off without being sent.
        if link.link_type == LinkTypeName::Invitation {
            (link.password, link.internal, link.deny_download) = (None, None, None);
        } else {
            link.max_uses = None;
        }
        if mapping.get_node("access").is_none() {
            self.missing(mapping, what, "access", "`access: read`");
        }
        ReadLink { link_type, id: link.id, link: (self.problems.len() == before).then_some(link) }
    }

    fn uuid(&mut self, node: &Node) -> Option<Uuid> {
        let id = node.as_scalar().and_then(|scalar| scalar.as_str().parse().ok());
        if id.is_none() {
            let advice = "take it out, or write the id that `docspace links list` shows";
            self.wrong(node.span(), format!("{} is not the id of a link", described(node)), advice);
        }
        id
    }

    fn password(&mut self, node: &Node) -> Option<Password> {
        let Node::Mapping(mapping) = node else {
            let advice = "write a password, or the name of a variable, as in `password: {env: LINK_PASSWORD}`";
            let text = self.text_of(node, "`password`", advice, MAX_TEXT)?;
            if let Err(Impossible { message, advice }) = rules::password(&text) {
                self.wrong(node.span(), message, advice);
                return None;
            }
            return Some(Password::Text(text.into()));
        };
        for (key, _) in mapping.iter().filter(|(key, _)| key.as_str() != "env") {
            self.unknown(key, "a password", &["env"]);
        }
        let Some(name) = mapping.get_node("env") else {
            self.missing(
                mapping,
                "a password",
                "env",
                "the name of a variable, as in `password: {env: LINK_PASSWORD}`",
            );
            return None;
        };
        self.text(name, "env", MAX_TEXT).map(|env| Password::Env { env })
    }
}
