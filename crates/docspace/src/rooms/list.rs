//! Lists of rooms, page by page.

use std::collections::{HashSet, VecDeque};

use docspace_api::types::{PersonId, Room, SortBy};
use docspace_api::{ClientRoomsExt, RoomId, RoomType, SearchArea, SortOrder, SubjectFilter};
use futures::stream::{BoxStream, StreamExt, TryStreamExt, try_unfold};

use crate::error::{Call, Result};
use crate::portal::Portal;

/// The most that a portal puts on a page.
const PAGE: i32 = 100;

/// A list of rooms: narrow it down, then read it. Made by [`Rooms::list`](crate::Rooms::list).
#[derive(Clone, Debug)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListRooms {
    portal: Portal,
    area: SearchArea,
    kinds: Vec<RoomType>,
    tags: Vec<String>,
    search: Option<String>,
    owner: Option<PersonId>,
    member: Option<PersonId>,
    sort: Option<(SortBy, SortOrder)>,
}

impl ListRooms {
    pub(crate) fn new(portal: Portal) -> Self {
        Self {
            portal,
            area: SearchArea::Active,
            kinds: Vec::new(),
            tags: Vec::new(),
            search: None,
            owner: None,
            member: None,
            sort: None,
        }
    }

    /// Looks elsewhere than among the active rooms.
    pub fn area(mut self, area: SearchArea) -> Self {
        self.area = area;
        self
    }

    /// Looks in the archive.
    pub fn archived(self) -> Self {
        self.area(SearchArea::Archive)
    }

    /// Only rooms of this type; called again, of any of them.
    pub fn kind(mut self, kind: RoomType) -> Self {
        self.kinds.push(kind);
        self
    }

    /// Only rooms with this tag, in any case; called again, with any of them.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Only rooms whose title contains this, in any case.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// Only rooms that this person owns.
    pub fn owner(mut self, person: PersonId) -> Self {
        self.owner = Some(person);
        self
    }

    /// Only rooms that are shared with this person.
    pub fn member(mut self, person: PersonId) -> Self {
        self.member = Some(person);
        self
    }

    /// Orders the list. The portal remembers this as the caller's default order, in its own pages too, so ask only when
    /// that is wanted.
    pub fn sort(mut self, by: SortBy, order: SortOrder) -> Self {
        self.sort = Some((by, order));
        self
    }

    /// The rooms as they come, pinned ones first. A page is read when the one before is used up, and no room comes
    /// twice, although a portal can list one twice when the list changes meanwhile.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    pub fn stream(self) -> BoxStream<'static, Result<Room>> {
        let start = Pages { list: self, read: VecDeque::new(), seen: HashSet::new(), next: Some(0) };
        try_unfold(start, |mut pages| async move { Ok(pages.next_room().await?.map(|room| (room, pages))) }).boxed()
    }

    /// All of the rooms at once.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn all(self) -> Result<Vec<Room>> {
        self.stream().try_collect().await
    }
}

struct Pages {
    list: ListRooms,
    read: VecDeque<Room>,
    seen: HashSet<RoomId>,
    /// Where the next page starts; none after the last.
    next: Option<i32>,
}

impl Pages {
    async fn next_room(&mut self) -> Result<Option<Room>> {
        loop {
            while let Some(room) = self.read.pop_front() {
                if self.seen.insert(room.id.clone()) {
                    return Ok(Some(room));
                }
            }
            let Some(start) = self.next else { return Ok(None) };
            self.read_page(start).await?;
        }
    }

    async fn read_page(&mut self, start: i32) -> Result<()> {
        let list = &self.list;
        let mut request = list.portal.api().list_rooms().count(PAGE).start_index(start).search_area(list.area);
        if !list.kinds.is_empty() {
            request = request.type_(list.kinds.clone());
        }
        if !list.tags.is_empty() {
            // A JSON array in one parameter is what the portal takes (portal-facts 9).
            request = request.tags(serde_json::json!(list.tags).to_string());
        }
        if let Some(text) = &list.search {
            request = request.filter_value(text.clone());
        }
        if let Some(person) = list.member {
            request = request.subject_id(person).subject_filter(SubjectFilter::Member);
        } else if let Some(person) = list.owner {
            request = request.subject_owner_id(person);
        }
        if let Some((by, order)) = list.sort {
            request = request.sort_by(by).sort_order(order);
        }
        let call = Call::new("list_rooms", format!("from {start}"));
        let page = call.response(request.send().await, |envelope| envelope.response).await?;
        let end = start.saturating_add(i32::try_from(page.folders.len()).unwrap_or(i32::MAX));
        self.next = Some(end).filter(|end| !page.folders.is_empty() && *end < page.total);
        self.read.extend(page.folders);
        Ok(())
    }
}
