//! Room ids as arguments.

use clap::Args;
use docspace::RoomId;

/// The id of one room.
#[derive(Debug, Args)]
pub(crate) struct RoomArg {
    /// Id of the room (see `docspace rooms list`)
    #[arg(value_name = "ROOM")]
    pub(crate) room: RoomId,
}

/// The ids of one or more rooms.
#[derive(Debug, Args)]
pub(crate) struct RoomsArg {
    /// Ids of the rooms (see `docspace rooms list`)
    #[arg(value_name = "ROOM", required = true)]
    pub(crate) ids: Vec<RoomId>,
}
