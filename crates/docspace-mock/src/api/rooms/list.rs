//! `GET files/rooms`: order and pages (docs/portal/lists.md#sort-orders).

use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::rooms::filter::Filter;
use crate::api::sorting::saved_order;
use crate::collation::{fold, natural_key};
use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::entries::FolderType;
use crate::state::rooms::{Area, Room};
use crate::view::folder::{self, AnswerKind, Folder, RoomViews};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Contents<'a> {
    files: [(); 0],
    folders: Page<'a>,
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
    folder_type: FolderType,
}

/// The rooms of the page. Each view is created when it is written, to keep few of them in memory.
struct Page<'a> {
    rooms: &'a [Listed<'a>],
    views: RefCell<RoomViews<'a>>,
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut views = self.views.borrow_mut();
        serializer.collect_seq(self.rooms.iter().map(|listed| views.of(listed.room)))
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(&mut call.query)?;
    let (order, descending) = saved_order(call);
    let (areas, current) = filter.areas();
    let (me, admin) = (call.me(), call.my_role().is_admin());
    let portal = &*call.portal;
    let account = portal.people.get(me);
    // Admins see every room that is not a template.
    let sees_all = admin && current != Area::Templates;
    let kind = if areas.len() > 1 { AnswerKind::ListedWithArchive } else { AnswerKind::Listed };
    let can_read = |room: &Room| sees_all || portal.permissions_of(account, room, None).can_read(room);
    // Whether the caller sees a room in lists (docs/portal/lists.md#visible-rooms).
    let is_listed = |room: &&Room| areas.contains(&room.area) && can_read(room);
    let mut rooms: Vec<Listed<'_>> = portal
        .rooms
        .iter()
        .filter(is_listed)
        .filter(|room| filter.matches(portal, room, admin))
        .map(|room| Listed {
            room,
            is_pinned: filter.pinned_first() && room.pinned_by.contains(&me),
            key: key(portal, room, &order),
            title: OnceCell::new(),
        })
        .collect();
    let total = rooms.len();
    // Only the rooms up to the end of the page are sorted.
    let end = filter.start + filter.count;
    let compare = |left: &Listed<'_>, right: &Listed<'_>| left.compare(right, descending);
    if end < total {
        rooms.select_nth_unstable_by(end, compare);
        rooms.truncate(end);
    }
    rooms.sort_unstable_by(compare);
    let page = rooms.get(filter.start..).unwrap_or_default();
    let contents = Contents {
        files: [],
        count: page.len(),
        folders: Page { rooms: page, views: RoomViews::new(portal, call.viewer(), kind).into() },
        current: folder::root(portal, current, Some(me), Some(page.len())),
        path_parts: [PathPart { id: current.root(), title: current.title(), folder_type: current.folder_type() }],
        start_index: filter.start,
        total,
        new: unmuted_news(portal, me),
    };
    Ok(Reply::one(&contents))
}

/// The number of news in the rooms that the caller did not mute.
fn unmuted_news(portal: &Portal, me: Uuid) -> i64 {
    let counted = portal.new_files(me).into_iter().filter(|new| !portal.news.is_muted(me, new.room.id));
    i64::try_from(counted.count()).unwrap_or(i64::MAX)
}

/// The value that a list is sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Date(DateTime<Utc>),
    Number(i64),
    Text(String),
}

/// A room in the list.
struct Listed<'a> {
    room: &'a Room,
    is_pinned: bool,
    key: Key,
    /// The sort key of the title, which only rooms with equal keys need.
    title: OnceCell<String>,
}

impl Listed<'_> {
    fn title(&self) -> &str {
        self.title.get_or_init(|| natural_key(&self.room.title))
    }

    /// Pinned rooms come first. Rooms with equal keys are sorted by title, ascending even in a
    /// descending list (docs/portal/lists.md#sort-orders).
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let keys = self.key.cmp(&other.key);
        (other.is_pinned.cmp(&self.is_pinned))
            .then(if descending { keys.reverse() } else { keys })
            .then_with(|| self.title().cmp(other.title()))
            .then(self.room.id.cmp(&other.room.id))
    }
}

fn key(portal: &Portal, room: &Room, order: &str) -> Key {
    let author = || portal.people.get(room.owner).map(|person| fold(&person.display_name())).unwrap_or_default();
    match order {
        "DateAndTime" => Key::Date(dates::whole_seconds(room.updated)),
        "DateAndTimeCreation" => Key::Date(dates::whole_seconds(room.created)),
        "Author" => Key::Text(author()),
        "RoomType" | "Type" => Key::Text(room.room_type.name().unwrap_or_default().to_owned()),
        "Tags" => Key::Text(tag_key(portal, room)),
        "Size" | "UsedSpace" => Key::Number(room.used_space()),
        _ => Key::Text(natural_key(&room.title)),
    }
}

fn tag_key(portal: &Portal, room: &Room) -> String {
    let mut names: Vec<&str> = room.tags.iter().filter_map(|id| portal.tags.name(*id)).collect();
    names.sort_unstable();
    names.join(",").to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Request;
    use crate::state::room_types::RoomType;

    #[test]
    fn titles_are_compared_only_if_the_keys_are_equal() {
        let mut portal = Portal::new();
        let owner = portal.people.owner();
        let mut room = |title: &str| portal.new_room(title.into(), RoomType::CUSTOM, owner);
        let (one, two) = (room("b"), room("a"));
        let listed = |room, key| Listed { room, is_pinned: false, key, title: OnceCell::new() };
        let (left, right) = (listed(&one, Key::Number(1)), listed(&two, Key::Number(2)));
        assert_eq!(left.compare(&right, false), Ordering::Less);
        assert_eq!(left.compare(&right, true), Ordering::Greater);
        assert!(left.title.get().is_none(), "the sort key of a title is slow");
        assert_eq!(left.compare(&listed(&two, Key::Number(1)), true), Ordering::Greater);
    }

    #[test]
    fn pages_together_are_the_whole_list() {
        let mut portal = Portal::new();
        let bearer = format!("Bearer {}", portal.key("owner").expect("a key"));
        let mut call = |request: Request| portal.handle(&request.header("Authorization", &bearer)).json();
        for number in 0..23 {
            let body =
                json!({"title": format!("Room {}", number % 7), "roomType": 5, "tags": [format!("t{}", number % 3)]});
            call(Request::new("POST", "/api/2.0/files/rooms").json(&body)).expect("JSON");
        }
        let mut ids = |query: String| -> Vec<i64> {
            let body = call(Request::new("GET", &format!("/api/2.0/files/rooms?{query}"))).expect("JSON");
            let rooms = body["response"]["folders"].as_array().expect("rooms").iter();
            rooms.map(|room| room["id"].as_i64().expect("an id")).collect()
        };
        for order in ["sortBy=DateAndTime", "sortBy=AZ&sortOrder=descending", "sortBy=Tags"] {
            let whole = ids(order.to_owned());
            let pages = (0..6).flat_map(|page| ids(format!("{order}&count=4&startIndex={}", page * 4)));
            assert_eq!(pages.collect::<Vec<_>>(), whole, "{order}");
            assert_eq!(whole.len(), 23);
        }
    }
}
