//! A room or folder as an argument.

use clap::Args;
use docspace::rooms::FolderId;

use crate::failure::Failure;
use crate::lookup::{Kind, RoomName};
use crate::session::Session;

/// A room or a folder.
#[derive(Debug, Args)]
pub(crate) struct PlaceArg {
    /// Id, title or portal address of the room, or the id of a folder
    #[arg(value_name = "ROOM")]
    place: RoomName,
}

impl PlaceArg {
    /// Returns the id of the room or folder.
    pub(crate) async fn find(&self, session: &Session) -> Result<FolderId, Failure> {
        Ok(self.place.find(&session.portal, Kind::Room).await?.into())
    }
}

/// The flag `--to`: the room or folder to copy or move into.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// Room to copy or move into, by id, title or portal address, or a folder by its id
    #[arg(long, value_name = "ROOM")]
    to: RoomName,
}

impl TargetArgs {
    /// Returns the id of the room or folder.
    pub(crate) async fn find(&self, session: &Session) -> Result<FolderId, Failure> {
        Ok(self.to.find(&session.portal, Kind::Room).await?.into())
    }
}
