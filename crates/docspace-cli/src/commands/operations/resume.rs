//! `docspace operations resume`.

use std::time::Duration;

use clap::Args;
use docspace::Room;
use docspace::folders::Entry;
use docspace::waiting::{Resumed, Ticket};
use schemars::JsonSchema;
use serde::Serialize;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::input;
use crate::output::{Bar, Field, Id, Record, Records, Report, Shape};
use crate::records::entry;
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
    /// File with the ticket of the operation, or `-` for standard input. Commands with
    /// --no-wait print tickets on a terminal, and programs get them from the docspace library
    #[arg(value_name = "FILE")]
    file: String,
    /// Wait at most this long, such as 90s or 1h; after that, the operation continues on the portal
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = values::duration)]
    timeout: Duration,
}

/// A room, template, folder or file after a resumed operation.
pub(crate) enum ResumedRecord {
    Room(Box<Room>),
    Transferred(Entry),
    Trashed(Entry),
    Deleted,
}

impl ResumedRecord {
    fn all(resumed: Resumed) -> Result<Vec<Self>, Failure> {
        Ok(match resumed {
            Resumed::Room(room) => vec![Self::Room(room)],
            Resumed::Entries(entries) => entries.into_iter().map(Self::Transferred).collect(),
            Resumed::Trashed(entry) => vec![Self::Trashed(*entry)],
            Resumed::Deleted => vec![Self::Deleted],
            _ => return Err(Failure::local("the operation has ended with a result that this version does not know")),
        })
    }
}

impl Record for ResumedRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id(
            "Id of the room, template, folder or file; null after a deletion",
            &|resumed| match resumed {
                Self::Room(room) => Some(Id::from(&room.id)),
                Self::Transferred(entry) | Self::Trashed(entry) => Some(entry::id(entry)),
                Self::Deleted => None,
            },
        ),
        Field::<Self>::column(
            "state",
            "State after the operation; `in-target` for what was copied or moved",
            &|resumed| match resumed {
                Self::Room(room) => ResumedState::Room(state(room)),
                Self::Transferred(_) => ResumedState::InTarget,
                Self::Trashed(_) => ResumedState::InTrash,
                Self::Deleted => ResumedState::Deleted,
            },
        )
        .never_cut(),
        Field::<Self>::column("title", "Title; null after a deletion", &|resumed| match resumed {
            Self::Room(room) => Some(room.title.clone()),
            Self::Transferred(entry) | Self::Trashed(entry) => Some(entry::title(entry)),
            Self::Deleted => None,
        })
        .priority(90),
        Field::<Self>::column(
            "type",
            "Whether it is a room, a template, a folder or a file; null after a deletion",
            &|resumed| match resumed {
                Self::Room(room) if room.is_template() => Some(ResumedType::Template),
                Self::Room(_) => Some(ResumedType::Room),
                Self::Transferred(Entry::Folder(_)) | Self::Trashed(Entry::Folder(_)) => Some(ResumedType::Folder),
                Self::Transferred(Entry::File(_)) | Self::Trashed(Entry::File(_)) => Some(ResumedType::File),
                Self::Deleted => None,
            },
        )
        .never_cut(),
    ];
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ResumedState {
    InTarget,
    InTrash,
    Deleted,
    #[serde(untagged)]
    Room(RoomState),
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ResumedType {
    Room,
    Template,
    Folder,
    File,
}

impl PortalCommand for ResumeArgs {
    type Record = ResumedRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<ResumedRecord>, Failure> {
        let operation = session.portal.resume(&read(&self.file)?)?;
        let pending = PendingOperation {
            subject: "the resumed operation".to_owned(),
            unknown: UnknownOutcome::new("how the operation ends", hints::ALL_ROOMS),
            bar: &Bar::start(session.terminal, "waiting", 1),
        };
        let resumed = pending.run(std::future::ready(Ok(operation)), WaitUntil::Done(self.timeout)).await?;
        Ok(Records::List(resumed.map(ResumedRecord::all).transpose()?.unwrap_or_default()).into())
    }
}

/// Reads the ticket in a file, or on standard input for `-`.
fn read(file: &str) -> Result<Ticket, Failure> {
    serde_json::from_str(&input::read_text(file)?).map_err(|_| {
        Failure::usage(format!("{} does not contain a ticket", input::name(file)))
            .advise("use the ticket that a command with --no-wait printed, or a program got from the docspace library")
    })
}
