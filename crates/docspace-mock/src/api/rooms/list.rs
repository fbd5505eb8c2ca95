//! GET files/rooms: filters, order, paging (portal-facts 9).

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::collation::{fold, natural_key};
use crate::portal::Portal;
use crate::state::access::ROOM_TYPES;
use crate::state::rooms::{Area, Room};
use crate::view::folder::{self, AnswerKind, Folder};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::query::Query;

const SEARCH_AREAS: [(&str, i64); 8] = [
    ("Active", 0),
    ("Archive", 1),
    ("Any", 2),
    ("RecentByLinks", 3),
    ("Templates", 4),
    ("Knowledge", 5),
    ("ResultStorage", 6),
    ("AiAgents", 7),
];
const ANY: i64 = 2;
const AI_AGENTS: i64 = 7;
const PROVIDERS: [(&str, i64); 10] = [
    ("None", 0),
    ("Box", 1),
    ("DropBox", 2),
    ("GoogleDrive", 3),
    ("kDrive", 4),
    ("OneDrive", 5),
    ("SharePoint", 6),
    ("WebDav", 7),
    ("Yandex", 8),
    ("Storage", 9),
];
const STORAGES: [(&str, i64); 3] = [("None", 0), ("Internal", 1), ("ThirdParty", 2)];
const QUOTAS: [(&str, i64); 3] = [("All", 0), ("Default", 1), ("Custom", 2)];
const SUBJECTS: [(&str, i64); 2] = [("Owner", 0), ("Member", 1)];
const DIRECTIONS: [(&str, i64); 2] = [("Ascending", 0), ("Descending", 1)];
/// SortedByType.
const ORDERS: [&str; 13] = [
    "DateAndTime",
    "AZ",
    "Size",
    "Author",
    "Type",
    "New",
    "DateAndTimeCreation",
    "RoomType",
    "Tags",
    "Room",
    "CustomOrder",
    "LastOpened",
    "UsedSpace",
];

/// The query, understood.
struct Filter {
    types: Vec<i64>,
    area: i64,
    subject: Option<Uuid>,
    subject_owner: Option<Uuid>,
    subject_filter: Option<i64>,
    exclude_subject: bool,
    without_tags: bool,
    tags: Option<Vec<String>>,
    provider: i64,
    quota: i64,
    storage: i64,
    count: usize,
    start: usize,
    text: String,
    group: Option<i64>,
}

impl Filter {
    fn read(query: &mut Query) -> Result<Self, Failure> {
        let types = query.enumerations("type", &ROOM_TYPES);
        let area = query.enumeration("searchArea", &SEARCH_AREAS).unwrap_or(0);
        let subject_filter = query.enumeration("subjectFilter", &SUBJECTS);
        let exclude_subject = query.boolean("excludeSubject").unwrap_or(false);
        let without_tags = query.boolean("withoutTags").unwrap_or(false);
        let provider = query.enumeration("provider", &PROVIDERS).unwrap_or(0);
        let quota = query.enumeration("quotaFilter", &QUOTAS).unwrap_or(0);
        let storage = query.enumeration("storageFilter", &STORAGES).unwrap_or(0);
        let count = query.ranged("count", 100, 1, 100);
        let start = query.int("startIndex").unwrap_or(0);
        let group = query.int("groupId");
        query.enumeration("sortOrder", &DIRECTIONS);
        query.done()?;
        // From here on the action runs, and what it throws is no validation error.
        let tags = query.text("tags").filter(|text| !text.is_empty()).map(|text| tag_names(&text)).transpose()?;
        let subject = guid(query, "subjectId")?;
        let subject_owner = guid(query, "subjectOwnerId")?.filter(|_| subject_filter.is_none());
        let start = usize::try_from(start).map_err(|_| {
            let text = format!(
                "from ('{start}') must be greater than or equal to '0'. (Parameter 'from')\nActual value was {start}."
            );
            Failure::Thrown(Exception::ArgumentOutOfRange, Message::Plain(text))
        })?;
        Ok(Self {
            types,
            area,
            subject,
            subject_owner,
            subject_filter,
            exclude_subject,
            without_tags,
            tags: tags.filter(|names| !names.is_empty()),
            provider,
            quota,
            storage,
            count: usize::try_from(count).unwrap_or(100),
            start,
            text: fold(query.text("filterValue").unwrap_or_default().trim()),
            group,
        })
    }

    /// The roots that are searched, and the one that is shown as `current`.
    fn areas(&self) -> (&'static [Area], Area) {
        match self.area {
            1 => (&[Area::Archive], Area::Archive),
            4 => (&[Area::Templates], Area::Templates),
            ANY => (&[Area::Active, Area::Archive], Area::Active),
            AI_AGENTS => (&[], Area::Active),
            _ => (&[Area::Active], Area::Active),
        }
    }

    fn takes(&self, portal: &Portal, room: &Room, admin: bool) -> bool {
        let of_type = self.types.is_empty() || self.types.contains(&room.room_type);
        let named = self.text.is_empty() || fold(&room.title).contains(&self.text);
        let stored_here = matches!(self.provider, 0 | 9) && self.storage != 2;
        let quota = match self.quota {
            1 if admin => room.quota.is_none(),
            2 if admin => room.quota.is_some(),
            _ => true,
        };
        let grouped = self
            .group
            .is_none_or(|id| portal.room_groups.iter().any(|group| group.id == id && group.rooms.contains(&room.id)));
        of_type && named && stored_here && quota && grouped && self.takes_tags(portal, room) && self.takes_subject(room)
    }

    fn takes_tags(&self, portal: &Portal, room: &Room) -> bool {
        if self.without_tags {
            return room.tags.is_empty();
        }
        let Some(wanted) = &self.tags else { return true };
        let names: Vec<String> = room.tags.iter().filter_map(|id| portal.tags.name(*id)).map(fold).collect();
        wanted.iter().any(|name| names.contains(&fold(name)))
    }

