//! The storage of rooms and of the portal, and how much of the limits it is.

use std::cmp::Reverse;
use std::sync::Arc;

use clap::ValueEnum;
use docspace::Room;
use serde_json::{Value, json};

use super::reader::{Reader, Selection, add_unread, reason};
use super::rules::{notable, on_request, room_name, unreadable};
use crate::failure::Failure;
use crate::output::{Bar, Field, Id, Record, Tone, size, size_text};
use crate::records::room::state as room_state;
use crate::report::{Chart, Color, Document, Figure, Finding, Part, Unread};
use crate::text::{counted, kebab, plain};

/// A rule for storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StorageRule {
    RoomNearlyFull,
    RoomOverQuota,
    RoomWithoutQuota,
    PortalNearlyFull,
    UnreadableRoom,
}

/// Limits from this number of bytes on mean that there is no limit. A portal reports 2^63 - 1.
const NO_LIMIT: i64 = 1 << 62;

/// The storage of a room or of the portal.
pub(crate) struct StorageLine {
    /// `None` for the portal.
    room: Option<Arc<Room>>,
    used: Option<i64>,
    limit: Option<i64>,
    /// Whether the used part of the limit is above `--over`.
    is_over: bool,
}

impl StorageLine {
    fn new(room: Option<Arc<Room>>, used: Option<i64>, limit: Option<i64>, over: u32) -> Self {
        let limit = limit.filter(|bytes| (0..NO_LIMIT).contains(bytes));
        let mut line = Self { room, used, limit, is_over: false };
        line.is_over = line.percent().is_some_and(|percent| percent > i64::from(over));
        line
    }

    /// The used part of the limit in percent. Anything is more than a limit of 0 bytes.
    fn percent(&self) -> Option<i64> {
        let (used, limit) = (self.used?, self.limit?);
        Some(if limit == 0 { if used > 0 { 100 } else { 0 } } else { used.saturating_mul(100) / limit })
    }

    fn is_over_limit(&self) -> bool {
        self.used.zip(self.limit).is_some_and(|(used, limit)| used > limit)
    }

    fn room(&self) -> Option<&Room> {
        self.room.as_deref()
    }

    fn title(&self) -> &str {
        self.room.as_ref().map_or("(the whole portal)", |room| &room.title)
    }

    fn describe(&self) -> String {
        let name = self.room.as_ref().map_or_else(|| "the portal".to_owned(), |room| room_name(room));
        let used = in_words(self.used.unwrap_or_default());
        match (self.limit, self.percent()) {
            (Some(limit), Some(percent)) => format!("{name}: {used} of {} ({percent} %)", in_words(limit)),
            _ => format!("{name}: {used}"),
        }
    }
}

/// Formats a number of bytes in a sentence.
fn in_words(count: i64) -> String {
    size_text(u64::try_from(count).unwrap_or_default())
}

impl Record for StorageLine {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("roomId", "Id of the room; null for the portal", &|line| {
            line.room().map(|room| Id::from(&room.id))
        })
        .never_cut()
        .priority(95)
        .tone(|_| Tone::Id),
        Field::<Self>::column("room", "Title of the room, or `(the whole portal)`", &|line| line.title().to_owned())
            .priority(90),
        Field::<Self>::column("type", "Type of the room; `portal` for the portal", &|line| {
            line.room().map_or("portal".to_owned(), |room| kebab(&room.room_type.to_string()))
        })
        .never_cut()
        .priority(20),
        Field::<Self>::column("used", "Used storage in bytes; null if it is not known", &|line| line.used)
            .never_cut()
            .priority(85)
            .shown(|line| size(line.used)),
        Field::<Self>::column("limit", "Storage limit in bytes; null without a limit", &|line| line.limit)
            .never_cut()
            .priority(70)
            .shown(|line| size(line.limit)),
        Field::<Self>::column("percent", "Used part of the limit in percent; null without a limit", &|line| {
            line.percent()
        })
        .never_cut()
        .priority(80)
        .shown(|line| json!(line.percent().map(|percent| format!("{percent} %"))))
        .tone(|line| if line.is_over { Tone::Bad } else { Tone::Plain }),
        Field::<Self>::detail("over", "Whether the used part is above --over", &|line| line.is_over),
        Field::<Self>::detail("files", "Number of files; null for the portal", &|line| {
            line.room().map(|room| room.files_count)
        }),
        Field::<Self>::detail("folders", "Number of folders; null for the portal", &|line| {
            line.room().map(|room| room.folders_count)
        }),
        Field::<Self>::detail("custom", "Whether the room has a limit of its own instead of the default", &|line| {
            line.room().and_then(|room| room.is_custom_quota)
        }),
        Field::<Self>::detail("roomState", "State of the room; null for the portal", &|line| {
            line.room().map(room_state)
        }),
    ];
}

