//! `docspace rooms create`.

use clap::Args;
use docspace::RoomType;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms create "Audit 2026" --type custom --tag audit
  id=$(docspace rooms create Deal --type virtual-data --deny-download | cut -f1)"#;

/// The room to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Its title
    title: String,
    /// What it is for
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    kind: RoomType,
    /// Give it this tag; repeat it for several
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Its colour, six hexadecimal digits such as FF5733; random otherwise
    #[arg(long, value_name = "COLOUR", visible_alias = "colour")]
    color: Option<String>,
    /// Its cover, one of those the portal offers
    #[arg(long, value_name = "COVER")]
    cover: Option<String>,
    /// The most it may hold, such as 2GiB, or `unlimited`; as the portal is set otherwise
    #[arg(long, value_name = "SIZE", value_parser = values::quota)]
    quota: Option<i64>,
    /// Number its entries
    #[arg(long)]
    indexing: bool,
    /// Keep members who only view from downloading, copying and printing
    #[arg(long)]
    deny_download: bool,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let question = format!("whether the room “{}” was made", self.title.trim());
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&self.title));
        let mut room = session.portal.rooms().create(self.title, self.kind);
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
        if self.indexing {
            room = room.indexing(true);
        }
        if self.deny_download {
            room = room.deny_download(true);
        }
        let room = room.send().await.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(RoomRecord(room)).into())
    }
}
