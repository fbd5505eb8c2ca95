//! `docspace links edit`.

use clap::Args;
use docspace::{Access, Timestamp};

use super::link_name::LinkName;
use super::password::PasswordArgs;
use crate::args::{RoomArg, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace links edit 17 primary --title "Front door"
  docspace links edit 17 6f9619ff-8b86-d011-b42d-00cf4fc964ff --expires 30days --no-password"#;

/// The flags of `docspace links edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Id of the link or its beginning, its title, its address (see `docspace links list`), or
    /// `primary`
    link: LinkName,
    /// Change what people can do with the link; the type of the room limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    access: Option<Access>,
    /// Change the title of the link
    #[arg(long, value_name = "TITLE", value_parser = values::text, allow_hyphen_values = true)]
    title: Option<String>,
    /// Set when the link expires: 2027-01-31 (the end of that day) or 2027-01-31T18:00, in the time
    /// zone of this computer, or a time from now such as 30days or 3months
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    expires: Option<Timestamp>,
    /// Remove the expiry date
    #[arg(long, conflicts_with = "expires")]
    never_expires: bool,
    #[command(flatten)]
    password: PasswordArgs,
    /// Remove the password
    #[arg(long, conflicts_with_all = ["password_stdin", "ask_password"])]
    no_password: bool,
    /// Restrict the link to people with an account on the portal (on), or open it to everyone (off)
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    internal: Option<bool>,
    /// Prevent (on) or allow (off) downloading, copying and printing by visitors
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    deny_download: Option<bool>,
    /// Limit how often the invitation link can be used, from 1 to 1000 times
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_uses: Option<u32>,
    /// Remove the limit on how often the invitation link can be used
    #[arg(long, conflicts_with = "max_uses")]
    unlimited_uses: bool,
}

impl PortalCommand for EditArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let password = self.password.get(session.terminal)?;
        let room = &self.room.find(session).await?;
        let unknown = UnknownOutcome::new("whether the link was changed", hints::links_of(room));
        let links = session.portal.room(room).links();
        let mut link = links.update(self.link.id(room, &links).await?);
        if let Some(access) = self.access {
            link = link.access(access);
        }
        if let Some(title) = self.title {
            link = link.title(title);
        }
        if let Some(date) = self.expires {
            link = link.expires(date);
        }
        if self.never_expires {
            link = link.remove_expiry();
        }
        if let Some(password) = password {
            link = link.password(password);
        }
        if self.no_password {
            link = link.remove_password();
        }
        if let Some(on) = self.internal {
            link = link.internal(on);
        }
        if let Some(on) = self.deny_download {
            link = link.deny_download(on);
        }
        if let Some(count) = self.max_uses {
            link = link.max_uses(count);
        }
        if self.unlimited_uses {
            link = link.remove_max_uses();
        }
        let link = change(&unknown, link.send()).await?;
        Ok(Records::Row(LinkRecord(link)).into())
    }
}
