//! `docspace watch`.

mod changes;
mod cursor;
mod event;
mod poll;
mod snapshot;
mod state;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use docspace::RoomId;
use tokio::time::sleep;

use self::cursor::Cursor;
use self::event::Event;
use crate::app::App;
use crate::args::values;
use crate::failure::Failure;
use crate::interrupt::interrupt;
use crate::lookup::{Kind, RoomName};
use crate::session::Session;
use crate::terminal::{print_message, write};

const EXAMPLES: &str = r#"Examples:
  docspace watch --room 17 --room "Audit 2026" --json
  docspace watch --room 17 --cursor audit.json --interval 5m --json
  docspace watch --room 17 --cursor audit.json --once --json

It prints changes for which a portal sends no webhook: links that are created,
changed or revoked, members who are added, changed or removed, tags that are
added or removed, and rooms that disappear. `docspace history` lists the other
changes of a room.

The first run prints nothing: it stores the present state of the rooms. With
--cursor, the next run continues where the last one stopped, and prints what
changed in between. If a run was killed while it printed, the next run prints
those events again, with the same ids. A room given by its title is remembered
by its id, so it can be renamed.

Links are compared with their earlier state: a change that is undone between two
checks is not reported, and neither is replacing one password with another,
because the program does not store passwords. `docspace audit events` has all
changes.

With --json, each event is one line. Ctrl-C ends the command with exit code 0."#;

/// The flags of `docspace watch`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WatchArgs {
    /// Watch this room: id, title or portal address; repeat the flag for others
    #[arg(long = "room", value_name = "ROOM", required = true)]
    rooms: Vec<RoomName>,
    /// Print each event as a line of JSON
    #[arg(long)]
    json: bool,
    /// Store the position in this file, so that the next run continues from it
    #[arg(long, value_name = "FILE")]
    cursor: Option<PathBuf>,
    /// Time between two checks, such as 30s or 5m
    #[arg(long, value_name = "DURATION", value_parser = values::duration, default_value = "30s")]
    interval: Duration,
    /// Look for changes once, and stop
    #[arg(long)]
    once: bool,
}

impl WatchArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let session = app.session()?;
        let mut cursor = Cursor::open(self.cursor.clone(), session.portal.url())?;
        let rooms = self.find(&session, &mut cursor).await?;
        // What the last run could not print completely.
        self.print(&mut cursor)?;
        loop {
            tokio::select! {
                polled = self.look(&session, &rooms, &mut cursor) => polled?,
                () = interrupt() => return Ok(()),
            }
            self.print(&mut cursor)?;
            if self.once {
                return Ok(());
            }
            tokio::select! {
                () = sleep(self.interval) => {}
                () = interrupt() => return Ok(()),
            }
        }
    }

    /// Finds the rooms. A room that was watched by its title stays the same when it gets another
    /// title, and is still known when it is gone.
    async fn find(&self, session: &Session, cursor: &mut Cursor) -> Result<Vec<RoomId>, Failure> {
        let mut ids = Vec::new();
        for name in &self.rooms {
            let known = match name {
                RoomName::Title(title) => cursor.titled(title).cloned(),
                _ => None,
            };
            let id = match known {
                Some(id) => id,
                None => name.find(&session.portal, Kind::Room).await?,
            };
            if let RoomName::Title(title) = name {
                cursor.set_titled(title, &id);
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Looks at each room once. While the program goes on, a failure that may pass is a message,
    /// and the room is looked at again the next time.
    async fn look(&self, session: &Session, rooms: &[RoomId], cursor: &mut Cursor) -> Result<(), Failure> {
        for id in rooms {
            match poll::room(&session.portal, id, cursor.room(id)).await {
                Ok(polled) => cursor.update(id, polled.state, polled.events),
                Err(error) if error.is_retryable() && !self.once => {
                    let interval = humantime::format_duration(self.interval);
                    print_message(&format!("cannot read room {id} now, trying again in {interval}: {error}"));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Prints the events that are not printed yet. They are in the file before they are printed, so
    /// that a program that is killed loses none.
    fn print(&self, cursor: &mut Cursor) -> Result<(), Failure> {
        cursor.save()?;
        if cursor.unprinted().is_empty() {
            return Ok(());
        }
        let lines: String = cursor.unprinted().iter().map(|event| self.line(event)).collect();
        write(&lines)?;
        cursor.set_printed();
        cursor.save()
    }

    fn line(&self, event: &Event) -> String {
        if self.json { event.json() } else { event.text() }
    }
}
