//! `docspace links create`.

use clap::Args;
use docspace::links::{CreateInvitation, CreateLink, Links};
use docspace::{Access, Timestamp};

use super::password::PasswordArgs;
use crate::args::{RoomArg, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::LinkRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace links create 17 --access read --expires 2027-01-31 --title "For the client"
  docspace links create 17 --access comment --expires 30days --password-stdin < password.txt
  docspace links create 17 --invite --access editing --max-uses 10"#;

/// The link to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    room: RoomArg,
    /// What whoever has it may do; the type of the room decides which of these it can be
    #[arg(long, value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    access: Access,
    /// Make the invitation link, which makes whoever follows it a member of the room
    #[arg(long, conflicts_with_all = ["password_stdin", "ask_password", "internal", "deny_download"])]
    invite: bool,
    /// Give it a title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// When it expires: 2027-01-31 (as that day begins in UTC), 2027-01-31T18:00:00+01:00, or from now: 30days
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    expires: Option<Timestamp>,
    #[command(flatten)]
    password: PasswordArgs,
    /// Only for people with an account on the portal
    #[arg(long)]
    internal: bool,
    /// Keep visitors from downloading, copying and printing
    #[arg(long)]
    deny_download: bool,
    /// How often the invitation can be used
    #[arg(long, value_name = "COUNT", requires = "invite", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_uses: Option<u32>,
}

impl PortalCommand for CreateArgs {
    type Record = LinkRecord;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let room = &self.room.room;
        let links = session.portal.room(room).links();
        let unknown = UnknownOutcome::new("whether the link was made", hints::links_of(room));
        let created = if self.invite {
            self.invitation(links).send().await
        } else {
            self.external(session.terminal, links)?.send().await
        };
        let link = created.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(LinkRecord(link)).into())
    }
}

impl CreateArgs {
    fn external(self, terminal: Terminal, links: Links) -> Result<CreateLink, Failure> {
        let mut link = links.create(self.access).internal(self.internal).deny_download(self.deny_download);
        if let Some(title) = self.title {
            link = link.title(title);
        }
        if let Some(date) = self.expires {
            link = link.expires(date);
        }
        if let Some(password) = self.password.get(terminal)? {
            link = link.password(password);
        }
        Ok(link)
    }

    fn invitation(self, links: Links) -> CreateInvitation {
        let mut link = links.invite(self.access);
        if let Some(title) = self.title {
            link = link.title(title);
        }
        if let Some(date) = self.expires {
            link = link.expires(date);
        }
        if let Some(count) = self.max_uses {
            link = link.max_uses(count);
        }
        link
    }
}
