//! `docspace tags create`.

use clap::Args;

use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::TagRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace tags create audit
  docspace tags create audit --dry-run";

/// The arguments of `docspace tags create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the tag
    #[arg(value_parser = values::text)]
    tag: String,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = TagRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<TagRecord>, Failure> {
        let tag = &self.tag;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("create the tag `{tag}`")));
        }
        let unknown = UnknownOutcome::new(format!("whether the tag `{tag}` was created"), super::LIST);
        let tag = change(&unknown, session.portal.tags().create(tag)).await?;
        Ok(Records::Row(TagRecord { tag, uses: None }).into())
    }
}
