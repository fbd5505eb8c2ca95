//! `docspace keys list`.

use clap::Args;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::KeyRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace keys list --mine
  docspace keys list --json name,owner,lastUsed --jq '.[] | select(.lastUsed == null)'";

/// The flags of `docspace keys list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List only the keys that you created
    #[arg(long)]
    mine: bool,
}

impl PortalCommand for ListArgs {
    type Record = KeyRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<KeyRecord>, Failure> {
        let keys = session.portal.keys();
        let _bar = Bar::start(session.terminal, "reading keys", 1);
        let found = if self.mine { keys.mine().await? } else { keys.list().await? };
        Ok(Records::Found(found.into_iter().map(KeyRecord).collect(), "no API keys found").into())
    }
}
