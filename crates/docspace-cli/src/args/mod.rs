//! Arguments and flags that several commands share, parsed into plain values.

mod confirm;
mod dry_run;
mod edit;
mod filter;
mod link_filter;
mod link_place;
mod members;
mod output;
pub(crate) mod people;
mod period;
mod room_group;
mod rooms;
mod safety;
mod selection;
mod settings;
pub(crate) mod values;
mod wait;

pub(crate) use dry_run::{DryRunArgs, SettingChange, described};
pub(crate) use edit::EditSettingsArgs;
pub(crate) use filter::{AreaArgs, RoomFilterArgs};
pub(crate) use link_filter::LinkFilterArgs;
pub(crate) use link_place::LinkPlace;
pub(crate) use members::{InviteesArgs, member_access};
pub(crate) use output::OutputArgs;
pub(crate) use people::PersonName;
pub(crate) use period::PeriodArgs;
pub(crate) use room_group::RoomGroupName;
pub(crate) use rooms::{RoomArg, RoomsArg, TemplateArg, TemplatesArg};
pub(crate) use safety::SafetyArgs;
pub(crate) use selection::{Selection, SelectionArgs};
pub(crate) use settings::{ApplyTo, RoomSettingsArgs, SettingsArgs, flag};
pub(crate) use wait::WaitArgs;
