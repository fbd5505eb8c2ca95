//! `docspace members remove`.

use clap::Args;

use crate::args::{InviteesArgs, RoomArg, SafetyArgs};
use crate::command::PortalCommand;
use crate::confirmation;
use crate::failure::Failure;
use crate::output::{Report, Shape};
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
    safety: SafetyArgs,
}

impl PortalCommand for RemoveArgs {
    type Record = MemberChangeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<MemberChangeRecord>, Failure> {
        let room = self.room.find(session).await?;
        let set = session.portal.room(&room).members().set();
        let who = self.who.resolve(&session.portal).await?;
        let set = who.into_iter().fold(set, |set, who| set.remove(who));
        if self.safety.must_ask() {
            let changes = set.preview().await.map_err(|error| super::failure(&room, error))?;
            let removed = changes.removed.len();
            if removed > 0 {
                confirmation::show(&MemberChangeRecord::all(changes), session.terminal);
                let these = confirmation::these(removed, "member", "members");
                prompt::confirm(&format!("Remove {these} from room {room}?"))?;
            }
        }
        super::apply(&room, set, &self.safety.dry_run).await
    }
}
