//! `docspace members resend`.

use clap::{ArgGroup, Args};
use docspace::members::Member;

use super::list::is_pending;
use crate::args::people::PersonName;
use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::MemberRecord;
use crate::session::Session;
use crate::terminal::print_message;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace members resend 17 ann@acme.com
  docspace members resend 17 --all --dry-run"#;

/// The arguments of `docspace members resend`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, override_usage = "docspace members resend [OPTIONS] <ROOM> <PERSON|--all>")]
#[command(group = ArgGroup::new("which").args(["people", "all"]).required(true))]
pub(crate) struct ResendArgs {
    #[command(flatten)]
    room: RoomArg,
    /// E-mail addresses or ids of people who have not accepted their invitation yet
    #[arg(value_name = "PERSON")]
    people: Vec<PersonName>,
    /// Send the invitation again to everyone who has not accepted it yet
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for ResendArgs {
    type Record = MemberRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberRecord>, Failure> {
        let room = self.room.find(session).await?;
        let members = session.portal.room(&room).members();
        let pending: Vec<Member> = members.people().await?.into_iter().filter(is_pending).collect();
        let chosen = if self.all { pending } else { chosen(&self.people, &pending)? };
        let people: Vec<_> =
            chosen.iter().filter_map(|member| member.shared_to_user.as_ref()).map(|person| person.id).collect();
        if self.dry_run.is_set() {
            print_message(&format!("dry run: would send the invitation to room {room} again to these people"));
        } else if !people.is_empty() {
            let question = "whether the invitations were sent again";
            let unknown = UnknownOutcome::new(question, format!("{} --pending", super::members_of(&room)));
            change(&unknown, members.resend_invitations(people)).await?;
        }
        Ok(Records::Found(chosen.into_iter().map(MemberRecord).collect(), "no pending invitations found").into())
    }
}

/// Returns the pending members with these names. Fails for a name that none of them has.
fn chosen(people: &[PersonName], pending: &[Member]) -> Result<Vec<Member>, Failure> {
    let is = |name: &PersonName, member: &Member| match name {
        PersonName::Email(email) => member.email().is_some_and(|known| known.eq_ignore_ascii_case(email)),
        PersonName::Id(id) => member.shared_to_user.as_ref().is_some_and(|person| person.id == *id),
    };
    let find = |name: &PersonName| {
        let found = pending.iter().find(|member| is(name, member)).cloned();
        found.ok_or_else(|| {
            Failure::not_found(format!("{name} has no pending invitation to this room"))
                .advise("list the pending ones with `docspace members list ROOM --pending`")
        })
    };
    people.iter().map(find).collect()
}
