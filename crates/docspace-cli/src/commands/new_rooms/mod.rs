//! Creating a room for each row of a CSV file, for `rooms create` and `templates use`.

mod arguments;
mod missing;
mod people;
mod plan;
mod record;
mod row;
mod run;
mod source;

pub(super) use arguments::{FileArgs, columns_help};
pub(super) use missing::room_titled;
pub(super) use record::NewRoomRecord;
pub(super) use row::Defaults;
pub(super) use run::NewRooms;
pub(super) use source::Source;
