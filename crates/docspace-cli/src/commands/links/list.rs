//! `docspace links list`.

use clap::Args;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace links list "Audit 2026"
  docspace links list 17 --json title,url,expires --jq '.[] | select(.expires == null)'
  docspace links list 17 | cut -f7"#;

/// The arguments of `docspace links list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    room: RoomArg,
}

impl PortalCommand for ListArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let links = session.portal.room(self.room.find(session).await?).links().list().await?;
        let links = links.into_iter().map(LinkRecord).collect();
        Ok(Records::Found(links, "no links found (only the owner and the managers of a room can see its links)").into())
    }
}
