//! The records that commands print, with their fields and columns.

mod entry;
mod link;
mod member;
mod outcome;
mod person;
mod room;
mod status;

pub(crate) use entry::EntryRecord;
pub(crate) use link::LinkRecord;
pub(crate) use member::{MemberChangeRecord, MemberRecord};
pub(crate) use outcome::OutcomeRecord;
pub(crate) use room::RoomRecord;
pub(crate) use status::StatusRecord;
