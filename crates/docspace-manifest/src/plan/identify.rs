//! Which room of the portal each room of a manifest means.

use docspace::RoomId;

use crate::actual::ActualRoom;
use crate::manifest::Room;
use crate::names::TypeName;
use crate::problem::Problem;
use crate::rules::{SAME_ID, SAME_ROOM};
use crate::wanted::{Wanted, WantedRoom};

/// What a room of a manifest means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// The room at this position of the list.
    Room(usize),
    /// There is no such room yet.
    New,
}

impl Meant {
    /// The position of the room in the list.
    pub fn index(self) -> Option<usize> {
        match self {
            Self::Room(index) => Some(index),
            Self::New => None,
        }
    }
}

/// Finds the room of the portal that each room of a manifest means, in the order of the manifest:
///
/// 1. the room with its `id`;
/// 2. the room with its title and type, of those that the caller owns or manages;
/// 3. the room with a title in `previously` and the same type.
///
/// These are problems:
///
/// - an id without a room;
/// - several rooms with the title and type;
/// - a room that two rooms of the manifest mean;
/// - two rooms of the manifest with the same title and type, of which one has no id;
/// - a new room with the title or a former title and the type of a room that the caller sees, but
///   neither owns nor manages. An administrator of a portal sees all rooms; a portal does not let
///   such a person change their settings, links and members, so the plan would create each of them
///   a second time. A room in the archive counts only if the manifest manages `archived`;
/// - a new room with the title of an active room of another type, unless the manifest lists that
///   room too. Without this rule, a wrong type would create a second room beside the first one.
pub fn identify(wanted: &Wanted, rooms: &[ActualRoom]) -> Vec<Result<Meant, Problem>> {
    let mut taken: Vec<Option<usize>> = vec![None; rooms.len()];
    let mut meant: Vec<Result<Meant, Problem>> = wanted.rooms.iter().map(|room| find(wanted, room, rooms)).collect();
    for (position, found) in meant.iter_mut().enumerate() {
        let Ok(Meant::Room(index)) = *found else { continue };
        match taken[index] {
            Some(other) => {
                let room = &rooms[index];
                let other = &wanted.rooms[other];
                let at = other.place.as_ref().map_or_else(String::new, |place| format!(" at {place}"));
                let message =
                    format!("the room `{}`{at} means the same room, with the id {}", other.room.title, room.id);
                let problem = Problem::new(wanted.rooms[position].place.clone(), message);
                let have_ids = other.room.id.is_some() && wanted.rooms[position].room.id.is_some();
                *found = Err(problem.advise(if have_ids { SAME_ID } else { SAME_ROOM }));
            }
            None => taken[index] = Some(position),
        }
    }
    for (found, wanted) in meant.iter_mut().zip(&wanted.rooms) {
        if *found == Ok(Meant::New) {
            if let Some(other) = room_of_others(&wanted.room, rooms) {
                *found = Err(is_not_mine(wanted, other));
            } else if let Some(other) = namesake(&wanted.room, rooms, &taken) {
                *found = Err(has_another_type(wanted, other));
            }
        }
    }
    for (position, found) in meant.iter_mut().enumerate() {
        let room = &wanted.rooms[position].room;
        if found.is_ok() && wanted.rooms[..position].iter().any(|other| room.is_ambiguous_with(&other.room)) {
            let message =
                format!("two rooms of the manifest have the title `{}` and the type {}", room.title, room.room_type);
            let problem = Problem::new(wanted.rooms[position].place.clone(), message);
            *found = Err(problem.advise(SAME_ROOM));
        }
    }
    meant
}

fn find(manifest: &Wanted, wanted: &WantedRoom, rooms: &[ActualRoom]) -> Result<Meant, Problem> {
    let (room, place) = (&wanted.room, &wanted.place);
    if let Some(id) = &room.id {
        return by_id(wanted, id, rooms);
    }
    for titles in [std::slice::from_ref(&room.title), &room.previously] {
        if let Some(title) = titles.iter().find(|title| is_of_another(manifest, room, title)) {
            let message = format!("`previously` of `{}` has the title of another room, `{title}`", room.title);
            return Err(Problem::new(place.clone(), message).advise("remove the former title, or write the `id`"));
        }
        match &*candidates(titles, room.room_type, rooms) {
            [] => {}
            [index] => return Ok(Meant::Room(*index)),
            several => {
                let described = several.iter().map(|index| {
                    let room = &rooms[*index];
                    let archived = if room.archived { ", in the archive" } else { "" };
                    format!("{} (`{}`{archived})", room.id, room.title)
                });
                let described: Vec<String> = described.collect();
                let message = format!("several rooms match `{}`: {}", room.title, described.join(", "));
                return Err(Problem::new(place.clone(), message).advise("write the `id` of one of them"));
            }
        }
    }
    Ok(Meant::New)
}

