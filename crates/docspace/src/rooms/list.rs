//! Lists of rooms.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use docspace_api::types::{PersonId, Room, RoomGroupId, SortBy};
use docspace_api::{
    ClientRoomsExt, ProviderFilter, QuotaFilter, RoomType, SearchArea, SortOrder, StorageFilter, SubjectFilter,
};
use futures::stream::TryStreamExt;

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer;
use crate::support::optional::optional_settings;
use crate::support::pages::{self, PAGE, Page, SmallId};

/// Lists rooms. Set filters if needed, then read the list, for example with [`all`](Self::all).
/// Returned by [`Rooms::list`](crate::rooms::Rooms::list).
///
/// A room must match all filters. By default, the list has all active rooms that the caller can
/// see, pinned rooms first, in the order that the caller last chose.
///
/// ```
/// use docspace::RoomType;
/// use futures::TryStreamExt;
///
/// # doc_examples::with_portal(async |portal| {
/// let audits = portal.rooms().list().room_type(RoomType::Custom).tag("audit");
/// println!("{} rooms", audits.clone().total().await?);
///
/// let mut rooms = audits.stream();
/// while let Some(room) = rooms.try_next().await? {
///     println!("{} {}", room.id, room.title);
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListRooms {
    portal: Portal,
    area: SearchArea,
    room_types: Vec<RoomType>,
    tags: Vec<String>,
    untagged: bool,
    search: Option<String>,
    person: Option<(PersonId, Role)>,
    group: Option<RoomGroupId>,
    quota: Option<QuotaFilter>,
    storage: Option<StorageFilter>,
    provider: Option<ProviderFilter>,
    sort: Option<(SortBy, SortOrder)>,
}

brief_debug!(ListRooms, |list| area: list.area);

optional_settings!(ListRooms);

/// The relation between a person and the rooms to list.
#[derive(Clone, Copy, Debug)]
enum Role {
    Owner,
    Member,
    Either,
    Neither,
}

impl ListRooms {
    pub(crate) fn new(portal: Portal) -> Self {
        Self {
            portal,
            area: SearchArea::Active,
            room_types: Vec::new(),
            tags: Vec::new(),
            untagged: false,
            search: None,
            person: None,
            group: None,
            quota: None,
            storage: None,
            provider: None,
            sort: None,
        }
    }

    /// Reads all rooms of the list.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `rooms` scope.
    pub async fn all(self) -> Result<Vec<Room>> {
        self.stream().try_collect().await
    }

