//! `docspace templates`: the commands.

mod create;
mod from;

use clap::Subcommand;
use docspace::RoomId;
use futures::TryStreamExt;

use crate::app::App;
use crate::confirm::ConfirmArgs;
use crate::failure::Failure;
use crate::output::{Bar, OutputArgs};
use crate::rooms::{RoomRecord, Verb, run_all};
use crate::work::WaitArgs;

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplatesCommand {
    /// List the templates you own or may use
    #[command(visible_alias = "ls")]
    List {
        /// Only templates whose title contains this
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Make a template from a room
    Create(create::CreateArgs),
    /// Make a room from a template
    Use(from::UseArgs),
    /// Delete templates for good; rooms made from them stay
    Delete {
        /// The templates' ids
        #[arg(value_name = "TEMPLATE", required = true)]
        ids: Vec<RoomId>,
        #[command(flatten)]
        confirm: ConfirmArgs,
        #[command(flatten)]
        wait: WaitArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
}

impl TemplatesCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List { search, output } => {
                let printer = output.printer(app)?;
                let portal = app.portal()?;
                let list = portal.templates().list();
                let list = if let Some(text) = search { list.search(text) } else { list };
                let bar = Bar::start(app.terminal, "reading templates", 1);
                let templates: Vec<_> = list.stream().map_ok(RoomRecord).try_collect().await?;
                drop(bar);
                printer.found(&templates, "no templates")
            }
            Self::Create(arguments) => arguments.run(app).await,
            Self::Use(arguments) => arguments.run(app).await,
            Self::Delete { ids, confirm, wait, output } => {
                run_all(app, Verb::DeleteTemplate, ids, Some(&confirm), &wait, &output).await
            }
        }
    }
}
