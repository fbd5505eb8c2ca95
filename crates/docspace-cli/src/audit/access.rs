//! The members and links of rooms: who can open which room, and how.

use std::collections::HashSet;
use std::sync::Arc;

use clap::ValueEnum;
use docspace::members::Member;
use docspace::people::Profile;
use docspace::{Room, RoomLink, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::links::Expiry;
use super::reader::{Parts, Reader, RoomContent, Selection, by_room};
use super::rules::{notable, on_request, room_name, unreadable};
use crate::args::people::PersonName;
use crate::failure::Failure;
use crate::output::{Field, Id, Instant, Name, Record, Tone, optional_instant};
use crate::records::link::{LinkKind, kind};
use crate::records::person::{state, type_of};
use crate::records::room::state as room_state;
use crate::report::{About, Chart, Color, Document, Figure, Finding, Part, Unread};
use crate::text::{counted, kebab, plain};

/// A rule for the access to rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AccessRule {
    GuestInRoom,
    PendingMember,
    DisabledMember,
    GroupInRoom,
    ExternalLink,
    UnreadableRoom,
}

/// One way in which people can open a room.
pub(crate) struct AccessLine {
    room: Arc<Room>,
    way: Way,
}

enum Way {
    Member(Box<Member>),
    Link(Box<RoomLink>, Expiry),
}

impl AccessLine {
    fn person(&self) -> Option<&Profile> {
        match &self.way {
            Way::Member(member) => member.shared_to_user.as_ref(),
            Way::Link(..) => None,
        }
    }

    fn is_guest(&self) -> bool {
        matches!(&self.way, Way::Member(member) if member.is_guest())
    }

    fn is_group(&self) -> bool {
        matches!(&self.way, Way::Member(member) if member.is_group())
    }

    fn is_external_link(&self) -> bool {
        matches!(&self.way, Way::Link(link, expiry)
            if !link.is_invitation() && !link.is_internal() && *expiry != Expiry::Expired)
    }

    fn kind(&self) -> &'static str {
        match &self.way {
            Way::Member(member) if member.is_group() => "group",
            Way::Member(_) => "person",
            Way::Link(link, _) => match kind(link) {
                LinkKind::Invitation => "invitation-link",
                LinkKind::Primary => "primary-link",
                LinkKind::External => "external-link",
            },
        }
    }

    fn name(&self) -> Option<&str> {
        match &self.way {
            Way::Member(member) => member.name(),
            Way::Link(link, _) => Some(link.title()),
        }
    }

    fn email(&self) -> Option<&str> {
        self.person().and_then(|person| person.email.as_deref())
    }

    fn access(&self) -> String {
        match &self.way {
            Way::Member(member) if member.is_owner => "owner".to_owned(),
            Way::Member(member) => kebab(&member.access.to_string()),
            Way::Link(link, _) => kebab(&link.access.to_string()),
        }
    }

    fn state(&self) -> Option<String> {
        match &self.way {
            Way::Member(_) => self.person().map(|person| state(person).to_string()),
            Way::Link(_, expiry) => Some(expiry.name().to_owned()),
        }
    }

    fn id(&self) -> Option<Uuid> {
        match &self.way {
            Way::Member(member) => member.id().map(|id| id.0),
            Way::Link(link, _) => Some(link.id().0),
        }
    }

    fn expires(&self) -> Option<Instant> {
        match &self.way {
            Way::Member(_) => None,
            Way::Link(link, _) => optional_instant(link.expires()),
        }
    }

    fn describe(&self) -> String {
        let name = plain(self.name().unwrap_or("a person without a name"));
        // A person who has not accepted the invitation has the address as a name.
        let email = self.email().map(plain).filter(|email| *email != name);
        let email = email.map(|email| format!(" <{email}>")).unwrap_or_default();
        format!("{}: {name}{email} ({})", room_name(&self.room), self.access())
    }
}

