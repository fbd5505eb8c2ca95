//! `docspace rooms edit`.

use clap::Args;

use super::outcome;
use crate::args::{DryRunArgs, EditSettingsArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace rooms edit 17 --title "Audit 2027"
  docspace rooms edit 17 --add-tag closed --remove-tag open
  docspace rooms edit 17 --quota 2GiB --deny-download on --dry-run"#;

/// The arguments of `docspace rooms edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    changes: EditSettingsArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.changes.is_empty() {
            return Err(Failure::usage("there is nothing to change")
                .advise("give a flag such as --title; `docspace rooms edit --help` lists them"));
        }
        self.changes.check()
    }

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.dry_run.is_set() {
            let room = room.get().await?;
            return Ok(self.dry_run.of_settings(&room, &self.changes.preview(&room)));
        }
        let unknown = UnknownOutcome::new(format!("whether room {} was changed", room.id()), hints::room(room.id()));
        let (title, quota) = (self.changes.title().map(str::to_owned), self.changes.quota());
        let room = self.changes.apply(&room, &unknown).await?;
        Ok(outcome::report(room, title.as_deref(), quota))
    }
}
