//! The rows of the file, as rooms to create.

use std::collections::HashMap;

use docspace::links::LinkRules;
use docspace::members::Members;
use docspace::{Access, RoomType, Timestamp};

use crate::args::people::PersonName;
use crate::args::{RoomSettingsArgs, SettingsArgs, member_access, values};
use crate::csv::{Column, Problems, Row, Sheet, entries, word};
use crate::lookup::as_stored;
use crate::text::kebab;

/// Maximum length of a title and of a tag, in UTF-16 units
/// (docs/portal/dates-and-names.md#length).
const LONGEST_TITLE: usize = 170;
const LONGEST_TAG: usize = 255;

/// The column that only rooms without a template have.
pub(super) const TYPE: Column = Column::optional("type");

/// The columns of all rooms.
pub(super) const COLUMNS: [Column; 10] = [
    Column::required("title"),
    Column::optional("tags").aliases(&["tag"]),
    Column::optional("color"),
    Column::optional("cover"),
    Column::optional("quota"),
    Column::optional("indexing"),
    Column::optional("deny-download"),
    Column::optional("members"),
    Column::optional("link"),
    Column::optional("link-expires"),
];

/// A room to create.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NewRoom {
    /// The line in the file.
    pub(super) line: usize,
    pub(super) title: String,
    /// `None` until the type of the template is known.
    pub(super) room_type: Option<RoomType>,
    pub(super) settings: RoomSettingsArgs,
    pub(super) members: Vec<(PersonName, Access)>,
    pub(super) link: Option<NewLink>,
}

/// An external link to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NewLink {
    pub(super) access: Access,
    pub(super) expires: Option<Timestamp>,
}

/// The values for rows whose cell is empty.
#[derive(Default)]
pub(in crate::commands) struct Defaults {
    pub(in crate::commands) room_type: Option<RoomType>,
    pub(in crate::commands) settings: RoomSettingsArgs,
}

/// Returns the text by which a row is recognized: its title as the portal stores it.
pub(super) fn key(row: &Row) -> String {
    as_stored(row.get("title"))
}

impl NewRoom {
    /// Parses all rows, and adds their mistakes to the problems.
    pub(super) fn all(sheet: &Sheet, defaults: &Defaults, needs_type: bool, problems: &mut Problems) -> Vec<Self> {
        let mut lines: HashMap<String, usize> = HashMap::new();
        for row in &sheet.rows {
            if let Some(first) = lines.get(&key(row)) {
                let reason = format!("line {first} has the same title, and rows are recognized by their titles");
                problems.add(row.line, "title", row.get("title"), reason);
            } else if row.value("title").is_some() {
                lines.insert(key(row), row.line);
            }
        }
        let parsed = sheet.rows.iter().filter_map(|row| Self::parse(row, defaults, needs_type, problems));
        parsed.collect()
    }

    fn parse(row: &Row, defaults: &Defaults, needs_type: bool, problems: &mut Problems) -> Option<Self> {
        let mut cells = Cells { row, problems };
        let title = cells.check("title", row.get("title"), title(row.get("title")));
        let room_type = match cells.parse("type", |cell| word(&values::room_type(), cell)) {
            Some(room_type) => Some(room_type),
            None if needs_type && row.value("type").is_none() && defaults.room_type.is_none() => {
                cells.problems.add(row.line, "type", "", "write a type, or add --type to the command");
                None
            }
            None => defaults.room_type,
        };
        let settings = cells.settings(&defaults.settings);
        let members = cells.members();
        let link = cells.link();
        Some(Self { line: row.line, title: title?, room_type, settings, members, link })
    }

    /// Checks that a room of this type can have these members and this link.
    pub(super) fn check_type(&self, problems: &mut Problems) {
        let Some(room_type) = self.room_type else { return };
        let one_of = |allowed: &[Access], what: &str| {
            let names: Vec<_> = allowed.iter().map(name).collect();
            let room_type = kebab(&room_type.to_string());
            match names.as_slice() {
                [] => format!("a room of the type {room_type} cannot have additional external links"),
                names => format!("a {what} of a room of the type {room_type} has one of {}", names.join(", ")),
            }
        };
        if let Some(allowed) = Members::roles_of(room_type) {
            for (person, access) in self.members.iter().filter(|(_, access)| !allowed.contains(access)) {
                problems.add(self.line, "members", &entry(person, *access), one_of(allowed, "member"));
            }
        }
        let Some(rules) = LinkRules::of(room_type) else { return };
        let allowed = if rules.max_additional() > 0 { rules.external() } else { &[] };
        if let Some(link) = self.link.filter(|link| !allowed.contains(&link.access)) {
            problems.add(self.line, "link", &name(&link.access), one_of(allowed, "link"));
        }
    }
}

