//! `docspace templates edit`.

use clap::Args;
use docspace::templates::TemplateHandle;

use crate::args::{ApplyTo, DryRunArgs, RoomSettingsArgs, TemplateArg, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::TemplateRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace templates edit 23 --title "Audit 2027" --add-tag audit
  docspace templates edit 23 --public on"#;

/// The arguments of `docspace templates edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
// The display order keeps the flags for tags together, and those for the cover.
#[command(mut_arg("tags", |arg| {
    arg.help("Replace all tags with this one; repeat the flag to set several")
        .conflicts_with_all(["add_tags", "remove_tags", "no_tags"])
        .display_order(1)
}))]
#[command(mut_arg("color", |arg| {
    arg.help("Set the color as six hexadecimal digits, such as FF5733").display_order(5)
}))]
#[command(mut_arg("cover", |arg| arg.conflicts_with("no_cover").display_order(6)))]
pub(crate) struct EditArgs {
    #[command(flatten)]
    template: TemplateArg,
    /// Rename the template
    #[arg(long, value_name = "TITLE", value_parser = values::text, allow_hyphen_values = true)]
    title: Option<String>,
    /// Add a tag; repeat the flag to add several
    #[arg(long = "add-tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true, conflicts_with = "no_tags", display_order = 2)]
    add_tags: Vec<String>,
    /// Remove a tag; repeat the flag to remove several
    #[arg(long = "remove-tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true, conflicts_with = "no_tags", display_order = 3)]
    remove_tags: Vec<String>,
    /// Remove all tags
    #[arg(long, display_order = 4)]
    no_tags: bool,
    /// Remove the cover
    #[arg(long, display_order = 7)]
    no_cover: bool,
    #[command(flatten)]
    settings: RoomSettingsArgs,
    /// Let everyone who can create rooms use the template, or only you; in both cases, the people
    /// and groups with whom it is shared lose access
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    public: Option<bool>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = TemplateRecord;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.changes_settings() || self.changes_tags() || self.public.is_some() {
            return Ok(());
        }
        Err(Failure::usage("there is nothing to change")
            .advise("give a flag such as --title; `docspace templates edit --help` lists them"))
    }

    async fn run(mut self, session: &Session) -> Result<Report<TemplateRecord>, Failure> {
        let template = session.portal.template(self.template.find(session).await?);
        // The calls below would also change a room with this id.
        let room = template.get().await?;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("change", &room));
        }
        let unknown = UnknownOutcome::new(format!("whether template {} was changed", room.id), hints::TEMPLATES);
        let (add, remove) = (std::mem::take(&mut self.add_tags), std::mem::take(&mut self.remove_tags));
        let public = self.public;
        if self.changes_settings() {
            change(&unknown, self.edit(&template).send()).await?;
        }
        if !remove.is_empty() {
            change(&unknown, template.remove_tags(remove)).await?;
        }
        if !add.is_empty() {
            change(&unknown, template.add_tags(add)).await?;
        }
        if let Some(on) = public {
            change(&unknown, template.set_public(on)).await?;
        }
        let (room, public) = (template.get().await?, template.is_public().await?);
        Ok(Records::Row(TemplateRecord { room, public }).into())
    }
}

impl EditArgs {
    fn changes_settings(&self) -> bool {
        self.title.is_some() || self.no_tags || self.no_cover || self.settings != RoomSettingsArgs::default()
    }

    fn changes_tags(&self) -> bool {
        !(self.add_tags.is_empty() && self.remove_tags.is_empty())
    }

    fn edit(self, template: &TemplateHandle) -> docspace::rooms::EditRoom {
        let mut settings = self.settings;
        if self.no_tags {
            settings.shared.tags = Some(Vec::new());
        }
        if self.no_cover {
            settings.shared.cover = Some(String::new());
        }
        let edit = settings.apply_to(template.edit());
        match self.title {
            Some(title) => edit.title(title),
            None => edit,
        }
    }
}