/// Reads the storage of the rooms and of the portal. `over` is a part of the limit in percent.
pub(crate) async fn audit(
    reader: &Reader<'_>,
    selection: Selection,
    over: u32,
) -> Result<Document<StorageLine>, Failure> {
    let (rooms, about) = reader.rooms(selection).await?;
    let mut unread = Vec::new();
    let portal = portal(reader, over, &mut unread).await?;
    let mut lines = Vec::with_capacity(rooms.len() + 1);
    for room in rooms {
        if room.used_space.is_none() {
            let reason = "only the owner, the managers and the content creators of a room can read it".to_owned();
            add_unread(&mut unread, "used space", reason, room_name(&room));
        }
        let (used, limit) = (room.used_space, room.quota_limit);
        lines.push(StorageLine::new(Some(Arc::new(room)), used, limit, over));
    }
    lines.sort_by_key(|line| Reverse(line.used));
    Ok(document(about, lines, portal, over, unread))
}

/// Reads the storage of the portal, which only its owner and its administrators can.
async fn portal(reader: &Reader<'_>, over: u32, unread: &mut Vec<Unread>) -> Result<Option<StorageLine>, Failure> {
    let _bar = Bar::start(reader.session.terminal, "reading the storage of the portal", 1);
    let portal = &reader.session.portal;
    // The number can have a fraction in JSON.
    let used = match portal.get::<Value>("portal/usedspace", &()).await {
        Ok(used) => used,
        Err(error) => {
            unread.push(Unread { part: "used space of the portal", reason: reason(error)?, rooms: Vec::new() });
            return Ok(None);
        }
    };
    let limit = match portal.get::<Value>("portal/quota", &()).await {
        Ok(quota) => bytes(&quota["maxTotalSize"]),
        Err(error) => {
            unread.push(Unread { part: "storage limit of the portal", reason: reason(error)?, rooms: Vec::new() });
            None
        }
    };
    Ok(Some(StorageLine::new(None, bytes(&used), limit, over)))
}

/// Returns a number of bytes. A number that is too large becomes the largest one.
#[expect(clippy::cast_possible_truncation, reason = "a fraction of a byte has no meaning")]
fn bytes(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().map(|bytes| bytes as i64))
}

fn document(
    about: crate::report::About,
    rooms: Vec<StorageLine>,
    portal: Option<StorageLine>,
    over: u32,
    unread: Vec<Unread>,
) -> Document<StorageLine> {
    let total = rooms.iter().filter_map(|line| line.used).fold(0, i64::saturating_add);
    let is_over = rooms.iter().filter(|line| line.is_over).count();
    let are_limited = rooms.iter().any(|line| line.limit.is_some());
    let mut figures = vec![
        Figure::new(rooms.len(), "rooms"),
        Figure::new(in_words(total), "in these rooms"),
        Figure::alarm(is_over, "rooms are nearly full"),
    ];
    if let Some(used) = portal.as_ref().and_then(|portal| portal.used) {
        figures.push(Figure::new(in_words(used), "in the whole portal"));
    }
    let mut summary = vec![match are_limited {
        true => format!("A room is nearly full if it uses more than {over} % of its limit."),
        false => "No room has a limit, or you are not allowed to read the limits.".to_owned(),
    }];
    if let Some(portal) = &portal {
        summary.push(format!("{}.", portal.describe().replacen("the portal: ", "The whole portal uses ", 1)));
    }
    Document {
        title: "Storage audit",
        headline: headline(rooms.len(), is_over, are_limited, total, over),
        summary,
        figures,
        charts: charts(&rooms),
        findings: findings(&rooms, portal.as_ref(), &unread),
        about,
        unread,
        nouns: "rooms",
        hidden: &[],
        records: portal.into_iter().chain(rooms).collect(),
    }
}

