//! `docspace keys delete`.

use clap::Args;
use serde_json::json;

use super::key_name::KeyName;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report};
use crate::prompt;
use crate::records::DeletedRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace keys delete nightly
  docspace keys delete 6f9619ff-8b86-d011-b42d-00cf4fc964ff --yes";

/// The arguments of `docspace keys delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Name or id of the key (see `docspace keys list`)
    key: KeyName,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = DeletedRecord;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord>, Failure> {
        let keys = session.portal.keys();
        let key = self.key.find(&session.portal).await?;
        let name = key.name;
        let owner = key.create_by.display_name;
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("delete the key `{name}` of {owner}")));
        }
        if self.safety.must_ask() {
            let is_in_use = keys.current().await.is_ok_and(|current| current.id == key.id);
            let warning = if is_in_use { "This program uses it." } else { "Programs that use it stop working." };
            prompt::confirm(&format!("Delete the key `{name}` of {owner}? {warning}"))?;
        }
        let unknown = UnknownOutcome::new(format!("whether the key `{name}` is deleted"), super::LIST);
        keys.delete(key.id).await.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(DeletedRecord { id: json!(key.id), name }).into())
    }
}
