//! Reads all files of a manifest.

use std::collections::BTreeMap;

use marked_yaml::types::MarkedMappingNode;
use marked_yaml::{LoadError, LoaderOptions, Marker, Node, Span, parse_yaml_with_options};

use super::reader::Reader;
use super::source::Source;
use crate::manifest::Settings;
use crate::names::TypeName;
use crate::problem::{Place, Problem, Problems};
use crate::wanted::{DEFAULT_NAME, Wanted, WantedRoom};

const KEYS: &[&str] = &["name", "defaults", "rooms"];
const MAX_NAME: usize = 255;

/// The parts of a manifest that were read so far.
#[derive(Default)]
struct Parts {
    name: Option<(String, Place)>,
    defaults: BTreeMap<TypeName, (Settings, Place)>,
    rooms: Vec<WantedRoom>,
    problems: Vec<Problem>,
}

/// Reads the files of a manifest.
///
/// ```
/// use docspace_manifest::{Source, parse};
///
/// let file = "rooms:
///   - title: Audit 2026
///     type: custom
///     tags: [audit]
///     link: {}
/// ";
/// let problems = parse(&[Source::new("rooms.yaml", file)]).unwrap_err();
/// assert_eq!(problems.to_string(), "rooms.yaml:5:5: a room has no key `link`; write `links`");
/// ```
///
/// # Errors
///
/// All problems of all files.
pub fn parse(sources: &[Source]) -> Result<Wanted, Problems> {
    let mut parts = Parts::default();
    for source in sources {
        parts.add(source);
    }
    parts.compare_rooms();
    if !parts.problems.is_empty() {
        return Err(Problems(parts.problems));
    }
    let rooms = parts.rooms.into_iter().map(|mut wanted| {
        if let Some((defaults, _)) = parts.defaults.get(&wanted.room.room_type) {
            wanted.room.settings = wanted.room.settings.or(defaults);
        }
        wanted
    });
    let rooms = rooms.collect();
    Ok(Wanted { name: parts.name.map_or_else(|| DEFAULT_NAME.to_owned(), |(name, _)| name), rooms })
}

impl Parts {
    fn add(&mut self, source: &Source) {
        let mut reader = Reader::new(&source.name, source.directory.clone());
        let options = LoaderOptions::default().error_on_duplicate_keys(true).prevent_coercion(true);
        match parse_yaml_with_options(0, &source.text, options) {
            Ok(Node::Mapping(file)) if file.is_empty() && !source.text.contains('{') => {
                reader.wrong(&Span::new_start(Marker::new(0, 0, 1, 1)), "the file is empty", "begin it with `rooms:`");
            }
            Ok(Node::Mapping(file)) => self.read(&mut reader, &file),
            Ok(_) | Err(LoadError::TopLevelMustBeMapping(_)) => {
                let message = "a manifest must be a mapping";
                reader.wrong(&Span::new_start(Marker::new(0, 0, 1, 1)), message, "begin it with `rooms:`");
            }
            Err(error) => {
                let (span, message, advice) = unreadable(&error);
                reader.wrong(&span, message, advice);
            }
        }
        self.problems.append(&mut reader.problems);
    }

    fn read(&mut self, reader: &mut Reader, file: &MarkedMappingNode) {
        for (key, node) in file.iter() {
            match key.as_str() {
                "name" => self.read_name(reader, node),
                "defaults" => self.read_defaults(reader, node),
                "rooms" => {
                    for node in reader.list(node, "rooms").unwrap_or_default() {
                        self.rooms.extend(reader.room(node));
                    }
                }
                _ => reader.unknown(key, "a manifest", KEYS),
            }
        }
    }

    fn read_name(&mut self, reader: &mut Reader, node: &Node) {
        let Some(name) = reader.text(node, "name", MAX_NAME) else { return };
        match &self.name {
            Some((other, place)) if *other != name => {
                let message = format!("the manifest has the name `{other}` at {place}");
                reader.wrong(node.span(), message, "write one name, in one file");
            }
            _ => self.name = Some((name, reader.place(node.span()))),
        }
    }

    fn read_defaults(&mut self, reader: &mut Reader, node: &Node) {
        for (key, node) in reader.named(node, "defaults", "custom: {…}").unwrap_or_default() {
            let Some(room_type) = TypeName::of_word(key.as_str()) else {
                reader.unknown(key, "`defaults`", TypeName::WORDS);
                continue;
            };
            if let Some((_, place)) = self.defaults.get(&room_type) {
                let message = format!("there are defaults for `{room_type}` at {place}");
                reader.wrong(key.span(), message, "write them in one place");
            }
            let what = format!("the defaults for `{room_type}`");
            let Some(mapping) = reader.mapping(node, &what) else { continue };
            let mut settings = Settings::default();
            for (key, node) in mapping.iter() {
                if !reader.setting(room_type, key, node, &mut settings) {
                    reader.unknown(key, "a default", super::settings::KEYS);
                }
            }
            self.defaults.insert(room_type, (settings, reader.place(key.span())));
        }
    }

    /// Checks that no two rooms are meant to be the same.
    fn compare_rooms(&mut self) {
        for (index, WantedRoom { place, room }) in self.rooms.iter().enumerate() {
            let is_same = |other: &&WantedRoom| {
                let other = &other.room;
                (room.id.is_some() && room.id == other.id) || room.is_ambiguous_with(other)
            };
            if let Some(other) = self.rooms[..index].iter().find(is_same) {
                let at = other.place.as_ref().map(ToString::to_string).unwrap_or_default();
                let message = match &room.id {
                    Some(id) if other.room.id == room.id => format!("the room at {at} has the id {id} too"),
                    _ => format!("the room at {at} has the same title and type"),
                };
                self.problems
                    .push(Problem::new(place.clone(), message).advise("take one of them out, or give both ids"));
            }
        }
    }
}

/// Where and why a file cannot be read as YAML, and what to do.
fn unreadable(error: &LoadError) -> (Span, String, String) {
    let at = |marker: &Marker| Span::new_start(*marker);
    match error {
        LoadError::UnexpectedAnchor(marker) => (
            at(marker),
            "anchors are not supported".to_owned(),
            "write `defaults:` for what rooms have in common".to_owned(),
        ),
        LoadError::UnexpectedTag(marker) => {
            (at(marker), "tags of YAML are not supported".to_owned(), "quote a text that begins with `!`".to_owned())
        }
        LoadError::MappingKeyMustBeScalar(marker) => {
            (at(marker), "a key must be a text".to_owned(), "quote it if it begins with `[` or `{`".to_owned())
        }
        LoadError::DuplicateKey(keys) => {
            let before = keys.prev_key.span().start().map_or(0, Marker::line);
            let message = format!("the key `{}` is already in line {before}", keys.key.as_str());
            (*keys.key.span(), message, "take one of them out".to_owned())
        }
        LoadError::ScanError(marker, error) => {
            let reason = error.info().to_owned();
            (at(marker), format!("this is not YAML: {reason}"), "check the indentation and the quotes".to_owned())
        }
        LoadError::TopLevelMustBeMapping(marker) | LoadError::TopLevelMustBeSequence(marker) => {
            (at(marker), "a manifest must be a mapping".to_owned(), "begin it with `rooms:`".to_owned())
        }
    }
}
