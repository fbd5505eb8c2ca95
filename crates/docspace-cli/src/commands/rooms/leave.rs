//! `docspace rooms leave`.

use clap::Args;

use crate::args::{RoomArg, SafetyArgs};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::{OutcomeRecord, OutcomeState};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace rooms leave 17
  docspace rooms leave 17 --yes";

/// The arguments of `docspace rooms leave`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LeaveArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for LeaveArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let handle = session.portal.room(self.room.find(session).await?);
        let room = handle.get().await?;
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.of_room("leave", &room));
        }
        if self.safety.must_ask() {
            prompt::confirm(&format!("Leave room {} “{}”? You may lose access to it.", room.id, room.title))?;
        }
        let question = format!("whether you are still a member of room {}", room.id);
        let unknown = UnknownOutcome::new(question, hints::room(&room.id));
        change(&unknown, handle.members().leave()).await?;
        Ok(Records::Row(OutcomeRecord { id: room.id, state: OutcomeState::Left, title: Some(room.title) }).into())
    }
}
