//! `docspace templates use`.

use clap::Args;
use docspace::RoomId;

use crate::args::{WaitArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingWork;

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
}

impl PortalCommand for UseArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let mut room = session.portal.template(&self.id).create_room(self.title.clone());
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
        let question = format!("whether the room “{title}” was made");
        let work = PendingWork {
            subject: format!("room “{title}”"),
            unknown: UnknownOutcome::new(question, hints::rooms_titled(title)),
            bar: &Bar::start(session.terminal, "making", 1),
        };
        Ok(super::created(work.run(room.start(), self.wait.wait()).await?))
    }
}
