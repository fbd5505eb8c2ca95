//! `docspace tags rename`.

use clap::Args;

use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::TagRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace tags rename audit "audit 2027"
  docspace tags rename audit "audit 2027" --dry-run"#;

/// The arguments of `docspace tags rename`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RenameArgs {
    /// Name of the tag
    tag: String,
    /// New name of the tag
    #[arg(value_parser = values::text)]
    name: String,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RenameArgs {
    type Record = TagRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<TagRecord>, Failure> {
        let (old, new) = (self.tag.trim(), &self.name);
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("rename the tag `{old}` to `{new}` in all rooms")));
        }
        let unknown = UnknownOutcome::new(format!("whether the tag `{old}` was renamed"), super::LIST);
        change(&unknown, session.portal.tags().rename(old, new)).await.map_err(|failure| {
            match failure.is_not_found() {
                true => failure.advise(format!("list the tags with `{}`", super::LIST)),
                false => failure,
            }
        })?;
        Ok(Records::Row(TagRecord { tag: self.name, uses: None }).into())
    }
}
