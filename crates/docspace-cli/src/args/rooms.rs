//! Rooms as arguments.

use clap::Args;
use docspace::RoomId;

/// The room to work on.
#[derive(Debug, Args)]
pub(crate) struct RoomArg {
    /// The room's id
    #[arg(value_name = "ROOM")]
    pub(crate) room: RoomId,
}

/// The rooms to work on.
#[derive(Debug, Args)]
pub(crate) struct RoomsArg {
    /// The rooms' ids
    #[arg(value_name = "ROOM", required = true)]
    pub(crate) ids: Vec<RoomId>,
}
