//! `docspace keys view`.

use clap::Args;

use super::key_name::KeyName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::KeyRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace keys view
  docspace keys view nightly --json expires --jq .expires";

/// The arguments of `docspace keys view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Name or id of the key (default: the key in use)
    key: Option<KeyName>,
}

impl PortalCommand for ViewArgs {
    type Record = KeyRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<KeyRecord>, Failure> {
        let key = match self.key {
            Some(key) => key.find(&session.portal).await?,
            None => session.portal.keys().current().await?,
        };
        Ok(Records::Card(KeyRecord(key)).into())
    }
}
