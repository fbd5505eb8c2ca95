//! `docspace members add --file`: members from a CSV file.

use std::collections::HashMap;

use docspace::members::{Changes, Invitee, MemberChange, SetMembers};
use docspace::{Access, ErrorKind, Portal, RoomId};
use futures::FutureExt;

use crate::args::people::{PeopleGroupName, PersonName};
use crate::args::{DryRunArgs, member_access};
use crate::csv::{Column, Problems, Row, Sheet, word};
use crate::failure::Failure;
use crate::input;
use crate::interrupt::interrupt;
use crate::lookup::{Kind, RoomName};
use crate::output::{Bar, Field, Id, Name, Record, Records, Report};
use crate::session::Session;
use crate::terminal::print_message;

const COLUMNS: [Column; 4] = [
    Column::optional("room"),
    Column::optional("person").aliases(&["email", "e-mail"]),
    Column::optional("group"),
    Column::optional("access"),
];

/// The description of the columns in the help.
pub(super) const COLUMNS_HELP: &str = "Columns of the file:
  room           Id, title or portal address of the room (default: the argument ROOM)
  email          E-mail address or id of a person (also `person`)
  group          Name or id of a people group; a row has a person or a group
  access         What the member can do (default: --access)

The first line names the columns. Commas, semicolons or tabs separate the cells. The command checks
all rows before it changes the first room. Members who have the access already are not changed and
get no e-mail, so the command can be run again.";

/// The parts of the command line that concern the rows.
pub(super) struct Rows<'r> {
    pub(super) path: &'r str,
    /// The room of rows without one.
    pub(super) room: Option<RoomId>,
    /// The access in rows without one.
    pub(super) access: Option<Access>,
}

/// The changes of the members of one room.
pub(super) struct RoomChanges {
    room: RoomId,
    set: SetMembers,
}

/// A row whose cells are parsed.
struct NewMember {
    line: usize,
    /// `None` for the room of the command line.
    room: Option<RoomName>,
    who: Who,
    access: Access,
}

enum Who {
    Person(PersonName),
    Group(PeopleGroupName),
}

impl Rows<'_> {
    /// Reads the file, and finds its rooms and people groups. Fails with all mistakes.
    pub(super) async fn read(self, portal: &Portal) -> Result<Vec<RoomChanges>, Failure> {
        let sheet = Sheet::read(self.path, &COLUMNS)?;
        let mut problems = Problems::default();
        let members: Vec<_> = sheet.rows.iter().filter_map(|row| self.member(row, &mut problems)).collect();
        let file = input::name(self.path);
        problems.into_result(file)?;

        let mut problems = Problems::default();
        let mut found: HashMap<String, Option<RoomId>> = HashMap::new();
        let mut all: Vec<RoomChanges> = Vec::new();
        for member in members {
            let room = match &member.room {
                None => self.room.clone(),
                Some(name) => {
                    let text = format!("{name:?}");
                    if !found.contains_key(&text) {
                        let room = name.find(portal, Kind::Room).await;
                        let room = problem_or(room, &mut problems, member.line, "room")?;
                        found.insert(text.clone(), room);
                    }
                    found.get(&text).cloned().flatten()
                }
            };
            let who = match &member.who {
                Who::Person(person) => Some(Invitee::from(person)),
                Who::Group(group) => {
                    let id = group.id(portal).await;
                    problem_or(id, &mut problems, member.line, "group")?.map(Invitee::from)
                }
            };
            let (Some(room), Some(who)) = (room, who) else { continue };
            let place = all.iter().position(|changes| changes.room == room).unwrap_or_else(|| {
                all.push(RoomChanges { set: portal.room(&room).members().set(), room });
                all.len() - 1
            });
            all[place].set = all[place].set.clone().give(who, member.access);
        }
        problems.into_result(file)?;
        Ok(all)
    }

    fn member(&self, row: &Row, problems: &mut Problems) -> Option<NewMember> {
        let line = row.line;
        let cell = |column: &str| row.value(column);
        let room = cell("room").map(|cell| problems.check(line, "room", cell, cell.parse::<RoomName>()));
        if room.is_none() && self.room.is_none() {
            problems.add(line, "room", "", "write a room, or add the argument ROOM to the command");
        }
        let access = cell("access").map(|cell| problems.check(line, "access", cell, word(&member_access(), cell)));
        if access.is_none() && self.access.is_none() {
            problems.add(line, "access", "", "write an access, or add --access to the command");
        }
        let who = match (cell("person"), cell("group")) {
            (Some(person), None) => problems.check(line, "email", person, person.parse()).map(Who::Person),
            (None, Some(group)) => problems.check(line, "group", group, group.parse()).map(Who::Group),
            (Some(_), Some(group)) => {
                problems.add(line, "group", group, "the row has a person too: write a row for each");
                None
            }
            (None, None) => {
                problems.add(line, "email", "", "write the address of a person, or a people group");
                None
            }
        };
        let access = access.unwrap_or(self.access)?;
        Some(NewMember { line, room: room.map_or(Some(None), |room| room.map(Some))?, who: who?, access })
    }
}