/// Returns an entry of the column for members.
pub(super) fn entry(person: &PersonName, access: Access) -> String {
    format!("{person}:{}", name(&access))
}

fn name(access: &Access) -> String {
    kebab(&access.to_string())
}

/// The cells of one row.
struct Cells<'c> {
    row: &'c Row,
    problems: &'c mut Problems,
}

impl Cells<'_> {
    fn check<T>(&mut self, column: &str, value: &str, parsed: Result<T, String>) -> Option<T> {
        self.problems.check(self.row.line, column, value, parsed)
    }

    /// Parses the cell in a column unless it is empty.
    fn parse<T>(&mut self, column: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let cell = self.row.value(column)?;
        self.check(column, cell, parse(cell))
    }

    fn settings(&mut self, defaults: &RoomSettingsArgs) -> RoomSettingsArgs {
        let switch = |cell: &str| word(&values::switch(), cell);
        let shared = SettingsArgs {
            tags: self.parse("tags", tags),
            color: self.parse("color", color),
            cover: self.parse("cover", values::text),
            quota: self.parse("quota", values::quota),
        };
        let (indexing, deny_download) = (self.parse("indexing", switch), self.parse("deny-download", switch));
        let default = defaults.clone();
        RoomSettingsArgs {
            shared: SettingsArgs {
                tags: shared.tags.or(default.shared.tags),
                color: shared.color.or(default.shared.color),
                cover: shared.cover.or(default.shared.cover),
                quota: shared.quota.or(default.shared.quota),
            },
            indexing: indexing.or(default.indexing),
            deny_download: deny_download.or(default.deny_download),
        }
    }

    fn members(&mut self) -> Vec<(PersonName, Access)> {
        let mut members: Vec<(PersonName, Access)> = Vec::new();
        let cell = self.row.get("members");
        for entry in entries(cell).flat_map(str::split_whitespace) {
            let Some(member) = self.check("members", entry, member(entry)) else { continue };
            let is_same = |other: &PersonName| other.to_string().eq_ignore_ascii_case(&member.0.to_string());
            if members.iter().any(|(other, _)| is_same(other)) {
                self.problems.add(self.row.line, "members", entry, "the person is in the cell twice");
            }
            members.push(member);
        }
        members
    }

    fn link(&mut self) -> Option<NewLink> {
        let access = self.parse("link", |cell| word(&values::link_access(), cell));
        let expires = self.parse("link-expires", values::date);
        if self.row.value("link").is_none() && self.row.value("link-expires").is_some() {
            let reason = "the cell `link` is empty: write the access of the link there, such as read";
            self.problems.add(self.row.line, "link-expires", self.row.get("link-expires"), reason);
        }
        Some(NewLink { access: access?, expires })
    }
}

fn title(cell: &str) -> Result<String, String> {
    let title = values::text(cell)?;
    match title.encode_utf16().count() {
        0 => Err("it is empty".to_owned()),
        length if length > LONGEST_TITLE => {
            Err(format!("it has {length} characters; at most {LONGEST_TITLE} are allowed"))
        }
        _ => Ok(title),
    }
}

fn tags(cell: &str) -> Result<Vec<String>, String> {
    let tag = |entry: &str| match values::text(entry)? {
        tag if tag.encode_utf16().count() > LONGEST_TAG => Err(format!("a tag has at most {LONGEST_TAG} characters")),
        tag => Ok(tag),
    };
    entries(cell).map(tag).collect()
}

fn color(cell: &str) -> Result<String, String> {
    let digits = cell.trim_start_matches('#');
    match digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(digits.to_owned()),
        false => Err("write six hexadecimal digits, such as FF5733".to_owned()),
    }
}

