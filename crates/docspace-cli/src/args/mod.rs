//! Arguments and flags that several commands share, parsed into plain values.

mod confirm;
mod output;
mod rooms;
mod settings;
pub(crate) mod values;
mod wait;

pub(crate) use confirm::ConfirmArgs;
pub(crate) use output::OutputArgs;
pub(crate) use rooms::{RoomArg, RoomsArg, TemplateArg, TemplatesArg};
pub(crate) use settings::{ApplyTo, RoomSettingsArgs, SettingsArgs, flag};
pub(crate) use wait::WaitArgs;
