//! `docspace templates list`.

use clap::Args;
use futures::TryStreamExt;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

/// The flags of `docspace templates list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// List only templates whose title contains this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
}

impl PortalCommand for ListArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let mut list = session.portal.templates().list();
        if let Some(text) = self.search {
            list = list.search(text);
        }
        let _bar = Bar::start(session.terminal, "reading templates", 1);
        let templates = list.stream().map_ok(RoomRecord).try_collect().await?;
        Ok(Records::Found(templates, "no templates found").into())
    }
}
