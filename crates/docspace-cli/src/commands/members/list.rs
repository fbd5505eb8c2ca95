//! `docspace members list`.

use clap::Args;
use docspace::members::Member;
use futures::TryStreamExt;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
use crate::records::MemberRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace members list 17
  docspace members list 17 --pending
  docspace members list 17 --json email,access --jq '.[] | select(.access == "read") | .email'"#;

/// The arguments of `docspace members list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    room: RoomArg,
    /// List only people
    #[arg(long, conflicts_with = "groups")]
    people: bool,
    /// List only people groups
    #[arg(long)]
    groups: bool,
    /// List only people who have not accepted their invitation yet
    #[arg(long, conflicts_with = "groups")]
    pending: bool,
}

impl PortalCommand for ListArgs {
    type Record = MemberRecord;

    async fn run(self, session: &Session) -> Result<Report<MemberRecord>, Failure> {
        let members = session.portal.room(&self.room.find(session).await?).members();
        let _bar = Bar::start(session.terminal, "reading members", 1);
        let mut found: Vec<Member> = if self.groups {
            members.groups().await?
        } else if self.people || self.pending {
            members.people().await?
        } else {
            members.stream().try_collect().await?
        };
        found.retain(|member| !self.pending || is_pending(member));
        let found = found.into_iter().map(MemberRecord).collect();
        Ok(Records::Found(found, "no members found (only members and administrators can see them)").into())
    }
}

/// Whether the member is a person who has not accepted the invitation yet.
pub(super) fn is_pending(member: &Member) -> bool {
    member.shared_to_user.as_ref().is_some_and(|person| person.is_invited())
}
