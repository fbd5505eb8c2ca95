//! `docspace export`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use clap::Args;
use docspace::rooms::SearchArea;
use docspace::{Access, Room};
use docspace_manifest::actual::Actual;
use docspace_manifest::export::{ExportOptions, export};
use docspace_manifest::{read_all, read_folders};

use crate::app::App;
use crate::args::{AreaArgs, RoomsArg};
use crate::csv::{Problems, rows};
use crate::failure::Failure;
use crate::input;
use crate::lookup::read_rooms;
use crate::report::OutputFile;
use crate::session::Session;
use crate::spinner::Spinner;
use crate::terminal::{print_message, write};

const EXAMPLES: &str = r#"Examples:
  docspace export > rooms.yaml
  docspace export --tag client --output clients.yaml
  docspace export "Audit 2026" 18 --with-ids
  docspace export --tag client --with-secrets --map-people people.csv
  docspace export --all --with-folders --output all.yaml

The manifest can be applied to another portal, and changes nothing on this one. If links of a room
have the same title, their ids are written, and a note names them: take the ids out for another
portal. Without --with-secrets, the password of a link is the name of a variable, which
`docspace apply` reads from the environment. With --map-people, each line of the file has two
addresses: the one on this portal, and the one on the other portal. A header is not needed. The
folders of a room are paths such as Contracts/2026; their files are not exported.

The first line of a manifest names the file of its schema, with which editors complete and check it.
`docspace schema manifest` prints the schema."#;

/// The arguments of `docspace export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("rooms", |arg| {
    arg.required(false).conflicts_with_all(["tags", "archived", "all"]).help(
        "Ids, titles or portal addresses of the rooms (default: all active rooms that you own or manage); \
         `-` reads them from standard input, one per line",
    )
}))]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    rooms: RoomsArg,
    /// Export the rooms with this tag; repeat the flag for rooms with at least one of several
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    #[command(flatten)]
    area: AreaArgs,
    /// Name of the manifest (default: none, which means `default`); `plan` recognizes by it the
    /// links that the manifest has created
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Write the ids of rooms and links, so that renamed rooms and links are still found (only for
    /// this portal)
    #[arg(long)]
    with_ids: bool,
    /// Write the passwords of links (default: write the name of a variable of the environment)
    #[arg(long)]
    with_secrets: bool,
    /// Write the folders of rooms, which takes a request for each room and for each folder that
    /// contains folders (default: leave them out)
    #[arg(long)]
    with_folders: bool,
    /// Replace the addresses of people as in this CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    map_people: Option<String>,
    /// Write the manifest to this file, which only you can read if it is new or has passwords
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ExportArgs {
    /// Reads rooms, and prints a manifest of them.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let people = self.map_people.as_deref().map(people).transpose()?.unwrap_or_default();
        let session = app.session()?;
        let create = if self.with_secrets { OutputFile::create_secret } else { OutputFile::create };
        let file = self.output.as_deref().map(create).transpose()?;
        let (actual, archived) = {
            let _spinner = Spinner::start(&session.portal);
            let (rooms, archived) = self.rooms(&session).await?;
            let mut actual = read_all(&session.portal, &rooms).await?;
            if self.rooms.is_empty() {
                // The links of other rooms cannot be read, and a plan could not change them.
                actual.rooms.retain(|room| room.is_mine);
            }
            if self.with_folders {
                read_folders(&session.portal, &mut actual).await?;
            }
            (actual, archived)
        };
        let mut options = ExportOptions::default().ids(self.with_ids).secrets(self.with_secrets).people(people);
        if let Some(name) = &self.name {
            options = options.name(name.as_str());
        }
        let unmapped = unmapped(&actual, &options);
        let exported = export(&actual, &options);
        exported.notes.iter().for_each(|note| print_message(note));
        if let (Some(path), false) = (&self.map_people, unmapped.is_empty()) {
            let (file, people) = (input::name(path), shortened(&unmapped));
            print_message(&format!("note: {file} does not have these members, who keep their addresses: {people}"));
        }
        match file {
            Some(file) => file.write(exported.to_yaml().as_bytes())?,
            None => write(&exported.to_yaml())?,
        }
        if archived > 0 {
            let rooms = if archived == 1 { "room is" } else { "rooms are" };
            print_message(&format!("note: {archived} archived {rooms} left out; add --all to include archived rooms"));
        }
        let count = exported.manifest.rooms.len();
        if count == 0 && self.rooms.is_empty() {
            print_message(&format!("note: the manifest has no rooms: {}", self.reason_for_none()));
        }
        app.terminal.note(&format!("exported {count} {}", if count == 1 { "room" } else { "rooms" }));
        Ok(())
    }

    /// Why the list has no room for the manifest.
    fn reason_for_none(&self) -> String {
        let rooms = match self.area.area() {
            SearchArea::Active => "active room",
            SearchArea::Archive => "archived room",
            _ => "room",
        };
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("`{tag}`")).collect();
        match &*tags {
            [] => format!("you own or manage no {rooms}"),
            [tag] => format!("no {rooms} that you own or manage has the tag {tag}"),
            several => format!("no {rooms} that you own or manage has one of the tags {}", several.join(", ")),
        }
    }

    /// Reads the rooms. Also returns the number of archived rooms that the defaults leave out.
    async fn rooms(&self, session: &Session) -> Result<(Vec<Room>, usize), Failure> {
        if !self.rooms.is_empty() {
            let mut ids = self.rooms.find(session).await?;
            let mut seen = HashSet::new();
            ids.retain(|id| seen.insert(id.clone()));
            return Ok((read_rooms(&session.portal, &ids).await?, 0));
        }
        let list = |area| session.portal.rooms().list().area(area).tags(&self.tags).all();
        let rooms = list(self.area.area()).await?;
        if self.area.area() != SearchArea::Active {
            return Ok((rooms, 0));
        }
        let me = session.portal.my_id().await?;
        let is_mine = |room: &&Room| {
            room.access == Access::RoomManager || room.created_by.as_ref().is_some_and(|owner| owner.id == me)
        };
        Ok((rooms, list(SearchArea::Archive).await?.iter().filter(is_mine).count()))
    }
}

