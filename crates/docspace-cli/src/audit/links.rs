//! The links of rooms: who can open what without an account, and until when.

use std::sync::Arc;

use clap::ValueEnum;
use docspace::{Access, Room, RoomLink, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::reader::{Parts, Reader, RoomContent, Selection};
use super::rules::{notable, on_request, room_name, unreadable};
use crate::failure::Failure;
use crate::output::{Field, Id, Name, Record, Tone, local_time, optional_instant};
use crate::records::link::kind;
use crate::records::room::state as room_state;
use crate::report::{Chart, Color, Document, Figure, Finding, Part, Unread};
use crate::text::{counted, kebab, plain};

/// A rule for links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinkRule {
    ExpiredLink,
    ExpiringLink,
    LinkWithoutExpiry,
    LinkWithoutPassword,
    EditingLink,
    ExternalLink,
    UnreadableRoom,
}

/// When a link expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(crate) enum Expiry {
    #[serde(rename = "expired")]
    Expired,
    #[serde(rename = "expires-soon")]
    Soon,
    #[serde(rename = "expires-later")]
    Later,
    #[serde(rename = "never-expires")]
    Never,
}

impl Expiry {
    pub(super) const ALL: [Self; 4] = [Self::Expired, Self::Soon, Self::Later, Self::Never];

    pub(super) fn of(link: &RoomLink, now: Timestamp, soon: Timestamp) -> Self {
        match end(link) {
            _ if link.is_expired() => Self::Expired,
            None => Self::Never,
            Some(end) if end <= now => Self::Expired,
            Some(end) if end <= soon => Self::Soon,
            Some(_) => Self::Later,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Soon => "expires-soon",
            Self::Later => "expires-later",
            Self::Never => "never-expires",
        }
    }

    fn color(self) -> Color {
        match self {
            Self::Expired => Color::Quiet,
            Self::Soon => Color::Warning,
            Self::Later => Color::Good,
            Self::Never => Color::Bad,
        }
    }
}

/// Returns the time at which the link expires.
fn end(link: &RoomLink) -> Option<Timestamp> {
    link.expires().filter(|date| !date.is_unset())
}

/// A link of a room in the report.
pub(crate) struct LinkLine {
    room: Arc<Room>,
    link: RoomLink,
    expiry: Expiry,
    with_url: bool,
}

impl LinkLine {
    /// Whether the link opens the room without an account.
    fn is_external(&self) -> bool {
        !self.link.is_invitation() && !self.link.is_internal()
    }

    fn describe(&self) -> String {
        let Self { room, link, .. } = self;
        let access = kebab(&link.access.to_string());
        let until = match (self.expiry, end(link)) {
            (Expiry::Expired, Some(end)) => format!(", expired {}", local_time(end)),
            (_, Some(end)) => format!(", expires {}", local_time(end)),
            _ => String::new(),
        };
        format!("{}: {} link “{}” ({access}{until})", room_name(room), kind(link), plain(link.title()))
    }
}

