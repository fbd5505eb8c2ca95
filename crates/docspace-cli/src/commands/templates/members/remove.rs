//! `docspace templates members remove`.

use clap::Args;

use crate::args::{DryRunArgs, InviteesArgs, TemplateArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Report, Shape};
use crate::records::MemberRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace templates members remove 23 ann@acme.com
  docspace templates members remove 23 --group Auditors --dry-run";

/// The arguments of `docspace templates members remove`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    who: InviteesArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RemoveArgs {
    type Record = MemberRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberRecord>, Failure> {
        let template = session.portal.template(self.template.find(session).await?);
        let who = self.who.resolve(&session.portal).await?;
        if self.dry_run.is_set() {
            let room = template.get().await?;
            let names = who.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return Ok(self
                .dry_run
                .report(&format!("stop sharing template {} “{}” with {names}", room.id, room.title)));
        }
        let id = template.id();
        let check = format!("docspace templates members list {id}");
        let unknown = UnknownOutcome::new(format!("who can use template {id}"), check);
        change(&unknown, template.unshare(who)).await?;
        super::users_of(&template).await
    }
}