/// The members who are not in the map of people, without the owners, who are not exported.
fn unmapped(actual: &Actual, options: &ExportOptions) -> Vec<String> {
    let members = actual.rooms.iter().flat_map(|room| room.members.iter().flatten());
    let emails =
        members.filter(|member| !member.is_owner && !member.is_group).filter_map(|member| member.email.clone());
    let unmapped: BTreeSet<String> =
        emails.filter(|email| !options.people.contains_key(&email.to_lowercase())).collect();
    unmapped.into_iter().collect()
}

/// The number of people that a note names.
const MOST_NAMED: usize = 5;

fn shortened(people: &[String]) -> String {
    let named = people.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match people.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named}, and {more} more"),
    }
}

/// Reads pairs of addresses. The first one is in lower case.
fn people(path: &str) -> Result<BTreeMap<String, String>, Failure> {
    let name = input::name(path);
    let is_address = |cell: &str| cell.contains('@');
    let mut problems = Problems::default();
    let mut people = BTreeMap::new();
    // The lines in which each address is, on this portal and on the other one.
    let mut lines = [HashMap::new(), HashMap::new()];
    for (index, (line, cells)) in rows(path, is_address)?.into_iter().enumerate() {
        let is_header = index == 0 && !cells.iter().any(|cell| is_address(cell));
        if is_header {
            continue;
        }
        let [from, to] = cells.as_slice() else {
            let count = if cells.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", cells.len()) };
            problems.add_line(line, format!("the row has {count}, not two addresses"));
            continue;
        };
        for ((column, address), lines) in [("first address", from), ("second address", to)].into_iter().zip(&mut lines)
        {
            if !is_address(address) || address.contains(|letter: char| letter.is_whitespace() || letter == '"') {
                problems.add(line, column, address, "this is not an e-mail address");
            }
            if let Some(before) = lines.insert(address.to_lowercase(), line) {
                problems.add(line, column, address, format!("line {before} has this address too"));
            }
        }
        people.insert(from.to_lowercase(), to.clone());
    }
    if people.is_empty() {
        problems
            .add_line(1, "there are no addresses; write pairs such as `old@example.com,new@example.com`, one per line");
    }
    problems.into_result(name)?;
    Ok(people)
}
