//! `docspace templates list`.

use clap::Args;
use futures::TryStreamExt;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace templates list
  docspace templates list --json id,title,tags --jq '.[] | select(.tags == ["client"]) | .id'"#;

/// The flags of `docspace templates list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List only templates whose title contains this text
    #[arg(long, value_name = "TEXT", value_parser = values::text, allow_hyphen_values = true)]
    search: Option<String>,
    /// List at most this many templates (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ListArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let mut list = session.portal.templates().list();
        if let Some(text) = self.search {
            list = list.search(text);
        }
        let total = list.clone();
        let templates = Listing::new("templates", list.stream().map_ok(RoomRecord), session.terminal);
        Ok(Records::Streamed(templates.limit(self.limit).total(async move { total.total().await })).into())
    }
}
