//! `docspace templates create`.

use clap::Args;

use crate::args::people::PeopleGroupName;
use crate::args::{ApplyTo, DryRunArgs, RoomArg, SettingsArgs, WaitArgs, described, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingOperation;

const EXAMPLES: &str = r#"Examples:
  docspace templates create 17 Audit --copy-logo --tag audit --share-with ann@acme.com
  docspace templates create 17 Audit --public --dry-run"#;

/// The arguments of `docspace templates create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("tags", |arg| {
    arg.help("Add a tag; repeat the flag to add several. The tags of the room are not copied")
}))]
#[command(mut_arg("quota", |arg| {
    arg.help("Set the storage limit of the template and of rooms created from it: a size such as 2GiB, a number of \
         bytes, or `unlimited` (default: as in the room)")
}))]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Title of the template
    #[arg(value_parser = values::text)]
    title: String,
    /// Copy the logo of the room
    #[arg(long)]
    copy_logo: bool,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Let this person use the template; repeat the flag for several people. The portal invites
    /// addresses without an account
    #[arg(long, value_name = "EMAIL", conflicts_with = "public")]
    share_with: Vec<String>,
    /// Let the people group with this name or id use the template; repeat the flag for several
    /// groups
    #[arg(long, value_name = "GROUP", conflicts_with = "public")]
    share_with_group: Vec<PeopleGroupName>,
    /// Let everyone who can create rooms use the template
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let quota = self.settings.quota;
        let room = session.portal.room(self.room.find(session).await?);
        let groups = PeopleGroupName::ids(&self.share_with_group, &session.portal).await?;
        if self.dry_run.is_set() {
            let change = format!("create the template “{}” from {}", self.title, described(&room.get().await?));
            return Ok(self.dry_run.with_values(&change, &self.settings.values()));
        }
        let mut template = self.settings.apply_to(room.save_as_template(self.title.clone()));
        if self.copy_logo {
            template = template.copy_logo();
        }
        if !self.share_with.is_empty() {
            template = template.share_with_emails(self.share_with);
        }
        if !groups.is_empty() {
            template = template.share_with_groups(groups.into_iter().map(|group| group.0));
        }
        if self.public {
            template = template.public();
        }
        let title = self.title.trim();
        let question = format!("whether the template “{title}” was created");
        let pending = PendingOperation {
            subject: format!("template “{title}”"),
            unknown: UnknownOutcome::new(question, hints::templates_titled(title)),
            bar: &Bar::start(session.terminal, "creating", 1),
        };
        let done = pending.run(template.start(), self.wait.until()).await?;
        Ok(super::created(done, quota, &hints::templates_titled(title)))
    }
}