    /// Returns the rooms as a stream, which requests a page of 100 rooms at a time. It requests the
    /// next page when half of a page is used up.
    ///
    /// - No room occurs twice, even if the list changes while it is read.
    /// - No room is skipped when others leave the list, for example because the loop archives them.
    /// - Changes of the order can hide rooms. If the loop changes what the list is sorted by, read
    ///   [`all`](Self::all) rooms first.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `rooms` scope.
    pub fn stream(self) -> BoxStream<'static, Result<Room>> {
        let list = Arc::new(self);
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Room>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(start, PAGE).await })
        };
        pages::stream(fetch, |room| SmallId::new(room.id.number(), &room.id))
    }

    /// Finds the room with exactly this title.
    ///
    /// The portal replaces some characters of a title when it stores it. Both the original and the
    /// stored title find the room.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// match portal.rooms().list().archived().find("Audit 2025").await? {
    ///     Some(room) => println!("the room is in the archive, with the id {}", room.id),
    ///     None => println!("the archive has no such room"),
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several rooms have this title. The error lists
    ///   their ids.
    pub async fn find(self, title: &str) -> Result<Option<Room>> {
        let stored = input::as_stored(input::room_title(title)?);
        let call = Call::new("find_room", format!("`{stored}`"));
        let mut found = self.search(stored.clone()).all().await?;
        found.retain(|room| room.title == stored);
        if found.len() > 1 {
            let ids: Vec<String> = found.iter().map(|room| room.id.to_string()).collect();
            return Err(Error::new(ErrorKind::Conflict, format!("{} rooms have this title", ids.len()))
                .of(&call)
                .advise(format!("use the id of one of them: {}", ids.join(", "))));
        }
        Ok(found.pop())
    }

    /// Counts the rooms without reading them.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `rooms` scope.
    pub async fn total(self) -> Result<u64> {
        Ok(self.page(0, 1).await?.count())
    }

    /// Lists archived rooms instead of active ones.
    pub fn archived(self) -> Self {
        self.area(SearchArea::Archive)
    }

    /// Lists only rooms of this type. Call it several times to list rooms of several types.
    pub fn room_type(mut self, room_type: RoomType) -> Self {
        self.room_types.push(room_type);
        self
    }

    /// Lists only rooms with this tag, ignoring case. Call it several times, or use
    /// [`tags`](Self::tags), to list rooms with at least one of several tags.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Lists only rooms with at least one of these tags, ignoring case. No tags change nothing.
    pub fn tags<T: AsRef<str>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags.extend(input::strings(tags));
        self
    }

    /// Lists only rooms whose title contains this text, ignoring case.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// Lists only rooms without tags. Tags set with [`tag`](Self::tag) are then ignored.
    pub fn untagged(mut self) -> Self {
        self.untagged = true;
        self
    }

    /// Lists only rooms that this person owns.
    ///
    /// A list has one filter for people. Of `owner`, [`member`](Self::member),
    /// [`involving`](Self::involving) and [`not_involving`](Self::not_involving), the last call
    /// counts.
    pub fn owner(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Owner));
        self
    }

    /// Lists only rooms that are shared with this person.
    pub fn member(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Member));
        self
    }

    /// Lists only rooms that this person owns or is a member of.
    pub fn involving(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Either));
        self
    }

    /// Lists only rooms that this person neither owns nor is a member of.
    pub fn not_involving(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Neither));
        self
    }

    /// Lists only rooms in this room group. A group that does not exist has no rooms.
    pub fn group(mut self, group: RoomGroupId) -> Self {
        self.group = Some(group);
        self
    }

    /// Lists only rooms with the portal's default quota, or only rooms with their own quota. Works
    /// for administrators of the portal only: the portal ignores this filter for other callers.
    pub fn quota(mut self, quota: QuotaFilter) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Lists only rooms in the portal's own storage, or only rooms in third-party storage.
    pub fn storage(mut self, storage: StorageFilter) -> Self {
        self.storage = Some(storage);
        self
    }

    /// Lists only rooms in the storage of this provider. With [`ProviderFilter::Storage`], pinned
    /// rooms do not come first.
    pub fn provider(mut self, provider: ProviderFilter) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Sets where to search: active rooms (the default), archived rooms, templates or another area.
    pub fn area(mut self, area: SearchArea) -> Self {
        self.area = area;
        self
    }

    /// Sorts the list. Pinned rooms come first in any order.
    ///
    /// **The portal saves this order as the caller's default**, which its web pages and later lists
    /// then use.
    pub fn sort(mut self, by: SortBy, order: SortOrder) -> Self {
        self.sort = Some((by, order));
        self
    }

    /// Reads the first 100 rooms. They include all pinned rooms, because pinned rooms come first.
    pub(super) async fn first_page(self) -> Result<Vec<Room>> {
        Ok(self.page(0, PAGE).await?.items)
    }

    /// Reads all rooms. Also returns the portal's time at the start, if the answer contains it.
    pub(super) async fn all_at(self) -> Result<(Vec<Room>, Option<DateTime<Utc>>)> {
        let (first, date) = self.page_at(0, PAGE).await?;
        let is_all =
            first.total.is_none_or(|total| usize::try_from(total).is_ok_and(|total| total <= first.items.len()));
        Ok((if is_all { first.items } else { self.all().await? }, date))
    }

    async fn page(&self, start: i32, count: i32) -> Result<Page<Room>> {
        Ok(Box::pin(self.page_at(start, count)).await?.0)
    }

    async fn page_at(&self, start: i32, count: i32) -> Result<(Page<Room>, Option<DateTime<Utc>>)> {
        let mut request = self.portal.api().list_rooms().count(count).start_index(start).search_area(self.area);
        if !self.room_types.is_empty() {
            request = request.type_(self.room_types.clone());
        }
        if self.untagged {
            request = request.without_tags(true);
        } else if !self.tags.is_empty() {
            // The portal accepts several tags only as a JSON array in one parameter
            // (docs/portal/lists.md#tags).
            request = request.tags(serde_json::json!(self.tags).to_string());
        }
        if let Some(text) = &self.search {
            request = request.filter_value(text.clone());
        }
        request = match self.person {
            Some((person, Role::Owner)) => request.subject_owner_id(person),
            Some((person, Role::Member)) => request.subject_id(person).subject_filter(SubjectFilter::Member),
            Some((person, Role::Either)) => request.subject_id(person),
            Some((person, Role::Neither)) => request.subject_id(person).exclude_subject(true),
            None => request,
        };
        if let Some(group) = self.group {
            request = request.group_id(group);
        }
        if let Some(quota) = self.quota {
            request = request.quota_filter(quota);
        }
        if let Some(storage) = self.storage {
            request = request.storage_filter(storage);
        }
        if let Some(provider) = self.provider {
            request = request.provider(provider);
        }
        if let Some((by, order)) = self.sort {
            request = request.sort_by(by).sort_order(order);
        }
        let call = Call::list_from("list_rooms", start);
        let answer = request.send().await;
        let date = answer.as_ref().ok().and_then(|answer| lost_answer::date(answer.headers()));
        let page = call.response(answer, |envelope| envelope.response).await?;
        Ok((Page { items: page.folders, total: Some(i64::from(page.total)) }, date))
    }
}
