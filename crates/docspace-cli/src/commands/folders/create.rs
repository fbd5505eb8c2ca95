//! `docspace folders create`.

use clap::Args;

use crate::args::DryRunArgs;
use crate::command::PortalCommand;
use crate::commands::contents::{PlaceArg, TreeFile};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Bar, Records, Report, Shape};
use crate::records::FolderRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace folders create 17 Contracts Invoices
  docspace folders create "Audit 2026" Contracts/2026/Signed
  docspace folders create 17 --tree tree.txt --dry-run
  printf 'Contracts\n  2026\n  2027\nInvoices\n' | docspace folders create 17 --tree -"#;

/// The arguments of `docspace folders create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(
    override_usage = "docspace folders create [OPTIONS] <ROOM> <PATH>...\n       docspace folders create [OPTIONS] <ROOM> --tree <FILE>"
)]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    place: PlaceArg,
    /// Paths of the folders from the room or folder, with slashes between the titles
    #[arg(value_name = "PATH", required_unless_present = "tree")]
    paths: Vec<String>,
    /// Create the folders of this text file, one on each line, as a path or indented below its
    /// parent; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    tree: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = FolderRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        Ok(())
    }

    async fn run(self, session: &Session) -> Result<Report<FolderRecord>, Failure> {
        let paths = match &self.tree {
            Some(file) => TreeFile::read(file)?.0,
            None => self.paths,
        };
        let place = self.place.find(session).await?;
        let folders = session.portal.folder(&place).folders();
        if self.dry_run.is_set() {
            let missing = folders.missing(&paths).await?;
            let what = format!("create {} of {} folders in folder {place}", missing.len(), paths.len());
            return Ok(self.dry_run.with_values(&what, &missing));
        }
        let _bar = Bar::start(session.terminal, "creating folders", 1);
        let question = format!("which folders exist in folder {place}");
        let unknown = UnknownOutcome::new(question, format!("docspace folders list {place} --recursive"));
        let created = change(&unknown, folders.create_tree(&paths)).await?;
        let records = created.into_iter().zip(paths).map(|(folder, path)| FolderRecord { folder, path });
        Ok(Records::List(records.collect()).into())
    }
}
