//! `docspace templates use`.

use clap::Args;
use docspace::templates::TemplateHandle;
use docspace::{ErrorKind, Room};

use crate::args::{ApplyTo, DryRunArgs, RoomSettingsArgs, TemplateArg, WaitArgs, values};
use crate::command::{PortalCommand, RowsCommand};
use crate::commands::new_rooms::{Defaults, FileArgs, NewRoomRecord, NewRooms, Source, columns_help, room_titled};
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::PendingOperation;

const EXAMPLES: &str = r#"Examples:
  docspace templates use 23 "Audit 2028" --tag audit
  docspace templates use Audit --file clients.csv --dry-run
  docspace templates use Audit --file clients.csv --if-missing --json title,id,url

The rooms have the type of the template, so there is no flag and no column for it."#;

/// The arguments of `docspace templates use`.
#[derive(Debug, Args)]
#[command(
    override_usage = "docspace templates use [OPTIONS] <TEMPLATE> <TITLE>\n       docspace templates use [OPTIONS] <TEMPLATE> --file <FILE>"
)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", columns_help("")))]
#[command(mut_arg("file", |arg| arg.conflicts_with("no_wait")))]
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
    #[arg(value_parser = values::text, required_unless_present = "file", conflicts_with = "file")]
    title: Option<String>,
    /// Copy the logo of the template
    #[arg(long)]
    copy_logo: bool,
    #[command(flatten)]
    settings: RoomSettingsArgs,
    /// Create no second room if an active one has the same title and type (default: create it)
    #[arg(long)]
    if_missing: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl UseArgs {
    /// Finds the template and reads it.
    async fn template(&self, session: &Session) -> Result<(TemplateHandle, Room), Failure> {
        let template = session.portal.template(self.template.find(session).await?);
        // The portal's own message for the id of a room names neither the id nor the reason.
        let room = template.get().await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::not_found(format!("there is no template {}", template.id()))
                .advise(format!("list the templates with `{}`", hints::TEMPLATES)),
            _ => error.into(),
        })?;
        Ok((template, room))
    }
}

impl PortalCommand for UseArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let quota = self.settings.shared.quota;
        let (template, model) = self.template(session).await?;
        let Some(title) = &self.title else {
            return Err(Failure::usage("the title of the room is missing").advise("give a title, or --file"));
        };
        if self.if_missing
            && let Some(room) = room_titled(&session.portal, title, model.room_type).await?
        {
            let note = format!("room {} “{}” exists already, so nothing was created", room.id, room.title);
            return Ok(Report::from(Records::Row(RoomRecord(room))).note(note));
        }
        if self.dry_run.is_set() {
            let change = format!("create the room “{title}” from template {} “{}”", model.id, model.title);
            return Ok(self.dry_run.with_values(&change, &self.settings.values()));
        }
        let room = template.create_room(title);
        let mut room = self.settings.apply_to(room);
        if self.copy_logo {
            room = room.copy_logo();
        }
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

impl RowsCommand for UseArgs {
    type Row = NewRoomRecord;

    fn has_file(&self) -> bool {
        self.file.path().is_some()
    }

    async fn run_rows(self, session: &Session) -> Result<Report<NewRoomRecord>, Failure> {
        let (template, model) = self.template(session).await?;
        let (copy_logo, limit) = (self.copy_logo, self.wait.limit());
        let source = Source::Template { template, room: Box::new(model), copy_logo, limit };
        let defaults = Defaults { room_type: None, settings: self.settings };
        let new = NewRooms::read(&self.file, source, &defaults, self.if_missing, session).await?;
        new.create(&self.dry_run, session).await
    }
}
