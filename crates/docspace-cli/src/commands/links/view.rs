//! `docspace links view`.

use clap::Args;

use super::link_name::LinkName;
use super::scope::read_owner;
use crate::args::LinkPlace;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace links view 17 primary
  docspace links view folder:23 "For the client"
  docspace links view 17 6f9619ff-8b86-d011-b42d-00cf4fc964ff --json url --jq .url"#;

/// The arguments of `docspace links view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Id, title or portal address of the room (see `docspace rooms list`), or `folder:ID` or
    /// `file:ID` for the links of a folder or file
    #[arg(value_name = "ROOM")]
    room: LinkPlace,
    /// Id of the link or its beginning, its title, its address (see `docspace links list`), or
    /// `primary`
    link: LinkName,
}

impl PortalCommand for ViewArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let (owner, links) = read_owner(&self.room, session).await?;
        let link = self.link.find(&owner, &links)?;
        Ok(Records::Card(LinkRecord(link.clone(), owner.only())).into())
    }
}
