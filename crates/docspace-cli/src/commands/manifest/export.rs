//! `docspace export`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use docspace::{Room, RoomId};
use docspace_manifest::export::{ExportOptions, export};
use docspace_manifest::read_all;

use crate::app::App;
use crate::failure::Failure;
use crate::input;
use crate::report::OutputFile;
use crate::session::Session;
use crate::spinner::Spinner;
use crate::terminal::{print_message, write};

const EXAMPLES: &str = r"Examples:
  docspace export > rooms.yaml
  docspace export --tag client --output clients.yaml
  docspace export 17 18 --with-ids
  docspace export --tag client --with-secrets --map-people people.csv

The manifest can be applied to another portal, and changes nothing on this one. Without
--with-secrets, the password of a link is the name of a variable, which `docspace apply` reads from
the environment. With --map-people, each line of the file has two addresses: the one on this portal,
and the one on the other portal.

The first line of a manifest names the file of its schema, with which editors complete and check it.
`docspace schema manifest` prints the schema.";

/// The arguments of `docspace export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// Ids of the rooms (default: all active rooms that you own or manage)
    #[arg(value_name = "ROOM", conflicts_with = "tags")]
    rooms: Vec<RoomId>,
    /// Export the rooms with this tag; repeat the flag for rooms with at least one of several
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Name of the manifest, from which the ids of its links are derived
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Write the ids of rooms and links, so that a manifest for this portal finds renamed ones
    #[arg(long)]
    with_ids: bool,
    /// Write the passwords of links (default: write the name of a variable of the environment)
    #[arg(long)]
    with_secrets: bool,
    /// Replace the addresses of people as in this CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    map_people: Option<String>,
    /// Write the manifest to this file, which only you can read if it is new
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ExportArgs {
    /// Reads rooms, and prints a manifest of them.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let people = self.map_people.as_deref().map(people).transpose()?.unwrap_or_default();
        let session = app.session()?;
        let file = self.output.as_deref().map(OutputFile::create).transpose()?;
        let actual = {
            let _spinner = Spinner::start(&session.portal);
            let rooms = self.rooms(&session).await?;
            let mut actual = read_all(&session.portal, &rooms).await?;
            if self.rooms.is_empty() {
                // The links of other rooms cannot be read, and a plan could not change them.
                actual.rooms.retain(|room| room.is_mine);
            }
            actual
        };
        let mut options = ExportOptions::default().ids(self.with_ids).secrets(self.with_secrets).people(people);
        if let Some(name) = self.name {
            options = options.name(name);
        }
        let exported = export(&actual, &options);
        exported.notes.iter().for_each(|note| print_message(note));
        match file {
            Some(file) => file.write(exported.to_yaml().as_bytes())?,
            None => write(&exported.to_yaml())?,
        }
        let count = exported.manifest.rooms.len();
        app.terminal.note(&format!("exported {count} {}", if count == 1 { "room" } else { "rooms" }));
        Ok(())
    }

    async fn rooms(&self, session: &Session) -> Result<Vec<Room>, Failure> {
        let mut rooms = Vec::new();
        for id in &self.rooms {
            rooms.push(session.portal.room(id).get().await?);
        }
        if rooms.is_empty() {
            rooms = session.portal.rooms().list().tags(&self.tags).all().await?;
        }
        Ok(rooms)
    }
}

/// Reads pairs of addresses. The first one is in lower case.
fn people(path: &str) -> Result<BTreeMap<String, String>, Failure> {
    let text = input::read_text(path)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut people = BTreeMap::new();
    for (index, row) in reader.records().enumerate() {
        let row = row.map_err(|error| Failure::usage(format!("cannot read {}: {error}", input::name(path))))?;
        let addresses: Vec<&str> = row.iter().filter(|cell| !cell.is_empty()).collect();
        match *addresses {
            [from, to] if from.contains('@') && to.contains('@') => {
                people.insert(from.to_lowercase(), to.to_owned());
            }
            // Without an address it is a heading.
            [_, _] | [] if index == 0 => {}
            _ => {
                let failure =
                    Failure::usage(format!("line {} of {} does not have two addresses", index + 1, input::name(path)));
                return Err(failure.advise("write `old@example.com,new@example.com` in each line"));
            }
        }
    }
    Ok(people)
}