impl Record for AccessLine {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("roomId", "Id of the room", &|line| Id::from(&line.room.id))
            .never_cut()
            .priority(95)
            .tone(|_| Tone::Id),
        Field::<Self>::column("room", "Title of the room", &|line| line.room.title.clone()).priority(85),
        Field::<Self>::column("roomType", "Type of the room", &|line| Name(line.room.room_type))
            .never_cut()
            .priority(20),
        Field::<Self>::column("kind", "Whether a person, a people group or a link has access", &|line| line.kind())
            .never_cut()
            .priority(60),
        Field::<Self>::column("name", "Name of the person or group, or title of the link", &|line| {
            line.name().map(str::to_owned)
        })
        .priority(90),
        Field::<Self>::column("email", "E-mail address; null for groups and links", &|line| {
            line.email().map(str::to_owned)
        })
        .never_cut()
        .priority(92),
        Field::<Self>::column("account", "Type of the account; null for groups and links", &|line| {
            line.person().and_then(type_of)
        })
        // A narrow table has no column `kind`, and a link must not look like a person.
        .shown(|line| match line.kind() {
            "person" => json!(line.person().and_then(type_of)),
            "group" => json!("(people group)"),
            kind => json!(format!("({})", kind.replace('-', " "))),
        })
        .never_cut()
        .priority(70),
        Field::<Self>::column("access", "Access to the room", &|line| line.access()).never_cut().priority(88),
        Field::<Self>::column("state", "State of the account, or expiry of the link; null for a group", &|line| {
            line.state()
        })
        .never_cut()
        .priority(50)
        .tone(|line| match line.state().as_deref() {
            Some("active" | "pending" | "expires-later" | "expires-soon") | None => Tone::Plain,
            Some("never-expires") => Tone::Bad,
            Some(_) => Tone::Dim,
        }),
        Field::<Self>::column("expires", "Time of expiry of a link; null otherwise", &AccessLine::expires)
            .never_cut()
            .priority(30),
        Field::<Self>::detail("id", "Id of the person, people group or link", &AccessLine::id),
        Field::<Self>::detail("roomState", "State of the room", &|line| room_state(&line.room)),
    ];
}

/// The person whose access is audited, if it is only one.
struct OnePerson {
    profile: Profile,
    groups: HashSet<docspace::people::PeopleGroupId>,
}

impl OnePerson {
    async fn find(name: &PersonName, reader: &Reader<'_>) -> Result<Self, Failure> {
        let profile = name.profile(&reader.session.portal).await?;
        let groups = profile.groups.iter().flatten().map(|group| group.id).collect();
        Ok(Self { profile, groups })
    }

    /// Whether the person can open a room as this member. The group of all people has no guests.
    fn is(&self, member: &Member) -> bool {
        match (&member.shared_to_user, &member.shared_to_group) {
            (Some(person), _) => person.id == self.profile.id,
            (_, Some(group)) => {
                let is_for_all = group.is_system == Some(true);
                self.groups.contains(&group.id) || (is_for_all && !self.profile.is_visitor)
            }
            _ => false,
        }
    }
}

/// Reads the members and links of the rooms or, for one person, only the members.
pub(crate) async fn audit(
    reader: &Reader<'_>,
    selection: Selection,
    soon: Timestamp,
    person: Option<&PersonName>,
) -> Result<Document<AccessLine>, Failure> {
    let person = match person {
        Some(name) => Some(OnePerson::find(name, reader).await?),
        None => None,
    };
    let (rooms, about) = reader.rooms(selection).await?;
    let parts = if person.is_some() { Parts::Members } else { Parts::MembersAndLinks };
    let (contents, unread) = reader.contents(rooms, parts).await?;
    let now = Timestamp::now();
    let mut lines = Vec::new();
    for RoomContent { room, members, links, .. } in &contents {
        let of_room = |way| AccessLine { room: Arc::clone(room), way };
        let is_meant = |member: &&Member| person.as_ref().is_none_or(|person| person.is(member));
        lines.extend(members.iter().filter(is_meant).map(|member| of_room(Way::Member(Box::new(member.clone())))));
        lines.extend(links.iter().map(|link| of_room(Way::Link(Box::new(link.clone()), Expiry::of(link, now, soon)))));
    }
    Ok(document(about, contents.len(), lines, &contents, unread, person.as_ref()))
}

fn document(
    about: About,
    rooms: usize,
    lines: Vec<AccessLine>,
    contents: &[RoomContent],
    unread: Vec<Unread>,
    person: Option<&OnePerson>,
) -> Document<AccessLine> {
    let people: HashSet<_> = lines.iter().filter_map(|line| line.person().map(|person| person.id)).collect();
    let guests: HashSet<_> =
        lines.iter().filter(|line| line.is_guest()).filter_map(|line| line.person().map(|person| person.id)).collect();
    let groups: HashSet<_> =
        lines.iter().filter(|line| line.is_group()).map(|line| line.name().unwrap_or_default()).collect();
    let links = lines.iter().filter(|line| matches!(line.way, Way::Link(..))).count();
    let reached = by_room(lines.iter().map(|line| &line.room));
    let headline = match person {
        Some(one) => {
            let name = plain(&one.profile.display_name);
            format!("{name} can open {} of {}", reached.len(), counted(rooms, "room", "rooms"))
        }
        None => headline(people.len(), groups.len(), links, rooms),
    };
    let summary = match person {
        Some(one) if one.profile.is_owner || one.profile.is_admin => {
            "This person administers the portal, and can also read the rooms that are not in the table.".to_owned()
        }
        Some(_) => "External links, which open rooms to everyone who has their address, are not counted.".to_owned(),
        None => "The owner of the portal and its administrators can read all rooms, also as non-members.".to_owned(),
    };
    let mut figures = vec![
        Figure::new(rooms, "rooms"),
        Figure::new(people.len(), "people"),
        Figure::new(guests.len(), "of them are guests"),
        Figure::new(groups.len(), "groups"),
        Figure::alarm(lines.iter().filter(|line| line.is_external_link()).count(), "links need no account"),
    ];
    if person.is_some() {
        figures = vec![Figure::new(rooms, "rooms"), Figure::new(reached.len(), "are open to this person")];
    }
    Document {
        title: "Access audit",
        headline,
        summary: vec![summary],
        figures,
        charts: if person.is_some() { Vec::new() } else { charts(&lines, reached) },
        findings: findings(&lines, contents, &unread),
        about,
        unread,
        nouns: "members and links",
        hidden: &[],
        records: lines,
    }
}

