//! The filters of `GET files/rooms` (docs/portal/lists.md#listing-rooms).

use uuid::Uuid;

use crate::api::sorting::SortOrder;
use crate::collation::fold;
use crate::numbered::numbered;
use crate::portal::Portal;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::query::Query;

numbered! {
    /// The root folders to search (SearchArea).
    SearchArea {
        ACTIVE = 0 "Active",
        ARCHIVE = 1 "Archive",
        ANY = 2 "Any",
        RECENT_BY_LINKS = 3 "RecentByLinks",
        TEMPLATES = 4 "Templates",
        KNOWLEDGE = 5 "Knowledge",
        RESULT_STORAGE = 6 "ResultStorage",
        AI_AGENTS = 7 "AiAgents",
    }
}

numbered! {
    /// The provider of the storage of a room (ProviderFilter).
    Provider {
        NONE = 0 "None",
        BOX = 1 "Box",
        DROP_BOX = 2 "DropBox",
        GOOGLE_DRIVE = 3 "GoogleDrive",
        K_DRIVE = 4 "kDrive",
        ONE_DRIVE = 5 "OneDrive",
        SHARE_POINT = 6 "SharePoint",
        WEB_DAV = 7 "WebDav",
        YANDEX = 8 "Yandex",
        /// The portal's own storage.
        STORAGE = 9 "Storage",
    }
}

numbered! {
    /// Where a room is stored (StorageFilter).
    StorageFilter {
        NONE = 0 "None",
        INTERNAL = 1 "Internal",
        THIRD_PARTY = 2 "ThirdParty",
    }
}

numbered! {
    /// Whether a room has its own quota (QuotaFilter).
    QuotaFilter {
        ALL = 0 "All",
        DEFAULT = 1 "Default",
        CUSTOM = 2 "Custom",
    }
}

numbered! {
    /// The relation of a person to a room (SubjectFilter).
    SubjectFilter {
        OWNER = 0 "Owner",
        MEMBER = 1 "Member",
    }
}

/// The filters in the query.
pub(super) struct Filter {
    types: Vec<RoomType>,
    area: SearchArea,
    subject: Option<Uuid>,
    subject_owner: Option<Uuid>,
    subject_filter: Option<SubjectFilter>,
    exclude_subject: bool,
    without_tags: bool,
    tags: Option<Vec<String>>,
    provider: Provider,
    quota: QuotaFilter,
    storage: StorageFilter,
    pub(super) count: usize,
    pub(super) start: usize,
    text: String,
    group: Option<i64>,
}

impl Filter {
    pub(super) fn read(query: &mut Query) -> Result<Self, Failure> {
        let types = query.enumerations("type");
        let area = query.enumeration("searchArea").unwrap_or(SearchArea::ACTIVE);
        let subject_filter = query.enumeration("subjectFilter");
        let exclude_subject = query.boolean("excludeSubject").unwrap_or(false);
        let without_tags = query.boolean("withoutTags").unwrap_or(false);
        let provider = query.enumeration("provider").unwrap_or(Provider::NONE);
        let quota = query.enumeration("quotaFilter").unwrap_or(QuotaFilter::ALL);
        let storage = query.enumeration("storageFilter").unwrap_or(StorageFilter::NONE);
        let count = query.ranged("count", 100, 1, 100);
        let start = query.int("startIndex").unwrap_or(0);
        let group = query.int("groupId");
        query.enumeration::<SortOrder>("sortOrder");
        query.finish()?;
        // The action runs from here on, so its failures are exceptions and not validation errors.
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

    /// The root folders to search, and the one that the answer contains as `current`.
    pub(super) fn areas(&self) -> (&'static [Area], Area) {
        match self.area {
            SearchArea::ARCHIVE => (&[Area::Archive], Area::Archive),
            SearchArea::TEMPLATES => (&[Area::Templates], Area::Templates),
            SearchArea::ANY => (&[Area::Active, Area::Archive], Area::Active),
            SearchArea::AI_AGENTS => (&[], Area::Active),
            _ => (&[Area::Active], Area::Active),
        }
    }

    pub(super) fn matches(&self, portal: &Portal, room: &Room, admin: bool) -> bool {
        let of_type = self.types.is_empty() || self.types.contains(&room.room_type);
        let named = self.text.is_empty() || fold(&room.title).contains(&self.text);
        let stored_here =
            matches!(self.provider, Provider::NONE | Provider::STORAGE) && self.storage != StorageFilter::THIRD_PARTY;
        let quota = match self.quota {
            QuotaFilter::DEFAULT if admin => room.quota.is_none(),
            QuotaFilter::CUSTOM if admin => room.quota.is_some(),
            _ => true,
        };
        let grouped = self
            .group
            .is_none_or(|id| portal.room_groups.iter().any(|group| group.id == id && group.rooms.contains(&room.id)));
        of_type
            && named
            && stored_here
            && quota
            && grouped
            && self.matches_tags(portal, room)
            && self.matches_subject(room)
    }

    /// Whether pinned rooms come first. They do not with `provider=Storage`
    /// (docs/portal/lists.md#sort-orders).
    pub(super) fn pinned_first(&self) -> bool {
        self.provider != Provider::STORAGE
    }

    fn matches_tags(&self, portal: &Portal, room: &Room) -> bool {
        if self.without_tags {
            return room.tags.is_empty();
        }
        let Some(wanted) = &self.tags else { return true };
        let names: Vec<String> = room.tags.iter().filter_map(|id| portal.tags.name(*id)).map(fold).collect();
        wanted.iter().any(|name| names.contains(&fold(name)))
    }

    fn matches_subject(&self, room: &Room) -> bool {
        if let Some(owner) = self.subject_owner {
            return (room.owner == owner) != self.exclude_subject;
        }
        let Some(subject) = self.subject else { return true };
        let owns = room.owner == subject;
        let belongs = room.members.iter().any(|member| member.subject == subject);
        let found = match self.subject_filter {
            Some(SubjectFilter::OWNER) => owns,
            Some(_) => belongs,
            None => owns || belongs,
        };
        found != self.exclude_subject
    }
}

/// The names in `tags`, which is a JSON array in a string. Other text fails with 500
/// (docs/portal/lists.md#tags).
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