impl Record for LinkLine {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("roomId", "Id of the room", &|line| Id::from(&line.room.id))
            .never_cut()
            .priority(75)
            .tone(|_| Tone::Id),
        Field::<Self>::column("room", "Title of the room", &|line| line.room.title.clone()).priority(92),
        Field::<Self>::column("roomType", "Type of the room", &|line| Name(line.room.room_type))
            .never_cut()
            .priority(20),
        Field::<Self>::column("kind", "Kind of the link", &|line| kind(&line.link)).never_cut().priority(50),
        Field::<Self>::column("title", "Title of the link", &|line| line.link.title().to_owned()).priority(91),
        Field::<Self>::column("access", "Access of those who use the link", &|line| Name(line.link.access))
            .never_cut()
            .priority(80),
        Field::<Self>::column("expires", "Time of expiry; null for a link that does not expire", &|line| {
            optional_instant(end(&line.link))
        })
        .never_cut()
        .priority(70),
        Field::<Self>::column("state", "Whether and when the link expires", &|line| line.expiry)
            .never_cut()
            .priority(90)
            .tone(|line| match line.expiry {
                Expiry::Expired => Tone::Dim,
                Expiry::Never => Tone::Bad,
                Expiry::Soon | Expiry::Later => Tone::Plain,
            }),
        Field::<Self>::column("password", "Whether the link has a password", &|line| line.link.password().is_some())
            .never_cut()
            .priority(40),
        Field::<Self>::column("internal", "Whether the link is only for people with an account", &|line| {
            line.link.is_internal()
        })
        .never_cut()
        .priority(30),
        Field::<Self>::column("url", "Address of the link; null without --with-urls", &|line| {
            line.with_url.then(|| line.link.url().to_owned())
        })
        .never_cut()
        .priority(100),
        Field::<Self>::detail("id", "Id of the link", &|line| line.link.id().0),
        Field::<Self>::detail("roomState", "State of the room", &|line| room_state(&line.room)),
        Field::<Self>::detail("denyDownload", "Whether visitors cannot download, copy or print", &|line| {
            line.link.denies_download()
        }),
        Field::<Self>::detail("uses", "Number of uses of an invitation link; null for other links", &|line| {
            line.link.uses()
        }),
        Field::<Self>::detail(
            "maxUses",
            "Maximum number of uses of an invitation link; null without a limit",
            &|line| line.link.max_uses(),
        ),
    ];
}

/// Reads the links of the rooms. Those that expire before `soon` expire soon.
pub(crate) async fn audit(
    reader: &Reader<'_>,
    selection: Selection,
    soon: Timestamp,
    with_urls: bool,
) -> Result<Document<LinkLine>, Failure> {
    let (rooms, about) = reader.rooms(selection).await?;
    let (contents, unread) = reader.contents(rooms, Parts::Links).await?;
    let now = Timestamp::now();
    let mut lines: Vec<_> = contents
        .iter()
        .flat_map(|content| {
            content.links.iter().map(|link| LinkLine {
                room: Arc::clone(&content.room),
                expiry: Expiry::of(link, now, soon),
                link: link.clone(),
                with_url: with_urls,
            })
        })
        .collect();
    lines.sort_by_key(|line| (line.expiry, end(&line.link)));
    let count = |expiry| lines.iter().filter(|line| line.expiry == expiry).count();
    let without_password = lines.iter().filter(|line| line.is_external() && line.link.password().is_none()).count();
    Ok(Document {
        title: "Link audit",
        headline: headline(lines.len(), count(Expiry::Never), count(Expiry::Soon), soon),
        summary: summary(&lines, soon, count),
        figures: vec![
            Figure::new(lines.len(), "links"),
            Figure::alarm(count(Expiry::Never), "never expire"),
            Figure::new(count(Expiry::Soon), "expire soon"),
            Figure::new(count(Expiry::Expired), "have expired"),
            Figure::alarm(without_password, "open without a password"),
        ],
        charts: charts(&lines),
        findings: findings(&lines, &contents, &unread),
        about,
        unread,
        nouns: "links",
        hidden: if with_urls { &[] } else { &["url"] },
        records: lines,
    })
}

fn headline(total: usize, never: usize, soon: usize, until: Timestamp) -> String {
    let links = counted(total, "link", "links");
    match (total, never, soon) {
        (0, ..) => "No links were found".to_owned(),
        (1, 1, _) => "The only link never expires".to_owned(),
        (_, 1, _) => format!("1 of {links} never expires"),
        (_, 1.., _) => format!("{never} of {links} never expire"),
        (_, _, 1..) => format!("{} of {links} will expire before {}", soon, local_time(until)),
        _ => format!("Every link has an expiry date ({links})"),
    }
}