fn headline(people: usize, groups: usize, links: usize, rooms: usize) -> String {
    let people = counted(people, "person", "people");
    let ways = match (groups, links) {
        (0, 0) => people,
        (0, _) => format!("{people} and {}", counted(links, "link", "links")),
        (_, 0) => format!("{people} and {}", counted(groups, "group", "groups")),
        _ => format!("{people}, {} and {}", counted(groups, "group", "groups"), counted(links, "link", "links")),
    };
    format!("{ways} for {}", counted(rooms, "room", "rooms"))
}

fn charts(lines: &[AccessLine], by_room: Vec<(String, usize)>) -> Vec<Chart> {
    let count = |is_meant: &dyn Fn(&AccessLine) -> bool| lines.iter().filter(|line| is_meant(line)).count();
    let is = |line: &AccessLine, account: &str| line.person().and_then(type_of).map(|name| name.0) == Some(account);
    let kinds = vec![
        Part::count(
            "administrators of the portal",
            count(&|line| is(line, "owner") || is(line, "docspace-admin")),
            Color::Number(0),
        ),
        Part::count("room administrators", count(&|line| is(line, "room-admin")), Color::Number(1)),
        Part::count("users", count(&|line| is(line, "user")), Color::Number(2)),
        Part::count("guests", count(&AccessLine::is_guest), Color::Warning),
        Part::count("people groups", count(&AccessLine::is_group), Color::Number(5)),
        Part::count("links", count(&|line| matches!(line.way, Way::Link(..))), Color::Bad),
    ];
    let rooms = by_room.into_iter().map(|(title, count)| Part::count(title, count, Color::Accent)).collect();
    vec![Chart::parts("Access by kind", kinds), Chart::bars("Members and links by room", rooms)]
}

fn findings(lines: &[AccessLine], contents: &[RoomContent], unread: &[Unread]) -> Vec<Finding> {
    let those = |is_meant: &dyn Fn(&AccessLine) -> bool| {
        lines.iter().filter(|line| is_meant(line)).map(AccessLine::describe).collect::<Vec<_>>()
    };
    let in_state =
        |line: &AccessLine, wanted: &str| line.person().is_some_and(|person| state(person).to_string() == wanted);
    let hidden = contents.iter().filter(|content| content.hides_links && content.room.shared_external);
    let hidden = hidden.map(|content| format!("{}: a link that you cannot read", room_name(&content.room)));
    let external = those(&AccessLine::is_external_link).into_iter().chain(hidden).collect();
    vec![
        notable(
            AccessRule::ExternalLink,
            "External links, which open rooms without an account",
            "See `docspace audit links` for when they expire.",
            external,
        ),
        notable(
            AccessRule::DisabledMember,
            "Members with a disabled account",
            "Remove them with `docspace members remove`: they get access again when their account is enabled.",
            those(&|line| in_state(line, "disabled")),
        ),
        notable(
            AccessRule::PendingMember,
            "Members who have not accepted their invitation",
            "Send it again with `docspace members resend`, or remove them with `docspace members remove`.",
            those(&|line| in_state(line, "pending")),
        ),
        on_request(
            AccessRule::GuestInRoom,
            "Members who are guests",
            "Remove those who no longer need the room with `docspace members remove`.",
            those(&AccessLine::is_guest),
        ),
        on_request(
            AccessRule::GroupInRoom,
            "Members that are people groups",
            "See `docspace people groups view` for the people in a group.",
            those(&AccessLine::is_group),
        ),
        unreadable(AccessRule::UnreadableRoom, unread),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_leaves_out_what_does_not_exist() {
        assert_eq!(headline(23, 3, 14, 12), "23 people, 3 groups and 14 links for 12 rooms");
        assert_eq!(headline(1, 0, 1, 1), "1 person and 1 link for 1 room");
        assert_eq!(headline(2, 1, 0, 2), "2 people and 1 group for 2 rooms");
        assert_eq!(headline(0, 0, 0, 0), "0 people for 0 rooms");
    }
}
