//! `docspace keys rotate`.

use clap::Args;

use super::key_name::KeyName;
use super::new_key;
use crate::args::DryRunArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Report, Shape};
use crate::records::NewKeyRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace keys rotate nightly > key.txt
  docspace keys rotate nightly --dry-run";

/// The arguments of `docspace keys rotate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RotateArgs {
    /// Name or id of the old key (see `docspace keys list --mine`)
    key: KeyName,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RotateArgs {
    type Record = NewKeyRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<NewKeyRecord>, Failure> {
        let old = self.key.find(&session.portal).await?;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("create a key like “{}” ({})", old.name, old.id)));
        }
        let unknown = UnknownOutcome::new(format!("whether a new key “{}” was created", old.name), super::LIST);
        let key = change(&unknown, session.portal.keys().rotate(old.id)).await?;
        let note = format!("delete the old key with `docspace keys delete {}` when nothing uses it any more", old.id);
        Ok(new_key::report(key).note(note))
    }
}
