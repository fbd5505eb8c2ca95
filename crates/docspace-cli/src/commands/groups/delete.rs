//! `docspace groups delete`.

use clap::Args;

use crate::args::RoomGroupName;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::{DeletedRecord, RoomGroupRecord};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace groups delete Clients
  docspace groups delete Clients --yes";

/// The arguments of `docspace groups delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Name or id of the room group (see `docspace groups list`)
    group: RoomGroupName,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = DeletedRecord<i32>;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord<i32>>, Failure> {
        let groups = session.portal.room_groups();
        let group = groups.get(self.group.id(&session.portal).await?).await?;
        let name = group.name.clone();
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("delete the room group “{name}”")));
        }
        if self.safety.must_ask() {
            let words = Words { noun: "room group", name: "name", consequence: "Its rooms stay." };
            let record = RoomGroupRecord(group.clone());
            confirmation::of_deletion(&[record], |record| &record.0.name, &words, session.terminal)?;
        }
        let unknown = UnknownOutcome::new(format!("whether the room group `{name}` is deleted"), hints::ROOM_GROUPS);
        change(&unknown, groups.delete(group.id)).await?;
        Ok(Records::Row(DeletedRecord { id: group.id.0, name }).into())
    }
}
