//! The guests of the portal: which rooms each of them can open, and who can open none.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use clap::ValueEnum;
use docspace::people::{PersonId, PersonStatus, PersonType, Profile};
use docspace::{Access, Room};

use super::reader::{Parts, Reader, Selection, by_room, reason};
use super::rules::{notable, on_request, room_name, unreadable};
use crate::failure::Failure;
use crate::output::{Bar, Field, Id, Name, Record, Tone, optional_instant};
use crate::records::person::{PersonState, state};
use crate::records::room::state as room_state;
use crate::report::{Chart, Color, Document, Figure, Finding, Part, Unread};
use crate::text::{counted, kebab, plain};

/// A rule for guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GuestRule {
    GuestInRoom,
    GuestWithoutRoom,
    PendingGuest,
    DisabledGuest,
    UnreadableRoom,
}

/// A guest in a room, or a guest without a room.
pub(crate) struct GuestLine {
    guest: Arc<Profile>,
    membership: Option<(Arc<Room>, Access)>,
}

impl GuestLine {
    fn room(&self) -> Option<&Arc<Room>> {
        self.membership.as_ref().map(|(room, _)| room)
    }

    fn access(&self) -> Option<String> {
        self.membership.as_ref().map(|(_, access)| kebab(&access.to_string()))
    }

    fn describe(&self) -> String {
        let name = guest_name(&self.guest);
        match &self.membership {
            Some((room, access)) => format!("{name}: {} ({})", room_name(room), kebab(&access.to_string())),
            None => name,
        }
    }
}

/// Returns the name with the address. A guest who has not accepted the invitation has no name.
fn guest_name(guest: &Profile) -> String {
    let name = plain(&guest.display_name);
    match guest.email.as_deref().map(plain) {
        Some(email) if email != name => format!("{name} <{email}>"),
        _ => name,
    }
}

impl Record for GuestLine {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("name", "Name of the guest", &|line| line.guest.display_name.clone()).priority(85),
        Field::<Self>::column("email", "E-mail address", &|line| line.guest.email.clone()).never_cut().priority(100),
        Field::<Self>::column("state", "State; `pending` until the guest accepts the invitation", &|line| {
            state(&line.guest)
        })
        .never_cut()
        .priority(60)
        .tone(|line| match state(&line.guest) {
            PersonState::Disabled => Tone::Dim,
            PersonState::Active | PersonState::Pending => Tone::Plain,
        }),
        Field::<Self>::column("roomId", "Id of the room; null for a guest without a room", &|line| {
            line.room().map(|room| Id::from(&room.id))
        })
        .never_cut()
        .priority(95)
        .tone(|_| Tone::Id),
        Field::<Self>::column("room", "Title of the room", &|line| line.room().map(|room| room.title.clone()))
            .priority(90),
        Field::<Self>::column("roomType", "Type of the room", &|line| line.room().map(|room| Name(room.room_type)))
            .never_cut()
            .priority(20),
        Field::<Self>::column("access", "Access to the room", &|line| line.access()).never_cut().priority(80),
        Field::<Self>::column("invitedBy", "Name of the person who invited the guest", &|line| {
            line.guest.created_by.as_ref().map(|by| by.display_name.clone())
        })
        .priority(40),
        Field::<Self>::column("registered", "Time of registration", &|line| {
            optional_instant(Some(line.guest.registration_date))
        })
        .never_cut()
        .priority(30),
        Field::<Self>::detail("id", "Id of the guest", &|line| line.guest.id.0),
        Field::<Self>::detail("roomState", "State of the room", &|line| line.room().map(|room| room_state(room))),
    ];
}

/// Reads the guests of the portal and of the rooms.
pub(crate) async fn audit(reader: &Reader<'_>, selection: Selection) -> Result<Document<GuestLine>, Failure> {
    let (rooms, about) = reader.rooms(selection).await?;
    let (contents, mut unread) = reader.contents(rooms, Parts::Members).await?;
    let mut guests = guests(reader, &mut unread).await?;
    let mut lines = Vec::new();
    for content in &contents {
        for member in &content.members {
            let Some(person) = member.shared_to_user.as_ref().filter(|person| is_guest(person)) else { continue };
            let guest = guests.entry(person.id).or_insert_with(|| Arc::new(person.clone()));
            let membership = Some((Arc::clone(&content.room), member.access));
            lines.push(GuestLine { guest: Arc::clone(guest), membership });
        }
    }
    let in_rooms: HashSet<_> = lines.iter().map(|line| line.guest.id).collect();
    let others = guests.values().filter(|guest| !in_rooms.contains(&guest.id));
    lines.extend(others.map(|guest| GuestLine { guest: Arc::clone(guest), membership: None }));
    lines.sort_by_cached_key(|line| {
        let title = line.room().map(|room| room.title.to_lowercase());
        (line.guest.display_name.to_lowercase(), line.guest.id.0, title)
    });
    let without_room = guests.len() - in_rooms.len();
    let by_room = by_room(lines.iter().filter_map(GuestLine::room));
    Ok(Document {
        title: "Guest audit",
        headline: headline(guests.len(), without_room, by_room.len()),
        summary: vec![
            "A guest is a person from outside, whom someone has invited into a room. Guests who are in none of the \
             rooms of this report still have an account."
                .to_owned(),
        ],
        figures: vec![
            Figure::new(guests.len(), "guests"),
            Figure::new(by_room.len(), "rooms have guests"),
            Figure::alarm(without_room, "are in no room"),
            Figure::new(guests.values().filter(|guest| guest.is_invited()).count(), "have not accepted"),
        ],
        charts: charts(&guests, by_room),
        findings: findings(&lines, &guests, &unread),
        about,
        unread,
        nouns: "guests",
        hidden: &[],
        records: lines,
    })
}

