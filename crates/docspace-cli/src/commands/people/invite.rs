//! `docspace people invite`.

use clap::Args;
use docspace::people::PersonType;

use crate::args::people::{person_type, person_type_name};
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::PersonRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace people invite ann@acme.com bob@acme.com --type user
  docspace people invite carl@acme.com --type room-admin --dry-run";

/// The arguments of `docspace people invite`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InviteArgs {
    /// E-mail addresses of the people
    #[arg(value_name = "EMAIL", required = true, value_parser = values::text)]
    emails: Vec<String>,
    /// Set the type of the people
    #[arg(long = "type", value_name = "TYPE", value_parser = person_type(), ignore_case = true)]
    person_type: PersonType,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for InviteArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let people = session.portal.people();
        let names = self.emails.join(", ");
        if self.dry_run.is_set() {
            let mut unknown = Vec::new();
            for email in &self.emails {
                if people.find(email).await?.is_none() {
                    unknown.push(email.as_str());
                }
            }
            let what = match unknown.as_slice() {
                [] => "send no invitation, because all of these people have an account".to_owned(),
                new => format!("invite {} as {}", new.join(", "), person_type_name(self.person_type)),
            };
            return Ok(self.dry_run.report(&what));
        }
        let unknown = UnknownOutcome::new(format!("whether {names} were invited"), super::LIST_ALL);
        let invited = change(&unknown, people.invite(&self.emails, self.person_type)).await?;
        Ok(Records::List(invited.into_iter().map(PersonRecord).collect()).into())
    }
}
