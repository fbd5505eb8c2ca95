//! `docspace people groups create`.

use clap::Args;

use crate::args::people::PersonName;
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::PeopleGroupRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace people groups create Auditors --member ann@acme.com --member bob@acme.com
  docspace people groups create Auditors --manager ann@acme.com --dry-run";

/// The arguments of `docspace people groups create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the people group
    #[arg(value_parser = values::text)]
    name: String,
    /// Add this person, by e-mail address or id; repeat the flag to add several
    #[arg(long = "member", value_name = "PERSON")]
    members: Vec<PersonName>,
    /// Add this person as the manager of the group
    #[arg(long, value_name = "PERSON")]
    manager: Option<PersonName>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = PeopleGroupRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<PeopleGroupRecord>, Failure> {
        let portal = &session.portal;
        let mut create = portal.people_groups().create(&self.name);
        for person in &self.members {
            create = create.members([person.id(portal).await?]);
        }
        if let Some(person) = &self.manager {
            create = create.manager(person.id(portal).await?);
        }
        let name = &self.name;
        if self.dry_run.is_set() {
            let size = self.members.len() + usize::from(self.manager.is_some());
            let people = if size == 1 { "1 person".to_owned() } else { format!("{size} people") };
            return Ok(self.dry_run.report(&format!("create the people group `{name}` with {people}")));
        }
        let unknown = UnknownOutcome::new(format!("whether the people group `{name}` was created"), super::LIST);
        let group = change(&unknown, create.send()).await?;
        Ok(Records::Row(PeopleGroupRecord(group)).into())
    }
}
