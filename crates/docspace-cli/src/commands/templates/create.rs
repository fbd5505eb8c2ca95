//! `docspace templates create`.

use clap::Args;
use docspace::RoomId;
use uuid::Uuid;

use crate::args::{ApplyTo, SettingsArgs, WaitArgs};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingWork;

const EXAMPLES: &str = r#"Examples:
  docspace templates create 17 Audit --copy-logo --tag audit --share-with ann@acme.com
  docspace templates create 17 Audit --public"#;

/// The template to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("tags", |arg| arg.help("Give it this tag; repeat it for several. The room's tags are not taken over")))]
#[command(mut_arg("quota", |arg| {
    arg.help("The most it may hold, and the rooms made from it, such as 2GiB, or `unlimited`")
}))]
pub(crate) struct CreateArgs {
    /// The id of the room to make it from
    #[arg(value_name = "ROOM")]
    id: RoomId,
    /// Its title
    title: String,
    /// Copy the room's logo
    #[arg(long)]
    copy_logo: bool,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Let this person use it; repeat it for several. An address the portal does not know is invited to it
    #[arg(long, value_name = "EMAIL", conflicts_with = "public")]
    share_with: Vec<String>,
    /// Let this group use it, by its id; repeat it for several
    #[arg(long, value_name = "GROUP", conflicts_with = "public")]
    share_with_group: Vec<Uuid>,
    /// Let everybody use it who may make rooms
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let template = session.portal.room(&self.id).save_as_template(self.title.clone());
        let mut template = self.settings.apply_to(template);
        if self.copy_logo {
            template = template.copy_logo();
        }
        if !self.share_with.is_empty() {
            template = template.share_with(self.share_with);
        }
        if !self.share_with_group.is_empty() {
            template = template.share_with_groups(self.share_with_group);
        }
        if self.public {
            template = template.public();
        }
        let title = self.title.trim();
        let question = format!("whether the template “{title}” was made");
        let work = PendingWork {
            subject: format!("template “{title}”"),
            unknown: UnknownOutcome::new(question, hints::templates_titled(title)),
            bar: &Bar::start(session.terminal, "making", 1),
        };
        Ok(super::created(work.run(template.start(), self.wait.until()).await?))
    }
}
