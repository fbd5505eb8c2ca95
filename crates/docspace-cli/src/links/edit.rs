//! `docspace links edit`.

use clap::Args;
use docspace::{Access, Timestamp};

use super::password::PasswordArgs;
use super::record::LinkRecord;
use super::{LinkName, RoomArgs};
use crate::app::App;
use crate::failure::Failure;
use crate::output::OutputArgs;
use crate::{values, work};

const EXAMPLES: &str = r#"Examples:
  docspace links edit 17 primary --title "Front door"
  docspace links edit 17 6f9619ff-8b86-d011-b42d-00cf4fc964ff --expires 30days --no-password"#;

/// What to change of a link; everything else stays.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArgs,
    /// The link's id, or `primary`
    link: LinkName,
    /// Give another access
    #[arg(long, value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    access: Option<Access>,
    /// Give it another title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// When it expires: 2027-01-31 (as that day begins in UTC), 2027-01-31T18:00:00+01:00, or from now: 30days
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    expires: Option<Timestamp>,
    /// Take its expiry away
    #[arg(long, conflicts_with = "expires")]
    never_expires: bool,
    #[command(flatten)]
    password: PasswordArgs,
    /// Take its password away
    #[arg(long, conflicts_with_all = ["password_stdin", "ask_password"])]
    no_password: bool,
    /// Only for people with an account on the portal, or for others too
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    internal: Option<bool>,
    /// Keep visitors from downloading, copying and printing, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    deny_download: Option<bool>,
    /// How often the invitation can be used
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_uses: Option<u32>,
    /// Let the invitation be used without a limit
    #[arg(long, conflicts_with = "max_uses")]
    unlimited_uses: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl EditArgs {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app)?;
        let look = self.room.look();
        let links = app.portal()?.room(&self.room.room).links();
        let password = self.password.get(app)?;
        let mut link = links.update(self.link.id(&links).await?);
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
            link = link.never_expires();
        }
        if let Some(password) = password {
            link = link.password(password);
        }
        if self.no_password {
            link = link.no_password();
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
            link = link.unlimited_uses();
        }
        let link = link.send().await.map_err(|error| work::settle(error, "whether the link was changed", &look))?;
        printer.row(&LinkRecord(link))
    }
}
