//! Reads all files of a manifest.

use std::collections::BTreeMap;

use marked_yaml::types::MarkedMappingNode;
use marked_yaml::{LoadError, LoaderOptions, Marker, Node, Span, parse_yaml_with_options};

use super::reader::Reader;
use super::source::Source;
use super::structure;
use crate::manifest::Settings;
use crate::names::TypeName;
use crate::problem::{Place, Problem, Problems};
use crate::rules::{SAME_ID, SAME_ROOM};
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
        let mistakes = structure::mistakes(&source.text);
        let is_readable = mistakes.iter().all(|mistake| mistake.is_readable);
        for mistake in mistakes {
            reader.wrong(&mistake.span, mistake.message, mistake.advice);
        }
        let start = Span::new_start(Marker::new(0, 0, 1, 1));
        // Other options than these would change how a text such as `5` is read.
        let options = LoaderOptions::default().prevent_coercion(true);
        let file = is_readable.then(|| parse_yaml_with_options(0, &source.text, options));
        match file {
            None => {}
            Some(Ok(Node::Mapping(file))) if file.is_empty() && !source.text.contains('{') => {
                reader.wrong(&start, "the file is empty", "begin it with `rooms:`");
            }
            Some(Ok(Node::Mapping(file))) => self.read(&mut reader, &file),
            Some(Err(LoadError::ScanError(marker, error))) => {
                let message = format!("this is not YAML: {}", error.info());
                reader.wrong(&Span::new_start(marker), message, "check the indentation and the quotes");
            }
            // What else a file can have is found before.
            Some(_) => reader.wrong(&start, "a manifest must be a mapping", "begin it with `rooms:`"),
        }
        reader.problems.sort_by(|one, other| one.place.cmp(&other.place));
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
            let room_type = TypeName::of_word(key.as_str());
            if room_type.is_none() {
                reader.unknown(key, "`defaults`", TypeName::WORDS);
            }
            if let Some((_, place)) = room_type.and_then(|room_type| self.defaults.get(&room_type)) {
                let message = format!("there are defaults for `{}` at {place}", key.as_str());
                reader.wrong(key.span(), message, "write them in one place");
            }
            let what = format!("the defaults for `{}`", docspace::printable(key.as_str()));
            let Some(mapping) = reader.mapping(node, &what) else { continue };
            let mut settings = Settings::default();
            for (key, node) in mapping.iter() {
                if !reader.setting(room_type, key, node, &mut settings) {
                    reader.unknown(key, "a default", super::settings::KEYS);
                }
            }
            let Some(room_type) = room_type else { continue };
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
                let (message, advice) = match &room.id {
                    Some(id) if other.room.id == room.id => (format!("the room at {at} has the id {id} too"), SAME_ID),
                    _ => (format!("the room at {at} has the same title and type"), SAME_ROOM),
                };
                self.problems.push(Problem::new(place.clone(), message).advise(advice));
            }
        }
    }
}
