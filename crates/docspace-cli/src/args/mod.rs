//! Flags and arguments that several commands have: what is typed, as plain values.

mod confirm;
mod output;
mod rooms;
pub(crate) mod values;
mod wait;

pub(crate) use confirm::ConfirmArgs;
pub(crate) use output::OutputArgs;
pub(crate) use rooms::{RoomArg, RoomsArg};
pub(crate) use wait::WaitArgs;
