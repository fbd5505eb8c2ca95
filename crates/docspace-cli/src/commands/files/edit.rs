//! `docspace files edit`.

use clap::{ArgGroup, Args};
use docspace::rooms::FileId;

use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::commands::contents::Edit;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::FileRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace files edit 23 --title "plan 2026.docx"
  docspace files edit 23 --order 1"#;

/// The arguments of `docspace files edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("change").args(["title", "order"]).required(true).multiple(true))]
pub(crate) struct EditArgs {
    /// Id of the file (see `docspace files list`)
    #[arg(value_name = "FILE")]
    file: FileId,
    /// Set the title, at most 165 characters; the extension stays
    #[arg(long, value_name = "TITLE", value_parser = values::text)]
    title: Option<String>,
    /// Move the file to this position in its parent folder, 1 for the first; only in a room with
    /// indexing
    #[arg(long, value_name = "PLACE", value_parser = clap::value_parser!(u32).range(1..))]
    order: Option<u32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = FileRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<FileRecord>, Failure> {
        let handle = session.portal.file(&self.file);
        let now = handle.get().await?;
        let edit = Edit { old_title: now.title, title: self.title, old_order: now.order, order: self.order };
        edit.check()?;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.with_values(&format!("change file {}", self.file), &edit.changes()));
        }
        let question = format!("whether file {} was changed", self.file);
        let unknown = UnknownOutcome::new(question, format!("docspace files view {}", self.file));
        let mut changed = None;
        if let Some(title) = edit.title {
            changed = Some(change(&unknown, handle.rename(title)).await?);
        }
        if let Some(order) = self.order {
            changed = Some(change(&unknown, handle.set_order(order)).await?);
        }
        Ok(changed.map_or(Records::None, |file| Records::Row(FileRecord(file))).into())
    }
}
