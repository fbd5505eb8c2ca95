//! `docspace keys delete`.

use clap::Args;
use uuid::Uuid;

use super::key_name::KeyName;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::{DeletedRecord, KeyRecord};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

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
    type Record = DeletedRecord<Uuid>;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord<Uuid>>, Failure> {
        let keys = session.portal.keys();
        let key = self.key.find(&session.portal).await?;
        let name = key.name.clone();
        if self.safety.dry_run.is_set() {
            return Ok(self
                .safety
                .dry_run
                .report(&format!("delete the key “{name}” of {}", key.create_by.display_name)));
        }
        if self.safety.must_ask() {
            let is_in_use = keys.current().await.is_ok_and(|current| current.id == key.id);
            let consequence = if is_in_use { "This program uses it." } else { "Programs that use it stop working." };
            let words = Words { noun: "API key", name: "name", consequence };
            let record = KeyRecord(key.clone());
            confirmation::of_deletion(&[record], |record| &record.0.name, &words, session.terminal)?;
        }
        let unknown = UnknownOutcome::new(format!("whether the key “{name}” is deleted"), super::LIST);
        change(&unknown, keys.delete(key.id)).await?;
        Ok(Records::Row(DeletedRecord { id: key.id.0, name }).into())
    }
}
