//! `docspace people groups list`.

use clap::Args;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::PeopleGroupRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace people groups list
  docspace people groups list --json name,size --jq '.[] | select(.size == 0) | .name'";

/// The arguments of `docspace people groups list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {}

impl PortalCommand for ListArgs {
    type Record = PeopleGroupRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<PeopleGroupRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading people groups", 1);
        let groups = session.portal.people_groups().list().await?;
        Ok(Records::Found(groups.into_iter().map(PeopleGroupRecord).collect(), "no people groups found").into())
    }
}
