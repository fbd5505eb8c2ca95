//! Lists of rooms, page by page.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use docspace_api::types::{PersonId, Room, RoomGroupId, SortBy};
use docspace_api::{
    ClientRoomsExt, ProviderFilter, QuotaFilter, RoomType, SearchArea, SortOrder, StorageFilter, SubjectFilter,
};
use futures::stream::TryStreamExt;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer;
use crate::support::pages::{self, PAGE, Page};

/// A list of rooms: narrow it down, then read it. Made by [`Rooms::list`](crate::rooms::Rooms::list).
///
/// ```
/// use docspace::RoomType;
/// use futures::TryStreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # portal.rooms().create("Audit 2026", RoomType::Custom).tags(["audit"]).send().await?;
/// let audits = portal.rooms().list().kind(RoomType::Custom).tag("audit");
/// assert_eq!(audits.clone().total().await?, 1);
///
/// let mut rooms = audits.stream();
/// while let Some(room) = rooms.try_next().await? {
///     println!("{} {}", room.id, room.title);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListRooms {
    portal: Portal,
    area: SearchArea,
    kinds: Vec<RoomType>,
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

/// What a person is to the rooms that are looked for.
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
            kinds: Vec::new(),
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

    /// Only rooms without any tag, whatever [`tag`](Self::tag) says.
    pub fn untagged(mut self) -> Self {
        self.untagged = true;
        self
    }

    /// Only rooms that this person owns. A list asks about one person in one way: of this, [`member`](Self::member),
    /// [`of`](Self::of) and [`not_of`](Self::not_of), what is called last holds.
    pub fn owner(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Owner));
        self
    }

    /// Only rooms that are shared with this person.
    pub fn member(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Member));
        self
    }

    /// Only rooms that this person owns or is a member of.
    pub fn of(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Either));
        self
    }

    /// Only rooms that this person neither owns nor is a member of.
    pub fn not_of(mut self, person: PersonId) -> Self {
        self.person = Some((person, Role::Neither));
        self
    }

    /// Only rooms of this room group. A group that does not exist has none.
    pub fn group(mut self, group: RoomGroupId) -> Self {
        self.group = Some(group);
        self
    }

    /// Only rooms with the portal's default quota, or with one of their own. A portal ignores this for all but
    /// administrators.
    pub fn quota(mut self, quota: QuotaFilter) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Only rooms in the portal's own storage, or in that of third parties.
    pub fn storage(mut self, storage: StorageFilter) -> Self {
        self.storage = Some(storage);
        self
    }

    /// Only rooms in the storage of this provider.
    pub fn provider(mut self, provider: ProviderFilter) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Orders the list. The portal remembers this as the caller's default order, in its own pages too, so ask only when
    /// that is wanted.
    pub fn sort(mut self, by: SortBy, order: SortOrder) -> Self {
        self.sort = Some((by, order));
        self
    }

    /// The rooms as they come, pinned ones first. A page is read when the one before is used up. No room comes twice,
    /// although a portal can list one twice when the list changes meanwhile, and none is passed over when rooms leave the
    /// list, as when each is archived as it comes. What changes their order can hide some: take [`all`](Self::all) first.
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

    /// The room of exactly this title, if there is one. A portal changes some characters of a title when it stores it, so
    /// both the title that was asked for and the one that was stored find the room.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let closed = portal.rooms().list().archived().find("Audit 2025").await?;
    /// assert!(closed.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank title; `Conflict` when several rooms have it, as a portal lets them.
    pub async fn find(self, title: &str) -> Result<Option<Room>> {
        let stored = input::as_stored(input::room_title(title)?);
        let call = Call::new("find_room", format!("`{stored}`"));
        let mut found = self.search(stored.clone()).all().await?;
        found.retain(|room| room.title == stored);
        if found.len() > 1 {
            let ids: Vec<String> = found.iter().map(|room| room.id.to_string()).collect();
            return Err(Error::new(ErrorKind::Conflict, format!("{} have this title", ids.len()))
                .of(&call)
                .advise(format!("take one by its id: {}", ids.join(", "))));
        }
        Ok(found.pop())
    }

    /// How many rooms there are, without reading them.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn total(self) -> Result<i64> {
        Ok(self.page(0, 1).await?.total.unwrap_or_default())
    }

    /// The first of them. All that are pinned are there, as pinned ones come first.
    pub(super) async fn first_page(self) -> Result<Vec<Room>> {
        Ok(self.page(0, PAGE).await?.items)
    }

    /// All rooms, and the portal's time when the listing began, if the answer has it.
    pub(super) async fn all_at(self) -> Result<(Vec<Room>, Option<DateTime<Utc>>)> {
        let (first, date) = self.page_at(0, PAGE).await?;
        let is_all =
            first.total.is_none_or(|total| usize::try_from(total).is_ok_and(|total| total <= first.items.len()));
        Ok((if is_all { first.items } else { self.all().await? }, date))
    }

    async fn page(&self, start: i32, count: i32) -> Result<Page<Room>> {
        Ok(self.page_at(start, count).await?.0)
    }

    async fn page_at(&self, start: i32, count: i32) -> Result<(Page<Room>, Option<DateTime<Utc>>)> {
        let mut request = self.portal.api().list_rooms().count(count).start_index(start).search_area(self.area);
        if !self.kinds.is_empty() {
            request = request.type_(self.kinds.clone());
        }
        if self.untagged {
            request = request.without_tags(true);
        } else if !self.tags.is_empty() {
            // A JSON array in one parameter is what the portal takes (portal-facts 9).
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
        let call = Call::new("list_rooms", if start == 0 { String::new() } else { format!("from {start}") });
        let answer = request.send().await;
        let date = answer.as_ref().ok().and_then(|answer| lost_answer::date(answer.headers()));
        let page = call.response(answer, |envelope| envelope.response).await?;
        Ok((Page { items: page.folders, total: Some(i64::from(page.total)) }, date))
    }
}
