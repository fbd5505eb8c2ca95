//! The records that commands print, with their fields and columns.

mod link;
mod outcome;
mod room;
mod status;

pub(crate) use link::LinkRecord;
pub(crate) use outcome::OutcomeRecord;
pub(crate) use room::RoomRecord;
pub(crate) use status::StatusRecord;
