//! `docspace history`.

use clap::Args;
use docspace::history::ListHistory;
use futures::TryStreamExt;

use crate::args::{PeriodArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::HistoryRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace history 17 --since 30days
  docspace history "Audit 2026" --since 2026-01-01 --until 2026-03-31
  docspace history 17 --json time,action,person --jq '.[] | select(.action == "FileUploaded")'

Actions and roles have the names that the portal uses: a role such as Editor is
the access `editing` of other commands.

The history leaves out changes of the access, the expiry date and the password
of links. Administrators find them with `docspace audit events --room ROOM`."#;

/// The arguments of `docspace history`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct HistoryArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    period: PeriodArgs,
}

impl PortalCommand for HistoryArgs {
    type Record = HistoryRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        self.period.check()
    }

    async fn run(self, session: &Session) -> Result<Report<HistoryRecord>, Failure> {
        let id = self.room.find(session).await?;
        let history = session.portal.room(id).history();
        let history = history
            .with_option(self.period.since, ListHistory::since)
            .with_option(self.period.until, ListHistory::until);
        let events = Listing::new("events", history.stream().map_ok(HistoryRecord), session.terminal);
        Ok(Records::Streamed(events.limit(self.period.limit)).into())
    }
}
