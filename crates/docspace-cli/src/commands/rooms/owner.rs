//! `docspace rooms owner`.

use clap::Args;

use crate::args::people::PersonName;
use crate::args::{RoomArg, SafetyArgs};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::RoomRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace rooms owner 17 ann@acme.com
  docspace rooms owner 17 ann@acme.com --yes --json id,owner";

/// The arguments of `docspace rooms owner`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OwnerArgs {
    #[command(flatten)]
    room: RoomArg,
    /// E-mail address or id of the new owner, who must be allowed to create rooms
    person: PersonName,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for OwnerArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let portal = &session.portal;
        let handle = portal.room(self.room.find(session).await?);
        let must_ask = self.safety.must_ask();
        if self.safety.dry_run.is_set() || must_ask {
            let (room, person) = (handle.get().await?, self.person.profile(portal).await?);
            let name = person.display_name;
            if self.safety.dry_run.is_set() {
                return Ok(self.safety.dry_run.report(&format!("give room {} “{}” to {name}", room.id, room.title)));
            }
            prompt::confirm(&format!(
                "Give room {} “{}” to {name}? You may be unable to take it back.",
                room.id, room.title
            ))?;
        }
        let owner = self.person.id(portal).await?;
        let unknown = UnknownOutcome::new(format!("who owns room {}", handle.id()), hints::room(handle.id()));
        let room = change(&unknown, handle.change_owner(owner)).await?;
        Ok(Records::Row(RoomRecord(room)).into())
    }
}
