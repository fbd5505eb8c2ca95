//! `docspace people offboard`.

mod notes;
mod plan;
mod run;

use clap::Args;

use crate::args::SafetyArgs;
use crate::args::people::PersonName;
use crate::command::PortalCommand;
use crate::confirmation;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::session::Session;
use crate::terminal::{Terminal, print_message};

const EXAMPLES: &str = r"Examples:
  docspace people offboard ann@acme.com --to bob@acme.com --dry-run
  docspace people offboard ann@acme.com --to bob@acme.com --disable
  docspace people offboard ann@acme.com --to bob@acme.com --yes --json id,title,state,reason

The command first gives the person's rooms to their new owner, then removes the person from all
rooms, and with --disable then disables the account. A failure does not stop the other steps, but
the account is then not disabled. Run the command again for what is left.

Only the owner and the room managers of a room can remove a member. With your own address in --to,
you can remove the former owner from the rooms that you get; afterwards, give the rooms to another
person with `docspace rooms owner`.";

/// The arguments of `docspace people offboard`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OffboardArgs {
    /// E-mail address or id of the person who leaves
    person: PersonName,
    /// E-mail address or id of the new owner of the person's rooms, who must be allowed to create
    /// rooms
    #[arg(long, value_name = "PERSON")]
    to: PersonName,
    /// Disable the account in the end, so that the person can no longer sign in (default: keep it)
    #[arg(long)]
    disable: bool,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for OffboardArgs {
    type Record = plan::RoomStep;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<plan::RoomStep>, Failure> {
        let (leaver, heir) = (self.person.profile(&session.portal).await?, self.to.profile(&session.portal).await?);
        let plan = plan::Plan::read(session, leaver, heir, self.disable).await?;
        let notes = notes::of(session, &plan).await;
        if self.safety.dry_run.is_set() {
            print_message(&format!("dry run: would {}", plan.summary()));
            notes.iter().for_each(|note| print_message(note));
            return Ok(Records::List(plan.steps).into());
        }
        if plan.is_empty() {
            return Ok(Records::Found(plan.steps, "nothing to do: the person has no rooms that you can change").into());
        }
        if self.safety.must_ask() {
            confirmation::show(&plan.steps, session.terminal);
            notes.iter().for_each(|note| print_message(note));
            let (summary, name) = (plan.summary(), plan.name());
            let question = format!("This will {summary}. Type {name} to confirm:");
            prompt::confirm_by_typing(&question, &name)?;
        } else {
            notes.iter().for_each(|note| session.terminal.note(note));
        }
        run::all(session, plan).await
    }
}
