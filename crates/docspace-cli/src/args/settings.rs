//! The settings of rooms and templates, and passing them to the builders of the library.

use clap::{Arg, Args};
use docspace::rooms::{CreateRoom, EditRoom};
use docspace::templates::{CreateRoomFromTemplate, SaveAsTemplate};

use super::values::{self, Quota};

/// The settings of both rooms and templates. Commands adapt the help texts with `mut_arg`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct SettingsArgs {
    /// Add a tag; repeat the flag to add several
    #[arg(long = "tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true)]
    pub(crate) tags: Option<Vec<String>>,
    /// Set the color as six hexadecimal digits, such as FF5733 (default: random)
    #[arg(long, value_name = "COLOR", alias = "colour")]
    pub(crate) color: Option<String>,
    /// Set the cover by the id of a built-in picture, such as flag or suitcase
    #[arg(long, value_name = "COVER")]
    pub(crate) cover: Option<String>,
    /// Set the storage limit: a size such as 2GiB, a number of bytes, or `unlimited`
    #[arg(long, value_name = "SIZE", value_parser = values::quota)]
    pub(crate) quota: Option<Quota>,
}

impl SettingsArgs {
    /// Returns the settings that have a value, such as `color: FF5733`.
    pub(crate) fn values(&self) -> Vec<String> {
        let tags = self.tags.as_ref().map(|tags| format!("tags: {}", tags.join(", ")));
        let color = self.color.as_ref().map(|color| format!("color: {color}"));
        let cover = self.cover.as_ref().map(|cover| format!("cover: {cover}"));
        let quota = self.quota.map(|quota| format!("quota: {quota}"));
        [tags, color, cover, quota].into_iter().flatten().collect()
    }
}

/// The settings of rooms: those shared with templates, and those of rooms only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct RoomSettingsArgs {
    #[command(flatten)]
    pub(crate) shared: SettingsArgs,
    /// Turn numbering of files and folders on or off
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    pub(crate) indexing: Option<bool>,
    /// Prevent (on) or allow (off) downloading, copying and printing by members with view-only
    /// access
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    pub(crate) deny_download: Option<bool>,
}

impl RoomSettingsArgs {
    /// Returns the settings that have a value, such as `color: FF5733`.
    pub(crate) fn values(&self) -> Vec<String> {
        let mut values = self.shared.values();
        for (name, switch) in [("indexing", self.indexing), ("denyDownload", self.deny_download)] {
            values.extend(switch.map(|on| format!("{name}: {}", if on { "on" } else { "off" })));
        }
        values
    }
}

/// Changes a switch with the values `on` and `off` to a flag without a value, for commands that can
/// only turn it on.
pub(crate) fn flag(switch: Arg) -> Arg {
    switch.num_args(0).default_missing_value("on")
}

/// Settings that can be passed to the builder `B` of the library.
pub(crate) trait ApplyTo<B> {
    /// Passes each setting that has a value to the builder.
    fn apply_to(self, builder: B) -> B;
}

/// Implements [`ApplyTo`] for builders that have a method of the same name for each setting, and
/// `no_quota`.
macro_rules! apply_settings {
    (@set $builder:ident.quota($value:ident)) => {
        match $value {
            Quota::Bytes(bytes) => $builder.quota(bytes),
            Quota::Unlimited => $builder.no_quota(),
        }
    };
    (@set $builder:ident.$setting:ident($value:ident)) => {
        $builder.$setting($value)
    };
    (@one $settings:ident { $(..$shared:ident;)? $($setting:ident),+ } to $builder:ident) => {
        impl ApplyTo<$builder> for $settings {
            fn apply_to(self, builder: $builder) -> $builder {
                $(let builder = self.$shared.apply_to(builder);)?
                $(let builder = match self.$setting {
                    Some(value) => apply_settings!(@set builder.$setting(value)),
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
