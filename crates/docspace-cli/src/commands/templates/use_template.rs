//! `docspace templates use`.

use clap::Args;
use docspace::RoomId;

use crate::args::{ApplyTo, RoomSettingsArgs, WaitArgs};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingWork;

const EXAMPLES: &str = r#"Examples:
  docspace templates use 23 "Audit 2028" --tag audit"#;

/// The room to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("tags", |arg| {
    arg.help("Give it this tag; repeat it for several. The template's tags are not taken over")
}))]
#[command(mut_arg("quota", |arg| {
    arg.help("The most it may hold, such as 2GiB, or `unlimited`; as the template otherwise")
}))]
#[command(mut_arg("indexing", |arg| arg.help("Number its entries, or not; as the template otherwise")))]
#[command(mut_arg("deny_download", |arg| {
    arg.help("Keep members who only view from downloading, or not; as the template otherwise")
}))]
pub(crate) struct UseArgs {
    /// The template's id
    #[arg(value_name = "TEMPLATE")]
    id: RoomId,
    /// The title of the room
    title: String,
    /// Copy the template's logo
    #[arg(long)]
    copy_logo: bool,
    #[command(flatten)]
    settings: RoomSettingsArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for UseArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.template(&self.id).create_room(self.title.clone());
        let mut room = self.settings.apply_to(room);
        if self.copy_logo {
            room = room.copy_logo();
        }
        let title = self.title.trim();
        let question = format!("whether the room “{title}” was made");
        let work = PendingWork {
            subject: format!("room “{title}”"),
            unknown: UnknownOutcome::new(question, hints::rooms_titled(title)),
            bar: &Bar::start(session.terminal, "making", 1),
        };
        Ok(super::created(work.run(room.start(), self.wait.until()).await?))
    }
}