fn headline(rooms: usize, is_over: usize, are_limited: bool, total: i64, over: u32) -> String {
    let all = counted(rooms, "room", "rooms");
    match is_over {
        1 => format!("1 of {all} uses more than {over} % of its limit"),
        2.. => format!("{is_over} of {all} use more than {over} % of their limits"),
        0 if are_limited => format!("No room uses more than {over} % of its limit"),
        0 => format!("{all} {} {}", if rooms == 1 { "uses" } else { "use" }, in_words(total)),
    }
}

fn charts(rooms: &[StorageLine]) -> Vec<Chart> {
    let color = |line: &StorageLine| match line {
        line if line.is_over_limit() => Color::Bad,
        line if line.is_over => Color::Warning,
        _ => Color::Accent,
    };
    let unsigned = |bytes: i64| u64::try_from(bytes).unwrap_or_default();
    let sizes = rooms.iter().filter_map(|line| {
        let used = line.used?;
        Some(Part { label: plain(line.title()), value: unsigned(used), text: in_words(used), color: color(line) })
    });
    let shares = rooms.iter().filter_map(|line| {
        let percent = line.percent()?;
        let text = format!("{percent} %");
        Some(Part { label: plain(line.title()), value: unsigned(percent), text, color: color(line) })
    });
    vec![
        Chart::bars("Storage by room", sizes.collect()),
        Chart::bars("Used part of the limit by room", shares.collect()),
    ]
}

fn findings(rooms: &[StorageLine], portal: Option<&StorageLine>, unread: &[Unread]) -> Vec<Finding> {
    let those = |is_meant: &dyn Fn(&StorageLine) -> bool| {
        rooms.iter().filter(|line| is_meant(line)).map(StorageLine::describe).collect::<Vec<_>>()
    };
    vec![
        notable(
            StorageRule::RoomOverQuota,
            "Rooms that use more than their limit",
            "Raise the limit with `docspace quotas set`, or delete files: uploads into these rooms fail.",
            those(&StorageLine::is_over_limit),
        ),
        notable(
            StorageRule::RoomNearlyFull,
            "Rooms that are nearly full",
            "Raise the limit with `docspace quotas set`, or delete files.",
            those(&|line| line.is_over && !line.is_over_limit()),
        ),
        notable(
            StorageRule::PortalNearlyFull,
            "The portal is nearly full",
            "Delete rooms that people no longer need, or get more storage.",
            portal.filter(|portal| portal.is_over).map(StorageLine::describe).into_iter().collect(),
        ),
        on_request(
            StorageRule::RoomWithoutQuota,
            "Rooms without a limit",
            "Set one with `docspace quotas set`.",
            those(&|line| line.used.is_some() && line.limit.is_none()),
        ),
        unreadable(StorageRule::UnreadableRoom, unread),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn used_parts_of_limits_are_compared_with_the_flag() {
        let line = |used, limit| StorageLine::new(None, Some(used), Some(limit), 80);
        assert_eq!((line(81, 100).is_over, line(80, 100).is_over), (true, false));
        assert_eq!((line(1, 0).percent(), line(0, 0).percent()), (Some(100), Some(0)));
        assert!(line(1, 0).is_over_limit() && !line(100, 100).is_over_limit());
        assert_eq!((line(5, -1).limit, line(5, i64::MAX).limit), (None, None));
        assert_eq!(line(1 << 30, 4 << 30).describe(), "the portal: 1.0 GiB of 4.0 GiB (25 %)");
    }

    #[test]
    fn headline_names_the_rooms_that_are_nearly_full() {
        assert_eq!(headline(12, 3, true, 0, 80), "3 of 12 rooms use more than 80 % of their limits");
        assert_eq!(headline(12, 0, true, 0, 80), "No room uses more than 80 % of its limit");
        assert_eq!(headline(1, 0, false, 2048, 80), "1 room uses 2.0 KiB");
    }
}
