//! What is printed of each kind of thing: its fields, and which of them are columns.

mod link;
mod outcome;
mod room;
mod status;

pub(crate) use link::LinkRecord;
pub(crate) use outcome::OutcomeRecord;
pub(crate) use room::RoomRecord;
pub(crate) use status::StatusRecord;
