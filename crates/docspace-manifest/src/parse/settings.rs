//! Reads the settings of a room or the defaults of a type.

use std::collections::{BTreeMap, BTreeSet};

use marked_yaml::Node;
use marked_yaml::types::MarkedScalarNode;
use uuid::Uuid;

use super::reader::{Reader, beginning, described};
use crate::fold::fold;
use crate::manifest::Settings;
use crate::names::{AccessName, MarkPart, TypeName};
use crate::rules::{self, Impossible, MemberType};
use crate::values::{FolderPath, Lifetime, Quota, Watermark};

/// The keys of [`Settings`].
pub(super) const KEYS: &[&str] = &[
    "archived",
    "tags",
    "color",
    "cover",
    "logo",
    "quota",
    "indexing",
    "deny-download",
    "lifetime",
    "watermark",
    "save-form-as-xlsx",
    "send-form-to-external-db",
    "folders",
    "members",
    "groups",
    "links",
    "room-groups",
];

const MAX_TAG: usize = 255;
const MAX_MARK: usize = 255;
const MAX_GROUP: usize = 128;
const MAX_NAME: usize = 255;

impl Reader {
    /// Reads one key into the settings. Returns whether there is such a key. `room` is `None` if
    /// the type of the room is wrong: then values are checked, but no combinations.
    pub(super) fn setting(
        &mut self,
        room: Option<TypeName>,
        key: &MarkedScalarNode,
        node: &Node,
        settings: &mut Settings,
    ) -> bool {
        let name = key.as_str();
        if !KEYS.contains(&name) {
            return false;
        }
        if let Some(room) = room {
            self.check(key.span(), rules::room_key(room, name));
        }
        match name {
            "archived" => settings.archived = self.boolean(node, name),
            "tags" => settings.tags = self.texts(node, name, MAX_TAG),
            "color" => settings.color = self.color(node),
            "cover" => settings.cover = self.nullable(node, |reader, node| reader.text(node, name, MAX_NAME)),
            "logo" => settings.logo = self.nullable(node, Self::logo),
            "quota" => {
                let quota = self.nullable(node, |reader, node| reader.formed(node, name));
                settings.quota = quota.map(|quota| quota.unwrap_or(Quota::Unlimited));
            }
            "indexing" => settings.indexing = self.boolean(node, name),
            "deny-download" => settings.deny_download = self.boolean(node, name),
            "lifetime" => settings.lifetime = self.nullable(node, Self::lifetime),
            "watermark" => settings.watermark = self.nullable(node, Self::watermark),
            "save-form-as-xlsx" => settings.save_form_as_xlsx = self.boolean(node, name),
            "send-form-to-external-db" => settings.send_form_to_external_db = self.boolean(node, name),
            "folders" => settings.folders = self.folders(node),
            "members" => settings.members = self.members(room, node, name, MemberType::Person),
            "groups" => settings.groups = self.members(room, node, name, MemberType::Group),
            "links" => settings.links = self.links(room, node),
            _ => settings.room_groups = self.texts(node, name, MAX_GROUP),
        }
        true
    }

    /// Reads a list of texts. None of them occurs twice.
    fn texts(&mut self, node: &Node, key: &str, longest: usize) -> Option<BTreeSet<String>> {
        let mut texts = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for node in self.list(node, key)? {
            let Some(text) = self.entry(node, key, longest) else { continue };
            if !seen.insert(fold(&text)) {
                self.wrong(node.span(), format!("`{text}` is in `{key}` twice"), "remove one of them");
            }
            texts.insert(text);
        }
        Some(texts)
    }

    /// Reads the paths of folders, in the order of the list. None of them occurs twice.
    fn folders(&mut self, node: &Node) -> Option<Vec<FolderPath>> {
        let mut paths: Vec<FolderPath> = Vec::new();
        let nested = "write each folder as a path, such as `- Contracts/2026`";
        if matches!(node, Node::Mapping(_)) {
            self.wrong(node.span(), "`folders` must be a list, not a mapping", nested);
            return None;
        }
        for node in self.list(node, "folders")? {
            if matches!(node, Node::Mapping(_)) {
                self.wrong(node.span(), "an entry of `folders` must be a path, not a mapping", nested);
                continue;
            }
            let Some(text) = self.entry(node, "folders", usize::MAX) else { continue };
            match FolderPath::read(&text) {
                Ok(path) if paths.contains(&path) => {
                    self.wrong(node.span(), format!("`{path}` is in `folders` twice"), "remove one of them");
                }
                Ok(path) => paths.push(path),
                Err(wrong) => {
                    for Impossible { message, advice } in wrong {
                        self.wrong(node.span(), message, advice);
                    }
                }
            }
        }
        Some(paths)
    }

