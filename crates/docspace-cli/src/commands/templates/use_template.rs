//! `docspace templates use`.

use clap::Args;
use docspace::ErrorKind;

use crate::args::{ApplyTo, RoomSettingsArgs, TemplateArg, WaitArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Report};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingOperation;

const EXAMPLES: &str = r#"Examples:
  docspace templates use "Client room" "Acme Ltd"
  docspace templates use 23 "Audit 2028" --tag audit"#;

/// The arguments of `docspace templates use`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("tags", |arg| {
    arg.help("Add a tag; repeat the flag to add several. The tags of the template are not copied")
}))]
#[command(mut_arg("quota", |arg| {
    arg.help("Set the storage limit: a size such as 2GiB, a number of bytes, or `unlimited` \
         (default: as in the template)")
}))]
#[command(mut_arg("indexing", |arg| {
    arg.help("Turn numbering of files and folders on or off (default: as in the template)")
}))]
#[command(mut_arg("deny_download", |arg| {
    arg.help("Prevent (on) or allow (off) downloading, copying and printing by members with view-only access \
         (default: as in the template)")
}))]
pub(crate) struct UseArgs {
    #[command(flatten)]
    template: TemplateArg,
    /// Title of the new room
    #[arg(value_parser = values::text)]
    title: String,
    /// Copy the logo of the template
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
        let quota = self.settings.shared.quota;
        let template = session.portal.template(self.template.find(session).await?);
        // The portal's own message for the id of a room names neither the id nor the reason.
        template.get().await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::not_found(format!("there is no template {}", template.id()))
                .advise(format!("list the templates with `{}`", hints::TEMPLATES)),
            _ => error.into(),
        })?;
        let room = template.create_room(self.title.clone());
        let mut room = self.settings.apply_to(room);
        if self.copy_logo {
            room = room.copy_logo();
        }
        let title = self.title.trim();
        let question = format!("whether the room “{title}” was created");
        let pending = PendingOperation {
            subject: format!("room “{title}”"),
            unknown: UnknownOutcome::new(question, hints::rooms_titled(title)),
            bar: &Bar::start(session.terminal, "creating", 1),
        };
        let done = pending.run(room.start(), self.wait.until()).await?;
        Ok(super::created(done, quota, &hints::rooms_titled(title)))
    }
}
