//! `docspace folders edit`.

use clap::{ArgGroup, Args};
use docspace::rooms::FolderId;

use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::commands::contents::Edit;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::FolderRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace folders edit 23 --title "Contracts 2026"
  docspace folders edit 23 --order 1"#;

/// The arguments of `docspace folders edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("change").args(["title", "order"]).required(true).multiple(true))]
pub(crate) struct EditArgs {
    /// Id of the folder (see `docspace folders list`)
    #[arg(value_name = "FOLDER")]
    folder: FolderId,
    /// Set the title, at most 165 characters
    #[arg(long, value_name = "TITLE", value_parser = values::text)]
    title: Option<String>,
    /// Move the folder to this position in its parent folder, 1 for the first; only in a room with
    /// indexing
    #[arg(long, value_name = "PLACE", value_parser = clap::value_parser!(u32).range(1..))]
    order: Option<u32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = FolderRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<FolderRecord>, Failure> {
        let handle = session.portal.folder(&self.folder);
        let now = handle.get().await?;
        if now.room_type.is_some() {
            let advice = format!("change it with `docspace rooms edit {}`", self.folder);
            return Err(Failure::usage(format!("{} is the room “{}”", self.folder, now.title)).advise(advice));
        }
        let edit = Edit { old_title: now.title, title: self.title, old_order: now.order, order: self.order };
        edit.check()?;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.with_values(&format!("change folder {}", self.folder), &edit.changes()));
        }
        let question = format!("whether folder {} was changed", self.folder);
        let unknown = UnknownOutcome::new(question, format!("docspace folders view {}", self.folder));
        let mut changed = None;
        if let Some(title) = edit.title {
            changed = Some(change(&unknown, handle.rename(title)).await?);
        }
        if let Some(order) = self.order {
            changed = Some(change(&unknown, handle.set_order(order)).await?);
        }
        Ok(changed.map_or(Records::None, |folder| Records::Row(FolderRecord::top(folder))).into())
    }
}