    fn color(&mut self, node: &Node) -> Option<String> {
        let digits = node.as_scalar().map(|scalar| scalar.as_str().trim().trim_start_matches('#').to_uppercase());
        let is_color =
            |digits: &String| matches!(digits.len(), 3 | 6) && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        let color = digits.filter(is_color);
        if color.is_none() {
            let advice = "write six hexadecimal digits, such as \"FF5733\"";
            self.wrong(node.span(), format!("{} is not a color", described(node)), advice);
        }
        color
    }

    fn logo(&mut self, node: &Node) -> Option<String> {
        let path = self.text(node, "logo", usize::MAX)?;
        let Some(directory) = &self.directory else { return Some(path) };
        let file = directory.join(&path);
        if !file.is_file() {
            let message = format!("there is no file `{}`", file.display());
            self.wrong(node.span(), message, "write a path from the directory of the manifest");
            return None;
        }
        Some(file.display().to_string())
    }

    fn lifetime(&mut self, node: &Node) -> Option<Lifetime> {
        let what = "`lifetime`";
        let mapping = self.mapping(node, what)?;
        let (mut keep, mut delete_permanently) = (None, false);
        for (key, node) in mapping.iter() {
            match key.as_str() {
                "keep" => keep = self.formed(node, "keep"),
                "delete-permanently" => {
                    delete_permanently = self.boolean(node, "delete-permanently").unwrap_or_default();
                }
                _ => self.unknown(key, what, &["keep", "delete-permanently"]),
            }
        }
        if mapping.get_node("keep").is_none() {
            self.missing(mapping, what, "keep", "`keep: 6 months`");
        }
        keep.map(|keep| Lifetime { keep, delete_permanently })
    }

    fn watermark(&mut self, node: &Node) -> Option<Watermark> {
        let what = "`watermark`";
        let mapping = self.mapping(node, what)?;
        let mut mark = Watermark::default();
        let before = self.problems.len();
        for (key, node) in mapping.iter() {
            match key.as_str() {
                "text" => mark.text = self.text(node, "text", MAX_MARK),
                "show" => {
                    for node in self.list(node, "show").unwrap_or_default() {
                        mark.show.extend(self.word(node, "show", MarkPart::WORDS, MarkPart::of_word));
                    }
                    mark.show.sort_unstable();
                    mark.show.dedup();
                }
                "rotate" => mark.rotate = self.number(node, "rotate", -360, 360).unwrap_or_default(),
                _ => self.unknown(key, what, &["text", "show", "rotate"]),
            }
        }
        if mark.is_empty() && self.problems.len() == before {
            self.wrong(
                &beginning(mapping),
                "the watermark prints nothing",
                "add `text` or `show`, or write `watermark: null`",
            );
        }
        Some(mark)
    }

    /// Reads people or people groups with their accesses.
    fn members(
        &mut self,
        room: Option<TypeName>,
        node: &Node,
        key: &str,
        member: MemberType,
    ) -> Option<BTreeMap<String, AccessName>> {
        let is_person = member == MemberType::Person;
        let form = if is_person { "ann@example.com: read" } else { "Name of the group: read" };
        let entries = self.named(node, key, form)?;
        let mut members = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (who, node) in entries {
            let name = self.bounded(who.span(), who.as_str(), &format!("a name in `{key}`"), "write a name", MAX_NAME);
            let access = self.word(node, "access", AccessName::WORDS, AccessName::of_word);
            if let (Some(room), Some(access)) = (room, access) {
                self.check(node.span(), rules::member(room, member, access));
            }
            let Some(name) = name else { continue };
            if is_person && !is_address(&name) && name.parse::<Uuid>().is_err() {
                let message = format!("`{name}` is neither an e-mail address nor the id of a person");
                self.wrong(who.span(), message, "write the address");
            }
            if !seen.insert(name.to_lowercase()) {
                self.wrong(who.span(), format!("`{name}` is in `{key}` twice"), "remove one of them");
            }
            members.extend(access.map(|access| (name, access)));
        }
        Some(members)
    }
}

fn is_address(text: &str) -> bool {
    let has_parts = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    has_parts && !text.contains(char::is_whitespace) && text.matches('@').count() == 1
}
