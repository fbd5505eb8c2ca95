//! Lists of rooms, page by page.

use std::sync::Arc;

use docspace_api::types::{PersonId, Room, SortBy};
use docspace_api::{ClientRoomsExt, RoomType, SearchArea, SortOrder, SubjectFilter};
use futures::stream::TryStreamExt;

use crate::error::{Call, Result};
use crate::pages::{self, PAGE, Page};
use crate::portal::Portal;
use crate::runtime::{BoxFuture, BoxStream};

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
        let list = Arc::new(self);
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Room>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(start, PAGE).await })
        };
        pages::stream(fetch, |room| room.id.clone())
    }

    /// All of the rooms at once.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn all(self) -> Result<Vec<Room>> {
        self.stream().try_collect().await
    }

    /// How many rooms there are, without reading them.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn total(self) -> Result<i64> {
        Ok(self.page(0, 1).await?.total.unwrap_or_default())
    }

    async fn page(&self, start: i32, count: i32) -> Result<Page<Room>> {
        let mut request = self.portal.api().list_rooms().count(count).start_index(start).search_area(self.area);
        if !self.kinds.is_empty() {
            request = request.type_(self.kinds.clone());
        }
        if !self.tags.is_empty() {
            // A JSON array in one parameter is what the portal takes (portal-facts 9).
            request = request.tags(serde_json::json!(self.tags).to_string());
        }
        if let Some(text) = &self.search {
            request = request.filter_value(text.clone());
        }
        if let Some(person) = self.member {
            request = request.subject_id(person).subject_filter(SubjectFilter::Member);
        } else if let Some(person) = self.owner {
            request = request.subject_owner_id(person);
        }
        if let Some((by, order)) = self.sort {
            request = request.sort_by(by).sort_order(order);
        }
        let call = Call::new("list_rooms", if start == 0 { String::new() } else { format!("from {start}") });
        let page = call.response(request.send().await, |envelope| envelope.response).await?;
        Ok(Page { items: page.folders, total: Some(i64::from(page.total)) })
    }
}
