//! `docspace people view`.

use clap::Args;

use crate::args::people::PersonName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::PersonRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace people view ann@acme.com
  docspace people view --json id --jq .id";

/// The arguments of `docspace people view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// E-mail address or id of the person (default: you)
    person: Option<PersonName>,
}

impl PortalCommand for ViewArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let person = match self.person {
            Some(person) => person.profile(&session.portal).await?,
            None => session.portal.me().await?,
        };
        Ok(Records::Card(PersonRecord(person)).into())
    }
}
