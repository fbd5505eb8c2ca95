//! `docspace operations resume`.

use std::time::Duration;

use clap::Args;
use docspace::Room;
use docspace::waiting::Ticket;
use schemars::JsonSchema;
use serde::Serialize;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::input;
use crate::output::{Bar, Field, Id, Record, Records, Report, Shape};
use crate::records::room::{RoomState, state};
use crate::session::Session;
use crate::waiting::{PendingOperation, WaitUntil};

const EXAMPLES: &str = r"Examples:
  docspace operations resume ticket.json
  docspace operations resume - --timeout 1h < ticket.json";

/// The arguments of `docspace operations resume`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ResumeArgs {
    /// File with the ticket of the operation, or `-` for standard input. Tickets come from commands
    /// with --no-wait, and from programs that use the docspace library
    #[arg(value_name = "FILE")]
    file: String,
    /// Wait at most this long, such as 90s or 1h; after that, the operation continues on the portal
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = values::duration)]
    timeout: Duration,
}

/// The room or template after a resumed operation, or `None` after a deletion.
pub(crate) struct ResumedRecord(Option<Room>);

impl Record for ResumedRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room or template; null after a deletion", &|resumed| {
            resumed.0.as_ref().map(|room| Id::from(&room.id))
        }),
        Field::<Self>::column("state", "State after the operation", &|resumed| match &resumed.0 {
            Some(room) => ResumedState::Room(state(room)),
            None => ResumedState::Deleted,
        })
        .never_cut(),
        Field::<Self>::column("title", "Title; null after a deletion", &|resumed| {
            resumed.0.as_ref().map(|room| room.title.clone())
        })
        .priority(90),
    ];
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ResumedState {
    Deleted,
    #[serde(untagged)]
    Room(RoomState),
}

impl PortalCommand for ResumeArgs {
    type Record = ResumedRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<ResumedRecord>, Failure> {
        let operation = session.portal.resume(&read(&self.file)?)?;
        let pending = PendingOperation {
            subject: "the resumed operation".to_owned(),
            unknown: UnknownOutcome::new("how the operation ends", hints::ALL_ROOMS),
            bar: &Bar::start(session.terminal, "waiting", 1),
        };
        let room = pending.run(std::future::ready(Ok(operation)), WaitUntil::Done(self.timeout)).await?;
        Ok(room.map_or(Records::None, |room| Records::Row(ResumedRecord(room))).into())
    }
}

/// Reads the ticket in a file, or on standard input for `-`.
fn read(file: &str) -> Result<Ticket, Failure> {
    serde_json::from_str(&input::read_text(file)?).map_err(|_| {
        Failure::usage(format!("{} does not contain a ticket", input::name(file)))
            .advise("use the ticket that a command with --no-wait printed, or a program got from the docspace library")
    })
}