/// Returns what was found, or adds the reason why it was not. Other failures, such as those of the
/// network, end the command.
fn problem_or<T>(
    found: Result<T, Failure>,
    problems: &mut Problems,
    line: usize,
    column: &str,
) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(failure) if failure.is_not_found() || failure.is_usage() => {
            problems.add_line(line, format!("{column}: {}", failure.message()));
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

/// Makes the changes of all rooms or, in a dry run, shows them. Checks all rooms before it changes
/// the first one.
pub(super) async fn apply(
    all: Vec<RoomChanges>,
    with_options: impl Fn(SetMembers) -> SetMembers,
    dry_run: &DryRunArgs,
    session: &Session,
) -> Result<Report<RowRecord>, Failure> {
    let all: Vec<_> = all.into_iter().map(|RoomChanges { room, set }| (room, with_options(set))).collect();
    let mut previews = Vec::new();
    let mut rejected = Vec::new();
    let bar = Bar::start(session.terminal, "checking rooms", all.len());
    for (room, set) in &all {
        match set.preview().await {
            Ok(changes) => previews.extend(RowRecord::all(room, changes)),
            Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::NotFound) => {
                rejected.push(super::failure(room, error));
            }
            Err(error) => return Err(super::failure(room, error)),
        }
        bar.done();
    }
    drop(bar);
    if rejected.len() == 1 {
        return Err(rejected.remove(0));
    }
    if !rejected.is_empty() {
        let failure = Failure::usage(format!("the members of {} rooms cannot be added:", rejected.len()));
        let lines: Vec<_> = rejected.iter().map(Failure::message).collect();
        return Err(failure.listing(lines).advise("correct the file, then run the command again; nothing was changed"));
    }
    if dry_run.is_set() {
        print_message("dry run: the members of these rooms would change like this");
        return Ok(Records::List(previews).into());
    }
    send(all, session).await
}

/// Changes the rooms one after the other. A failure does not stop the others.
async fn send(all: Vec<(RoomId, SetMembers)>, session: &Session) -> Result<Report<RowRecord>, Failure> {
    let total = all.len();
    let bar = Bar::start(session.terminal, "adding members", total);
    let (mut records, mut failures, mut remaining) = (Vec::new(), Vec::new(), Vec::new());
    for (room, set) in all {
        if interrupt().now_or_never().is_some() {
            remaining.push(room.to_string());
            continue;
        }
        match set.send().await {
            Ok(changes) => records.extend(RowRecord::all(&room, changes)),
            Err(error) => {
                let failure = super::failure(&room, error).of(&room);
                if total > 1 {
                    bar.suspend(|| failure.print(session.terminal.json_failures));
                }
                failures.push(failure);
            }
        }
        bar.done();
    }
    let failure = match failures.len() {
        _ if !remaining.is_empty() => Some(
            Failure::interrupted()
                .advise(format!("run the command again for the rooms that it left unchanged: {}", remaining.join(" "))),
        ),
        0 => None,
        1 if total == 1 => failures.pop(),
        failed => {
            let message = format!("adding members failed for {failed} of {total} rooms");
            let advice = "see the errors above, then run the command again: members who have access are not changed";
            Some(Failure::several(&failures, message).advise(advice))
        }
    };
    Ok(Report::from(Records::List(records)).failing(failure))
}

/// The change of one member of one of several rooms.
pub(crate) struct RowRecord {
    room: RoomId,
    change: MemberChange,
    kind: &'static str,
}

impl RowRecord {
    fn all(room: &RoomId, changes: Changes) -> Vec<Self> {
        let given = |change: &MemberChange| if change.before.is_some() { "changed" } else { "added" };
        let of = |list: Vec<MemberChange>, kind: fn(&MemberChange) -> &'static str| {
            list.into_iter().map(move |change| Self { room: room.clone(), kind: kind(&change), change })
        };
        of(changes.invited, |_| "invited")
            .chain(of(changes.given, given))
            .chain(of(changes.unchanged, |_| "unchanged"))
            .collect()
    }
}

impl Record for RowRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("room", "Id of the room", &|row| Id::from(&row.room)).never_cut().priority(100),
        Field::<Self>::column(
            "id",
            "Id of the person or people group; null for an invited person without an account",
            &|row| row.change.id.map(|id| id.0),
        )
        .never_cut()
        .priority(30),
        Field::<Self>::column("name", "Name or, if it is not known, address or id", &|row| row.change.name.clone())
            .priority(60),
        Field::<Self>::column("email", "E-mail address; null for a people group", &|row| row.change.email.clone())
            .never_cut()
            .priority(90),
        Field::<Self>::column("change", "Change that was made", &|row| row.kind).never_cut().priority(80),
        Field::<Self>::column("before", "Access before; null for a new member", &|row| row.change.before.map(Name))
            .never_cut(),
        Field::<Self>::column("access", "Access afterwards", &|row| Name(row.change.access)).never_cut().priority(70),
    ];
}
