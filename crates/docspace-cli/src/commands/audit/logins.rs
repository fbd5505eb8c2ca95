//! `docspace audit logins`.

use clap::Args;
use docspace::audit::ListLogins;
use futures::TryStreamExt;

use crate::args::{PeriodArgs, PersonName};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::LoginEventRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace audit logins --since 7days
  docspace audit logins --failed --json time,login,ip
  docspace audit logins --person ann@example.com --limit 5

Only administrators can list logins. A portal does not record whose account a
failed login was for, so --person leaves failed logins out and cannot be
combined with --failed.";

/// The flags of `docspace audit logins`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginsArgs {
    /// List only logins and logouts of this person: e-mail address or id
    #[arg(long, value_name = "PERSON", conflicts_with = "failed")]
    person: Option<PersonName>,
    /// List only failed logins
    #[arg(long)]
    failed: bool,
    #[command(flatten)]
    period: PeriodArgs,
}

impl PortalCommand for LoginsArgs {
    type Record = LoginEventRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        self.period.check()
    }

    async fn run(self, session: &Session) -> Result<Report<LoginEventRecord>, Failure> {
        let mut list = session.portal.audit().logins();
        if let Some(person) = &self.person {
            list = list.person(person.id(&session.portal).await?);
        }
        if self.failed {
            list = list.failed();
        }
        let list =
            list.with_option(self.period.since, ListLogins::since).with_option(self.period.until, ListLogins::until);
        let entries = Listing::new("logins", list.stream().map_ok(LoginEventRecord), session.terminal);
        Ok(Records::Streamed(entries.limit(self.period.limit)).into())
    }
}
