//! `docspace members list`.

use clap::Args;
use docspace::members::Member;
use futures::{TryStreamExt, stream};

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
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
    /// List at most this many members (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ListArgs {
    type Record = MemberRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberRecord>, Failure> {
        let members = session.portal.room(self.room.find(session).await?).members();
        let found = if self.groups || self.people || self.pending {
            let (groups, pending) = (self.groups, self.pending);
            let found = async move {
                let found = if groups { members.groups().await? } else { members.people().await? };
                Ok::<_, docspace::Error>(stream::iter(
                    found.into_iter().filter(move |member| !pending || is_pending(member)).map(Ok),
                ))
            };
            Listing::new("members", stream::once(found).try_flatten().map_ok(MemberRecord), session.terminal)
        } else {
            let found = Listing::new("members", members.stream().map_ok(MemberRecord), session.terminal);
            found.total(async move { members.total().await })
        };
        let none = "no members found (only members and administrators can see them)";
        Ok(Records::Streamed(found.limit(self.limit).none(none)).into())
    }
}

/// Whether the member is a person who has not accepted the invitation yet.
pub(super) fn is_pending(member: &Member) -> bool {
    member.shared_to_user.as_ref().is_some_and(|person| person.is_invited())
}
