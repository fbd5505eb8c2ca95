//! `docspace people groups view`.

use clap::Args;

use crate::args::people::PeopleGroupName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::PeopleGroupRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace people groups view Auditors
  docspace people groups view Auditors --json people --jq '.people[]'";

/// The arguments of `docspace people groups view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Name or id of the people group (see `docspace people groups list`)
    group: PeopleGroupName,
}

impl PortalCommand for ViewArgs {
    type Record = PeopleGroupRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<PeopleGroupRecord>, Failure> {
        let id = self.group.id(&session.portal).await?;
        Ok(Records::Card(PeopleGroupRecord(session.portal.people_groups().get(id).await?)).into())
    }
}
