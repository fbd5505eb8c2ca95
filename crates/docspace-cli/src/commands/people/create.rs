//! `docspace people create`.

use clap::Args;
use docspace::people::PersonType;
use shell_words::quote;

use crate::args::people::{PeopleGroupName, person_type, person_type_name};
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::PersonRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace people create ann@acme.com Ann Archer --type user
  docspace people create ann@acme.com Ann Archer --type room-admin --password-stdin < password.txt";

/// The arguments of `docspace people create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// E-mail address of the person
    #[arg(value_parser = values::text)]
    email: String,
    /// First name of the person
    #[arg(value_parser = values::text)]
    first_name: String,
    /// Last name of the person
    #[arg(value_parser = values::text)]
    last_name: String,
    /// Set the type of the person
    #[arg(long = "type", value_name = "TYPE", value_parser = person_type(), ignore_case = true)]
    person_type: PersonType,
    /// Read the password from standard input (default: ask for it)
    #[arg(long)]
    password_stdin: bool,
    /// Add the person to the people group with this name or id; repeat the flag for several groups
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<PeopleGroupName>,
    /// Set the language of the person on the portal, such as de
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.email.contains('@') {
            return Ok(());
        }
        Err(Failure::usage(format!("`{}` is not an e-mail address", self.email)).advise("write it like ann@acme.com"))
    }

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let portal = &session.portal;
        let email = self.email;
        if self.dry_run.is_set() {
            if let Some(known) = portal.people().find(&email).await? {
                return Err(Failure::usage(format!("{} already has the address {email}", known.display_name))
                    .advise(format!("see `docspace people view {}`, or use another address", quote(&email))));
            }
            let what = format!("create an account for {email} as {}", person_type_name(self.person_type));
            return Ok(self.dry_run.report(&what));
        }
        let password = if self.password_stdin {
            prompt::secret_from_stdin("password")?
        } else {
            prompt::secret(session.terminal, "password")?
        };
        let groups = PeopleGroupName::ids(&self.groups, portal).await?;
        let create = portal.people().create(&email, self.first_name, self.last_name, self.person_type);
        let mut create = create.password(password);
        if !groups.is_empty() {
            create = create.groups(groups);
        }
        if let Some(language) = self.language {
            create = create.culture(language);
        }
        let unknown = UnknownOutcome::new(format!("whether an account for {email} was created"), super::LIST_ALL);
        let person = change(&unknown, create.send()).await?;
        Ok(Records::Row(PersonRecord(person)).into())
    }
}
