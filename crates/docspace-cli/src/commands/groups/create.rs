//! `docspace groups create`.

use clap::Args;

use crate::args::{DryRunArgs, RoomsArg, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::lookup::read_rooms;
use crate::output::{Records, Report, Shape};
use crate::records::RoomGroupRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace groups create Clients 17 18 --icon suitcase
  docspace groups create Clients 17 --icon suitcase --dry-run";

/// The arguments of `docspace groups create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the room group
    #[arg(value_parser = values::text)]
    name: String,
    #[command(flatten)]
    rooms: RoomsArg,
    /// Set the icon by the id of a built-in picture (see `docspace covers list`)
    #[arg(long, value_name = "COVER")]
    icon: String,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomGroupRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomGroupRecord>, Failure> {
        let name = &self.name;
        let rooms = self.rooms.find(session).await?;
        if self.dry_run.is_set() {
            let rooms = read_rooms(&session.portal, &rooms).await?;
            let noun = if rooms.len() == 1 { "room" } else { "rooms" };
            let rooms = rooms.iter().map(|room| format!("“{}”", room.title)).collect::<Vec<_>>().join(", ");
            return Ok(self.dry_run.report(&format!("create the room group `{name}` with the {noun} {rooms}")));
        }
        let unknown = UnknownOutcome::new(format!("whether the room group `{name}` was created"), hints::ROOM_GROUPS);
        let group = change(&unknown, session.portal.room_groups().create(name, self.icon, rooms)).await;
        Ok(Records::Row(RoomGroupRecord(group.map_err(Failure::with_cover_hint)?)).into())
    }
}