/// The room of other people that a new room would repeat.
fn room_of_others<'r>(room: &Room, rooms: &'r [ActualRoom]) -> Option<&'r ActualRoom> {
    let counts = |other: &&ActualRoom| {
        !other.is_mine && other.room_type == room.room_type && (!other.archived || room.settings.archived.is_some())
    };
    let mut titles = std::iter::once(&room.title).chain(&room.previously);
    titles.find_map(|title| rooms.iter().filter(counts).find(|other| other.title == *title))
}

fn is_not_mine(wanted: &WantedRoom, other: &ActualRoom) -> Problem {
    let (id, title, room_type) = (&other.id, &other.title, other.room_type);
    let message = format!("the portal has a room `{title}` ({room_type}, {id}), and you neither own nor manage it");
    let own_title = if *title == wanted.room.title {
        "write another title for a new room"
    } else {
        "take this title out of `previously` for a new room"
    };
    Problem::new(wanted.place.clone(), message)
        .advise(format!("use the login of its owner or of a manager, or {own_title}"))
}

/// The active room of another type with the title of a new room, unless another room of the
/// manifest means it.
fn namesake<'r>(room: &Room, rooms: &'r [ActualRoom], taken: &[Option<usize>]) -> Option<&'r ActualRoom> {
    let is_namesake = |other: &ActualRoom| other.is_mine && !other.archived && other.title == room.title;
    rooms.iter().zip(taken).find(|(other, taken)| taken.is_none() && is_namesake(other)).map(|(other, _)| other)
}

fn has_another_type(wanted: &WantedRoom, other: &ActualRoom) -> Problem {
    let (title, room_type) = (&wanted.room.title, other.room_type);
    let message = format!("the room `{title}` ({}) has the type {room_type}, which cannot be changed", other.id);
    Problem::new(wanted.place.clone(), message).advise(format!(
        "write `type: {room_type}`, use another title, or add an entry for the existing room with `type: {room_type}` to \
         keep both"
    ))
}

/// Whether a title is that of another room of the manifest. As a former title, it could mean that
/// one as well, also after a plan was interrupted.
fn is_of_another(manifest: &Wanted, room: &Room, title: &str) -> bool {
    let mut others = manifest.rooms.iter().map(|other| &other.room);
    title != room.title && others.any(|other| other.title == title && other.room_type == room.room_type)
}

fn by_id(wanted: &WantedRoom, id: &RoomId, rooms: &[ActualRoom]) -> Result<Meant, Problem> {
    let problem = |message: String| Problem::new(wanted.place.clone(), message);
    let Some(index) = rooms.iter().position(|room| room.id == *id) else {
        let problem = problem(format!("there is no room with the id {id} that you can see"));
        return Err(problem.advise("take `id` out to find the room by its title, or to create it"));
    };
    let found = &rooms[index];
    if found.room_type != wanted.room.room_type {
        let problem = problem(format!("the room {id} has the type {}, which cannot be changed", found.room_type));
        return Err(problem.advise(format!("write `type: {}`", found.room_type)));
    }
    Ok(Meant::Room(index))
}

