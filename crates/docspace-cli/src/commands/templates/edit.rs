//! `docspace templates edit`.

use clap::Args;

use crate::args::{DryRunArgs, EditSettingsArgs, SettingChange, TemplateArg, values};
use crate::command::PortalCommand;
use crate::commands::rooms::outcome;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Report, Shape};
use crate::records::TemplateRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace templates edit 23 --title "Audit 2027" --add-tag audit
  docspace templates edit 23 --public on --dry-run"#;

/// The arguments of `docspace templates edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("title", |arg| arg.help("Rename the template")))]
pub(crate) struct EditArgs {
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    changes: EditSettingsArgs,
    /// Let everyone who can create rooms use the template, or only you; in both cases, the people
    /// and groups with whom it is shared lose access
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    public: Option<bool>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = TemplateRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.changes.is_empty() && self.public.is_none() {
            return Err(Failure::usage("there is nothing to change")
                .advise("give a flag such as --title; `docspace templates edit --help` lists them"));
        }
        self.changes.check()
    }

    async fn run(self, session: &Session) -> Result<Report<TemplateRecord>, Failure> {
        let template = session.portal.template(self.template.find(session).await?);
        // The calls below would also change a room with this id.
        let room = template.get().await?;
        if self.dry_run.is_set() {
            let mut changes = self.changes.preview(&room);
            if let Some(new) = self.public {
                let old = template.is_public().await?;
                let name = |public: bool| Some((if public { "on" } else { "off" }).to_owned());
                let change = SettingChange { setting: "public", old: name(old), new: name(new) };
                changes.extend((old != new).then_some(change));
            }
            return Ok(self.dry_run.of_settings(&room, &changes));
        }
        let (title, quota) = (self.changes.title().map(str::to_owned), self.changes.quota());
        let unknown = UnknownOutcome::new(format!("whether template {} was changed", room.id), hints::TEMPLATES);
        if !self.changes.is_empty() {
            self.changes.apply(&session.portal.room(&room.id), &unknown).await?;
        }
        if let Some(on) = self.public {
            change(&unknown, template.set_public(on)).await?;
        }
        let record = TemplateRecord { room: template.get().await?, public: template.is_public().await? };
        Ok(outcome::checked(record, |record| &record.room, title.as_deref(), quota))
    }
}