fn summary(lines: &[LinkLine], soon: Timestamp, count: impl Fn(Expiry) -> usize) -> Vec<String> {
    let external = lines.iter().filter(|line| line.is_external() && line.expiry != Expiry::Expired).count();
    let verb = if external == 1 { "opens its room" } else { "open their rooms" };
    let links = counted(external, "working link", "working links");
    let mut sentences = vec![format!("{links} {verb} without an account.")];
    if count(Expiry::Soon) > 0 {
        sentences.push(format!("“Soon” means before {}.", local_time(soon)));
    }
    sentences
}

fn charts(lines: &[LinkLine]) -> Vec<Chart> {
    let by_expiry = Expiry::ALL.map(|expiry| {
        let count = lines.iter().filter(|line| line.expiry == expiry).count();
        Part::count(expiry.name().replace('-', " "), count, expiry.color())
    });
    let accesses =
        [Access::ContentCreator, Access::Editing, Access::FillForms, Access::Review, Access::Comment, Access::Read];
    let by_access = accesses.into_iter().zip(0..).map(|(access, number)| {
        let count = lines.iter().filter(|line| line.link.access == access).count();
        Part::count(kebab(&access.to_string()).replace('-', " "), count, Color::Number(number))
    });
    vec![
        Chart::parts("Links by expiry", by_expiry.into()),
        Chart::parts("Links by what they allow", by_access.collect()),
    ]
}

fn findings(lines: &[LinkLine], contents: &[RoomContent], unread: &[Unread]) -> Vec<Finding> {
    let those = |is_meant: &dyn Fn(&LinkLine) -> bool| {
        lines.iter().filter(|line| is_meant(line)).map(LinkLine::describe).collect::<Vec<_>>()
    };
    let works = |line: &LinkLine| line.is_external() && line.expiry != Expiry::Expired;
    vec![
        notable(
            LinkRule::LinkWithoutExpiry,
            "Links that never expire",
            "Set a date with `docspace links edit --expires`. The primary link of a public or form-filling room \
             cannot have one.",
            those(&|line| line.expiry == Expiry::Never),
        ),
        notable(
            LinkRule::LinkWithoutPassword,
            "External links without a password",
            "Set a password with `docspace links edit --password-stdin`.",
            those(&|line| works(line) && line.link.password().is_none()),
        ),
        notable(
            LinkRule::EditingLink,
            "External links that allow editing",
            "Give these people an account, or lower the access with `docspace links edit --access`.",
            those(&|line| works(line) && matches!(line.link.access, Access::Editing | Access::ContentCreator)),
        ),
        notable(
            LinkRule::ExpiringLink,
            "Links that expire soon",
            "Extend those that people still need with `docspace links edit --expires`.",
            those(&|line| line.expiry == Expiry::Soon),
        ),
        notable(
            LinkRule::ExpiredLink,
            "Expired links",
            "Revoke them with `docspace links revoke`.",
            those(&|line| line.expiry == Expiry::Expired),
        ),
        external(&those(&works), contents),
        unreadable(LinkRule::UnreadableRoom, unread),
    ]
}

/// Returns the finding for external links. The portal reports whether a room has one also to those
/// who cannot read its links.
fn external(described: &[String], contents: &[RoomContent]) -> Finding {
    let hidden = contents.iter().filter(|content| content.hides_links && content.room.shared_external);
    let hidden = hidden.map(|content| format!("{}: a link that you cannot read", room_name(&content.room)));
    on_request(
        LinkRule::ExternalLink,
        "External links, which open rooms without an account",
        "Revoke those that people no longer need with `docspace links revoke`.",
        described.iter().cloned().chain(hidden).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_names_the_most_urgent_number() {
        let until = "2027-01-31T18:00:00Z".parse().expect("a date");
        let words = |total, never, soon| headline(total, never, soon, until);
        assert_eq!(words(61, 14, 3), "14 of 61 links never expire");
        assert_eq!(words(61, 1, 3), "1 of 61 links never expires");
        assert!(words(2, 0, 1).starts_with("1 of 2 links will expire before 2027-01-31"));
        assert_eq!(words(2, 0, 0), "Every link has an expiry date (2 links)");
        assert_eq!(words(0, 0, 0), "No links were found");
    }
}