fn candidates(titles: &[String], room_type: TypeName, rooms: &[ActualRoom]) -> Vec<usize> {
    let is_candidate = |room: &ActualRoom| room.is_mine && room.room_type == room_type && titles.contains(&room.title);
    (0..rooms.len()).filter(|index| is_candidate(&rooms[*index])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(wanted: Vec<Room>, rooms: &[ActualRoom]) -> Vec<Result<Meant, String>> {
        let found = identify(&Wanted::new("acme", wanted), rooms);
        found.into_iter().map(|found| found.map_err(|problem| problem.to_string())).collect()
    }

    fn room(id: i32, title: &str) -> ActualRoom {
        ActualRoom::created(id.into(), title, TypeName::Custom)
    }

    fn wanted(title: &str, previously: &[&str]) -> Room {
        Room { previously: previously.iter().map(ToString::to_string).collect(), ..Room::new(title, TypeName::Custom) }
    }

    #[test]
    fn present_title_comes_before_former_ones() {
        let rooms = [room(1, "Old"), room(2, "New")];
        assert_eq!(found(vec![wanted("New", &["Old"])], &rooms), [Ok(Meant::Room(1))]);
        assert_eq!(found(vec![wanted("Newer", &["Old"])], &rooms), [Ok(Meant::Room(0))]);
        assert_eq!(found(vec![wanted("Other", &[])], &rooms), [Ok(Meant::New)]);
    }

    #[test]
    fn two_candidates_are_named() {
        let rooms = [room(1, "Audit"), ActualRoom { archived: true, ..room(2, "Audit") }];
        let message = "several rooms match `Audit`: 1 (`Audit`), 2 (`Audit`, in the archive); \
                       write the `id` of one of them";
        assert_eq!(found(vec![wanted("Audit", &[])], &rooms), [Err(message.to_owned())]);
        let by_id = Room { id: Some(2.into()), ..wanted("Audit", &[]) };
        assert_eq!(found(vec![by_id], &rooms), [Ok(Meant::Room(1))]);
    }

    #[test]
    fn room_of_others_is_neither_meant_nor_repeated() {
        let other = || ActualRoom { is_mine: false, ..room(1, "Audit") };
        let message = "the portal has a room `Audit` (custom, 1), and you neither own nor manage it; \
                       use the login of its owner or of a manager, or ";
        let titled = format!("{message}write another title for a new room");
        assert_eq!(found(vec![wanted("Audit", &[])], &[other()]), [Err(titled)]);
        let former = format!("{message}take this title out of `previously` for a new room");
        assert_eq!(found(vec![wanted("New", &["Audit"])], &[other()]), [Err(former)]);
        assert_eq!(found(vec![wanted("Audit", &[])], &[other(), room(2, "Audit")]), [Ok(Meant::Room(1))]);
        assert_eq!(found(vec![Room::new("Audit", TypeName::Public)], &[other()]), [Ok(Meant::New)]);
    }

    #[test]
    fn archived_room_of_others_is_not_repeated_if_the_archive_is_managed() {
        let other = [ActualRoom { is_mine: false, archived: true, ..room(1, "Audit") }];
        assert_eq!(found(vec![wanted("Audit", &[])], &other), [Ok(Meant::New)]);
        for archived in [true, false] {
            let mut managed = wanted("Audit", &[]);
            managed.settings.archived = Some(archived);
            assert!(found(vec![managed], &other)[0].is_err(), "{archived}");
        }
    }

    #[test]
    fn new_room_with_the_title_of_another_type_is_a_problem_unless_both_are_listed() {
        let public = || ActualRoom::created(2.into(), "Audit", TypeName::Public);
        let message = "the room `Audit` (2) has the type public, which cannot be changed; write `type: public`, use \
                       another title, or add an entry for the existing room with `type: public` to keep both";
        assert_eq!(found(vec![wanted("Audit", &[])], &[public()]), [Err(message.to_owned())]);
        let both = vec![wanted("Audit", &[]), Room::new("Audit", TypeName::Public)];
        assert_eq!(found(both, &[public()]), [Ok(Meant::New), Ok(Meant::Room(0))]);
        for other in [ActualRoom { archived: true, ..public() }, ActualRoom { is_mine: false, ..public() }] {
            assert_eq!(found(vec![wanted("Audit", &[])], &[other]), [Ok(Meant::New)]);
        }
    }

    #[test]
    fn two_rooms_cannot_mean_the_same_room() {
        let by_id = || Room { id: Some(1.into()), ..wanted("New", &[]) };
        for (one, other) in [
            (wanted("Audit", &[]), wanted("New", &["Audit"])),
            (wanted("Audit", &[]), wanted("Audit", &[])),
            (wanted("New", &["Audit"]), wanted("Other", &["Audit"])),
            (wanted("Audit", &[]), by_id()),
            (wanted("New", &[]), by_id()),
        ] {
            let answers = found(vec![one, other], &[room(1, "Audit")]);
            assert!(answers[0].is_ok() && answers[1].is_err(), "{answers:?}");
        }
    }

    #[test]
    fn wrong_ids_and_types_are_problems() {
        let id = |id: i32, room_type| Room { id: Some(id.into()), ..Room::new("Audit", room_type) };
        let rooms = [room(1, "Audit")];
        assert!(found(vec![id(2, TypeName::Custom)], &rooms)[0].is_err());
        assert!(found(vec![id(1, TypeName::Public)], &rooms)[0].as_ref().unwrap_err().contains("write `type: custom`"));
    }
}
