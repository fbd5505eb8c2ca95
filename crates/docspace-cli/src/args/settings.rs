//! The settings of rooms and templates, and the one place that hands them to the library.

use clap::{Arg, Args};
use docspace::rooms::{CreateRoom, EditRoom};
use docspace::templates::{CreateRoomFromTemplate, SaveAsTemplate};

use super::values;

/// The settings that rooms and templates share. Commands adapt the help with `mut_arg`.
#[derive(Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct SettingsArgs {
    /// Give it this tag; repeat it for several
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Option<Vec<String>>,
    /// Its colour, six hexadecimal digits such as FF5733; random otherwise
    #[arg(long, value_name = "COLOUR", visible_alias = "colour")]
    pub(crate) color: Option<String>,
    /// Its cover, one of those the portal offers
    #[arg(long, value_name = "COVER")]
    pub(crate) cover: Option<String>,
    /// The most it may hold, such as 2GiB, or `unlimited`
    #[arg(long, value_name = "SIZE", value_parser = values::quota)]
    pub(crate) quota: Option<i64>,
}

/// The settings of rooms: those that templates have too, and those that only rooms have.
#[derive(Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct RoomSettingsArgs {
    #[command(flatten)]
    pub(crate) shared: SettingsArgs,
    /// Number its entries, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    pub(crate) indexing: Option<bool>,
    /// Keep members who only view from downloading, copying and printing, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    pub(crate) deny_download: Option<bool>,
}

/// Turns a switch into a flag without a value, for a command that can only turn it on.
pub(crate) fn flag(switch: Arg) -> Arg {
    switch.num_args(0).default_missing_value("on")
}

/// Settings that a builder of the library takes.
pub(crate) trait ApplyTo<B> {
    /// Hands each setting that was typed to the builder.
    fn apply_to(self, builder: B) -> B;
}

/// Implements [`ApplyTo`] for builders that have a method of the same name for each setting.
macro_rules! apply_settings {
    (@one $settings:ident { $(..$shared:ident;)? $($setting:ident),+ } to $builder:ident) => {
        impl ApplyTo<$builder> for $settings {
            fn apply_to(self, builder: $builder) -> $builder {
                $(let builder = self.$shared.apply_to(builder);)?
                $(let builder = match self.$setting {
                    Some(value) => builder.$setting(value),
                    None => builder,
                };)+
                builder
            }
        }
    };
    ($settings:ident $names:tt to $($builder:ident),+) => {
        $(apply_settings!(@one $settings $names to $builder);)+
    };
}

apply_settings! {
    SettingsArgs { tags, color, cover, quota }
    to CreateRoom, EditRoom, SaveAsTemplate, CreateRoomFromTemplate
}
apply_settings! {
    RoomSettingsArgs { ..shared; indexing, deny_download }
    to CreateRoom, EditRoom, CreateRoomFromTemplate
}
