//! `docspace members remove`.

use clap::Args;

use crate::args::{ConfirmArgs, DryRunArgs, InviteesArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::Report;
use crate::prompt;
use crate::records::MemberChangeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace members remove 17 ann@acme.com bob@acme.com
  docspace members remove 17 --group Auditors --yes
  docspace members remove 17 ann@acme.com --dry-run"#;

/// The arguments of `docspace members remove`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    who: InviteesArgs,
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RemoveArgs {
    type Record = MemberChangeRecord;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        if self.dry_run.is_set() { Ok(()) } else { self.confirm.check(terminal) }
    }

    async fn run(self, session: &Session) -> Result<Report<MemberChangeRecord>, Failure> {
        let room = self.room.room;
        let set = session.portal.room(&room).members().set();
        let who = self.who.resolve(&session.portal).await?;
        let set = who.into_iter().fold(set, |set, who| set.remove(who));
        if self.confirm.must_ask() && !self.dry_run.is_set() {
            let changes = set.preview().await.map_err(|error| super::failure(&room, error))?;
            let names = changes.removed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            if !names.is_empty() {
                prompt::confirm(&format!("Remove {names} from room {room}?"))?;
            }
        }
        super::apply(&room, set, &self.dry_run).await
    }
}
