//! Reads the links of a room.

use std::collections::BTreeMap;

use marked_yaml::Node;
use marked_yaml::types::MarkedScalarNode;
use uuid::Uuid;

use super::reader::{Reader, beginning, described, is_null};
use crate::manifest::Link;
use crate::names::{AccessName, LinkTypeName, TypeName};
use crate::rules;
use crate::values::Password;

const KEYS: &[&str] =
    &["type", "id", "title", "access", "expires", "password", "internal", "deny-download", "max-uses"];
const MAX_TITLE: usize = 255;
const MAX_PASSWORD: usize = 255;
const MAX_USES: i32 = 1000;

impl Reader {
    /// Reads the links of a room.
    pub(super) fn links(&mut self, room: TypeName, node: &Node) -> Option<BTreeMap<String, Link>> {
        let entries = self.named(node, "links", "name of the link: {access: read}")?;
        let mut links: BTreeMap<String, Link> = BTreeMap::new();
        for (name, node) in entries {
            let Some(title) = self.bounded(name.span(), name.as_str(), "the name of a link", MAX_TITLE) else {
                continue;
            };
            let Some(link) = self.link(room, node) else { continue };
            self.compare_links(room, name, &link, &links);
            links.insert(title, link);
        }
        Some(links)
    }

    /// Checks that a link fits to those before it.
    fn compare_links(&mut self, room: TypeName, name: &MarkedScalarNode, link: &Link, before: &BTreeMap<String, Link>) {
        let same_type = before.values().filter(|other| other.link_type == link.link_type).count();
        let max = rules::max_links(room, link.link_type);
        if same_type == max && max > 0 {
            let links = if max == 1 { "link" } else { "links" };
            let message = format!("a room of type {room} has at most {max} {links} of type {}", link.link_type);
            self.wrong(name.span(), message, "take one of them out");
        }
        if link.id.is_some() && before.values().any(|other| other.id == link.id) {
            self.wrong(name.span(), "another link of the room has the same id", "take one of them out");
        }
    }

    fn link(&mut self, room: TypeName, node: &Node) -> Option<Link> {
        let what = "a link";
        let mapping = self.mapping(node, what)?;
        let mut is_complete = true;
        let link_type = match mapping.get_node("type") {
            Some(node) => self.word(node, "type", LinkTypeName::WORDS, LinkTypeName::of_word)?,
            None => LinkTypeName::default(),
        };
        let type_span = mapping.get_node("type").map_or_else(|| beginning(mapping), |node| *node.span());
        if !self.check(&type_span, rules::link_type(room, link_type)) {
            return None;
        }
        let mut link = Link::new(link_type, AccessName::Read);
        for (key, node) in mapping.iter() {
            let name = key.as_str();
            let takes_away = is_null(node) || matches!(node.as_scalar(), Some(off) if off.as_bool() == Some(false));
            if !takes_away && !self.check(key.span(), rules::link_key(room, link_type, name)) {
                is_complete = false;
                continue;
            }
            match name {
                "type" => {}
                "id" => link.id = self.uuid(node),
                "title" => link.title = self.text(node, name, MAX_TITLE),
                "access" => match self.word(node, name, AccessName::WORDS, AccessName::of_word) {
                    Some(access) if self.check(node.span(), rules::link_access(room, link_type, access)) => {
                        link.access = access;
                    }
                    _ => is_complete = false,
                },
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
        if link_type == LinkTypeName::Invitation {
            (link.password, link.internal, link.deny_download) = (None, None, None);
        } else {
            link.max_uses = None;
        }
        if mapping.get_node("access").is_none() {
            self.missing(mapping, what, "access", "`access: read`");
            return None;
        }
        is_complete.then_some(link)
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
            return self.text(node, "password", MAX_PASSWORD).map(|text| Password::Text(text.into()));
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
        self.text(name, "env", MAX_PASSWORD).map(|env| Password::Env { env })
    }
}
