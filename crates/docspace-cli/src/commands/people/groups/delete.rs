//! `docspace people groups delete`.

use clap::Args;
use uuid::Uuid;

use crate::args::SafetyArgs;
use crate::args::people::PeopleGroupName;
use crate::command::PortalCommand;
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::{DeletedRecord, PeopleGroupRecord};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace people groups delete Auditors
  docspace people groups delete Auditors --yes";

/// The arguments of `docspace people groups delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Name or id of the people group (see `docspace people groups list`)
    group: PeopleGroupName,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = DeletedRecord<Uuid>;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord<Uuid>>, Failure> {
        let groups = session.portal.people_groups();
        let group = groups.get(self.group.id(&session.portal).await?).await?;
        let name = group.name.clone();
        let people = if group.members_count == 1 { "person" } else { "people" };
        let what = format!("the people group “{name}” with {} {people}", group.members_count);
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("delete {what}")));
        }
        if self.safety.must_ask() {
            let consequence = "Its people lose the access to rooms that the group gave them.";
            let words = Words { noun: "people group", name: "name", consequence };
            let record = PeopleGroupRecord(group.clone());
            confirmation::of_deletion(&[record], |record| &record.0.name, &words, session.terminal)?;
        }
        let unknown = UnknownOutcome::new(format!("whether the people group `{name}` is deleted"), super::LIST);
        change(&unknown, groups.delete(group.id)).await?;
        Ok(Records::Row(DeletedRecord { id: group.id.0, name }).into())
    }
}