    fn takes_subject(&self, room: &Room) -> bool {
        if let Some(owner) = self.subject_owner {
            return (room.owner == owner) != self.exclude_subject;
        }
        let Some(subject) = self.subject else { return true };
        let owns = room.owner == subject;
        let belongs = room.members.iter().any(|member| member.subject == subject);
        let meant = match self.subject_filter {
            Some(0) => owns,
            Some(_) => belongs,
            None => owns || belongs,
        };
        meant != self.exclude_subject
    }
}

/// `tags` is a JSON array in a string; what is none is a 500 [R rooms/list].
fn tag_names(text: &str) -> Result<Vec<String>, Failure> {
    serde_json::from_str(text).map_err(|_| {
        let first = text.chars().next().unwrap_or(' ');
        let text =
            format!("'{first}' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0.");
        Failure::Thrown(Exception::Json, Message::Plain(text))
    })
}

fn guid(query: &Query, name: &str) -> Result<Option<Uuid>, Failure> {
    let Some(text) = query.text(name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let unreadable = |_| Failure::Thrown(Exception::Format, Message::plain("Unrecognized Guid format."));
    Uuid::try_parse(&text).map(Some).map_err(unreadable)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Contents {
    files: [(); 0],
    folders: Vec<Folder>,
    current: Folder,
    path_parts: [PathPart; 1],
    start_index: usize,
    count: usize,
    total: usize,
    new: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PathPart {
    id: i64,
    title: &'static str,
    folder_type: i64,
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(&mut call.query)?;
    let (order, descending) = remembered_order(call);
    let (areas, current) = filter.areas();
    let (me, admin) = (call.me(), call.my_role().is_admin());
    let portal = &*call.portal;
    let seen = |room: &&Room| areas.contains(&room.area) && is_listed(portal, room, me);
    let mut rooms: Vec<&Room> =
        portal.rooms.iter().filter(seen).filter(|room| filter.takes(portal, room, admin)).collect();
    // Asking for the portal's own storage switches the pinned-first off (portal-facts 9).
    let pins_first = filter.provider != 9;
    rooms.sort_by_cached_key(|room| {
        let key = key(portal, room, &order);
        let key = if descending { Place::Last(Reverse(key)) } else { Place::First(key) };
        let pinned = pins_first && room.pinned_by.contains(&me);
        // Equal keys: by title, ascending also in a descending list (portal-facts 9).
        (!pinned, key, natural_key(&room.title), room.id)
    });
    let total = rooms.len();
    let page: Vec<Folder> = rooms
        .into_iter()
        .skip(filter.start)
        .take(filter.count)
        .map(|room| folder::room(portal, room, call.viewer(), AnswerKind::Listed))
        .collect();
    let contents = Contents {
        files: [],
        count: page.len(),
        folders: page,
        current: folder::root(portal, current, Some(me), true),
        path_parts: [PathPart { id: current.root(), title: current.title(), folder_type: current.folder_type() }],
        start_index: filter.start,
        total,
        new: 0,
    };
    Ok(Reply::one(&contents))
}

/// Whether a room is in somebody's lists at all (portal-facts 9, Visibility).
fn is_listed(portal: &Portal, room: &Room, me: Uuid) -> bool {
    portal.standing(room, Some(me), None).can_read(room)
}

/// The order asked for, which stays the caller's order; without a known one, the order that stayed.
fn remembered_order(call: &mut Call<'_>) -> (String, bool) {
    let asked = call.query.text("sortBy").unwrap_or_default();
    let known = ORDERS.iter().find(|name| name.eq_ignore_ascii_case(asked.trim())).map(|name| (*name).to_owned());
    let numbered = || {
        let number = asked.trim().parse::<i32>().ok()?;
        let name = usize::try_from(number).ok().and_then(|index| ORDERS.get(index));
        Some(name.map_or_else(|| number.to_string(), |name| (*name).to_owned()))
    };
    let descending = call.query.enumeration("sortOrder", &DIRECTIONS) == Some(1);
    let me = call.me();
    let Some(person) = call.portal.people.get_mut(me) else { return ("DateAndTime".into(), true) };
    if let Some(order) = known.or_else(numbered) {
        person.order = Some((order, descending));
    }
    person.order.clone().unwrap_or_else(|| ("DateAndTime".into(), true))
}

/// What a list is ordered by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Date(DateTime<Utc>),
    Number(i64),
    Text(String),
}

/// A key in the direction asked for; one list has only one of them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    First(Key),
    Last(Reverse<Key>),
}

fn key(portal: &Portal, room: &Room, order: &str) -> Key {
    let author = || portal.people.get(room.owner).map(|person| fold(&person.display_name())).unwrap_or_default();
    match order {
        "DateAndTime" => Key::Date(room.updated),
        "DateAndTimeCreation" => Key::Date(room.created),
        "Author" => Key::Text(author()),
        "RoomType" | "Type" => Key::Text(type_name(room).to_owned()),
        "Tags" => Key::Text(tag_key(portal, room)),
        "Size" | "UsedSpace" => Key::Number(room.used_space()),
        _ => Key::Text(natural_key(&room.title)),
    }
}

fn type_name(room: &Room) -> &'static str {
    ROOM_TYPES.iter().find(|(_, number)| *number == room.room_type).map_or("", |(name, _)| name)
}

fn tag_key(portal: &Portal, room: &Room) -> String {
    let mut names: Vec<&str> = room.tags.iter().filter_map(|id| portal.tags.name(*id)).collect();
    names.sort_unstable();
    names.join(",").to_lowercase()
}