fn is_guest(person: &Profile) -> bool {
    person.person_type() == Some(PersonType::Guest)
}

/// Reads the guests of the portal, as far as the caller sees them.
async fn guests(reader: &Reader<'_>, unread: &mut Vec<Unread>) -> Result<HashMap<PersonId, Arc<Profile>>, Failure> {
    let _bar = Bar::start(reader.session.terminal, "reading guests", 1);
    let list = reader.session.portal.people().list().person_type(PersonType::Guest).status(PersonStatus::All);
    match list.all().await {
        Ok(guests) => {
            if !reader.sees_everything() {
                let reason = "only the owner of the portal and its administrators see them".to_owned();
                unread.push(Unread { part: "guests whom other people invited", reason, rooms: Vec::new() });
            }
            let guests = guests.into_iter().filter(is_guest);
            Ok(guests.map(|guest| (guest.id, Arc::new(guest))).collect())
        }
        Err(error) => {
            unread.push(Unread { part: "list of all guests", reason: reason(error)?, rooms: Vec::new() });
            Ok(HashMap::new())
        }
    }
}

fn headline(guests: usize, without_room: usize, rooms: usize) -> String {
    match (guests, without_room) {
        (0, _) => "No guests were found".to_owned(),
        (_, 0) => {
            format!("{} can open {}", counted(guests, "guest", "guests"), counted(rooms, "room", "rooms"))
        }
        (_, 1) => format!("1 of {} is in no room", counted(guests, "guest", "guests")),
        _ => format!("{without_room} of {guests} guests are in no room"),
    }
}

fn charts(guests: &HashMap<PersonId, Arc<Profile>>, by_room: Vec<(String, usize)>) -> Vec<Chart> {
    let states = [("active", Color::Good), ("pending", Color::Warning), ("disabled", Color::Quiet)];
    let states = states.map(|(name, color)| {
        Part::count(name, guests.values().filter(|guest| state(guest).to_string() == name).count(), color)
    });
    let rooms = by_room.into_iter().map(|(title, count)| Part::count(title, count, Color::Accent)).collect();
    vec![Chart::bars("Guests by room", rooms), Chart::parts("Guests by state", states.into())]
}

fn findings(lines: &[GuestLine], guests: &HashMap<PersonId, Arc<Profile>>, unread: &[Unread]) -> Vec<Finding> {
    let those = |is_meant: &dyn Fn(&GuestLine) -> bool| {
        lines.iter().filter(|line| is_meant(line)).map(GuestLine::describe).collect::<Vec<_>>()
    };
    let in_state = |wanted: &str| {
        let mut names: Vec<_> =
            guests.values().filter(|guest| state(guest).to_string() == wanted).map(|guest| guest_name(guest)).collect();
        names.sort();
        names
    };
    vec![
        notable(
            GuestRule::GuestWithoutRoom,
            "Guests who are in none of these rooms",
            "Disable the accounts that people no longer need with `docspace people disable`.",
            those(&|line| line.membership.is_none()),
        ),
        notable(
            GuestRule::PendingGuest,
            "Guests who have not accepted their invitation",
            "Send it again with `docspace members resend`, or remove the guest with `docspace members remove`.",
            in_state("pending"),
        ),
        notable(
            GuestRule::DisabledGuest,
            "Guests with a disabled account",
            "Remove them from their rooms with `docspace members remove`.",
            in_state("disabled"),
        ),
        on_request(
            GuestRule::GuestInRoom,
            "Guests in rooms",
            "Remove those who no longer need the room with `docspace members remove`.",
            those(&|line| line.membership.is_some()),
        ),
        unreadable(GuestRule::UnreadableRoom, unread),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_counts_guests_without_a_room() {
        assert_eq!(headline(0, 0, 0), "No guests were found");
        assert_eq!(headline(1, 0, 2), "1 guest can open 2 rooms");
        assert_eq!(headline(3, 1, 2), "1 of 3 guests is in no room");
        assert_eq!(headline(3, 2, 1), "2 of 3 guests are in no room");
    }
}