fn member(entry: &str) -> Result<(PersonName, Access), String> {
    let (person, access) = entry.rsplit_once(':').ok_or("write the access after a colon, as in ann@acme.com:read")?;
    Ok((person.parse()?, word(&member_access(), access)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    fn parsed(text: &str, defaults: &Defaults) -> Result<Vec<NewRoom>, Failure> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).expect("a file");
        let columns: Vec<_> = COLUMNS.into_iter().chain([TYPE]).collect();
        let sheet = Sheet::read(path.to_str().expect("a path"), &columns)?;
        let mut problems = Problems::default();
        let rooms = NewRoom::all(&sheet, defaults, true, &mut problems);
        rooms.iter().for_each(|room| room.check_type(&mut problems));
        problems.into_result("a.csv").map(|()| rooms)
    }

    #[test]
    fn flags_are_the_values_of_empty_cells() {
        let shared = SettingsArgs { tags: Some(vec!["client".to_owned()]), ..SettingsArgs::default() };
        let settings = RoomSettingsArgs { shared, indexing: Some(true), ..RoomSettingsArgs::default() };
        let defaults = Defaults { room_type: Some(RoomType::Custom), settings };
        let text = "Title,Type,Tags,Color,Indexing,Quota\nOne,,,,,\nTwo,vdr,\"a, b c\",#ff5733,off,2KiB\n";
        let rooms = parsed(text, &defaults).expect("rooms");
        assert_eq!((rooms[0].room_type, &rooms[0].settings), (Some(RoomType::Custom), &defaults.settings));
        let shared = SettingsArgs {
            tags: Some(vec!["a".to_owned(), "b c".to_owned()]),
            color: Some("ff5733".to_owned()),
            quota: Some(values::Quota::Bytes(2048)),
            cover: None,
        };
        assert_eq!(rooms[1].settings, RoomSettingsArgs { shared, indexing: Some(false), deny_download: None });
        assert_eq!((rooms[1].line, rooms[1].room_type), (3, Some(RoomType::VirtualData)));
    }

    #[test]
    fn members_and_links_are_parsed() {
        let text = "title;type;members;link;link-expires\nA;custom;ann@acme.com:editing bob@acme.com:reviewer;viewer;\
                    2027-01-31T00:00:00Z\n";
        let room = parsed(text, &Defaults::default()).expect("rooms").remove(0);
        let person = |name: &str| name.parse::<PersonName>().expect("a person");
        let members = [(person("ann@acme.com"), Access::Editing), (person("bob@acme.com"), Access::Review)];
        assert_eq!(room.members, members);
        let expires = Some(values::date("2027-01-31T00:00:00Z").expect("a date"));
        assert_eq!(room.link, Some(NewLink { access: Access::Read, expires }));
    }

    #[test]
    fn all_mistakes_of_all_rows_are_reported_together() {
        let long = "x".repeat(171);
        let text = format!(
            "title,type,color,indexing,quota,members,link,link-expires\nA,custm,red,maybe,much,ann:read,some,soon\n\
             {long},,,,,\"a@b.c, a@b.c:read A@b.c:edit a@b.c:read A@B.C:read\",,30days\nA,public,,,,a@b.c:read,\
             content-creator,\n,ai,,,,,read,\n"
        );
        let failure = parsed(&text, &Defaults::default()).expect_err("mistakes");
        let expected = format!(
            "a.csv has 18 mistakes, so nothing was changed:
  line 2, type `custm`: use one of filling-forms, editing, custom, public, virtual-data, ai
  line 2, color `red`: write six hexadecimal digits, such as FF5733
  line 2, quota `much`: not a size: use a form such as 500MiB or 2GB, or `unlimited`
  line 2, indexing `maybe`: use one of on, off
  line 2, members `ann:read`: not a person: use an e-mail address, or an id (see `docspace people list`)
  line 2, link `some`: use one of read, comment, review, fill-forms, editing, content-creator
  line 2, link-expires `soon`: not a date: use a form such as 2027-01-31 or 2027-01-31T18:00, or a time from now \
             such as 30days or 3months
  line 3, title `{long}`: it has 171 characters; at most 170 are allowed"
        );
        let (start, rest) = failure.message().split_at(expected.len());
        assert_eq!(start, expected);
        let reasons = [
            "line 3, type: write a type, or add --type to the command",
            "line 3, members `a@b.c`: write the access after a colon, as in ann@acme.com:read",
            "line 3, members `A@b.c:edit`: use one of room-manager, content-creator, editing, review, comment, \
             fill-forms, read",
            "line 3, members `A@B.C:read`: the person is in the cell twice",
            "line 3, link-expires `30days`: the cell `link` is empty",
            "line 4, title `A`: line 2 has the same title, and rows are recognized by their titles",
            "line 4, members `a@b.c:read`: a member of a room of the type public has one of room-manager, \
             content-creator",
            "line 4, link `content-creator`: a link of a room of the type public has one of editing, fill-forms",
            "line 5, title: it is empty",
        ];
        for reason in reasons {
            assert!(rest.contains(reason), "{reason}\n{rest}");
        }
    }
}
