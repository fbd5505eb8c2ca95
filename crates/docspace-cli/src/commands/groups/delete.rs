//! `docspace groups delete`.

use clap::Args;
use serde_json::json;

use super::group_name::RoomGroupName;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report};
use crate::prompt;
use crate::records::DeletedRecord;
use crate::session::Session;
use crate::terminal::Terminal;

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
    type Record = DeletedRecord;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord>, Failure> {
        let groups = session.portal.room_groups();
        let group = groups.get(self.group.id(&session.portal).await?).await?;
        let name = group.name;
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("delete the room group “{name}”")));
        }
        if self.safety.must_ask() {
            prompt::confirm(&format!("Delete the room group “{name}”? Its rooms stay."))?;
        }
        let unknown = UnknownOutcome::new(format!("whether the room group `{name}` is deleted"), super::LIST);
        groups.delete(group.id).await.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(DeletedRecord { id: json!(group.id), name }).into())
    }
}
