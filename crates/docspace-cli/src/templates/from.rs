//! `docspace templates use`.

use clap::Args;
use docspace::RoomId;

use crate::app::App;
use crate::failure::Failure;
use crate::hints;
use crate::output::{Bar, OutputArgs};
use crate::rooms::RoomRecord;
use crate::values;
use crate::work::{WaitArgs, Work};

const EXAMPLES: &str = r#"Examples:
  docspace templates use 23 "Audit 2028" --tag audit"#;

/// The room to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UseArgs {
    /// The template's id
    #[arg(value_name = "TEMPLATE")]
    id: RoomId,
    /// The title of the room
    title: String,
    /// Copy the template's logo
    #[arg(long)]
    copy_logo: bool,
    /// Give it this tag; repeat it for several. The template's tags are not taken over
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Its colour, six hexadecimal digits such as FF5733; random otherwise
    #[arg(long, value_name = "COLOUR", visible_alias = "colour")]
    color: Option<String>,
    /// Its cover, one of those the portal offers
    #[arg(long, value_name = "COVER")]
    cover: Option<String>,
    /// The most it may hold, such as 2GiB, or `unlimited`; as the template otherwise
    #[arg(long, value_name = "SIZE", value_parser = values::quota)]
    quota: Option<i64>,
    /// Number its entries, or not; as the template otherwise
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    indexing: Option<bool>,
    /// Keep members who only view from downloading, or not; as the template otherwise
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    deny_download: Option<bool>,
    #[command(flatten)]
    wait: WaitArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl UseArgs {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app)?;
        let portal = app.portal()?;
        let mut room = portal.template(&self.id).create_room(self.title.clone());
        if self.copy_logo {
            room = room.copy_logo();
        }
        if !self.tags.is_empty() {
            room = room.tags(self.tags);
        }
        if let Some(color) = self.color {
            room = room.color(color);
        }
        if let Some(cover) = self.cover {
            room = room.cover(cover);
        }
        if let Some(bytes) = self.quota {
            room = room.quota(bytes);
        }
        if let Some(on) = self.indexing {
            room = room.indexing(on);
        }
        if let Some(on) = self.deny_download {
            room = room.deny_download(on);
        }
        let title = self.title.trim();
        let work = Work {
            subject: format!("room “{title}”"),
            question: format!("whether the room “{title}” was made"),
            look: hints::rooms_titled(title),
            bar: &Bar::start(app.terminal, "making", 1),
        };
        let made = work.run(room.start(), &self.wait).await?;
        match made {
            Some(room) => printer.row(&RoomRecord(room)),
            // Its id is not known yet.
            None => {
                app.terminal.note("the portal has accepted it");
                Ok(())
            }
        }
    }
}
