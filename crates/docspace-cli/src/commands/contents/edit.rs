//! What a dry run of `folders edit` and `files edit` shows.

use crate::args::SettingChange;

/// The title and the place of a folder or file: as they are, and as the flags set them.
pub(crate) struct Edit {
    pub(crate) old_title: String,
    pub(crate) title: Option<String>,
    pub(crate) old_order: Option<String>,
    pub(crate) order: Option<u32>,
}

impl Edit {
    /// The settings that change.
    pub(crate) fn changes(self) -> Vec<SettingChange> {
        let Self { old_title, title, old_order, order } = self;
        let title = title.map(|title| SettingChange { setting: "title", old: Some(old_title), new: Some(title) });
        let order = order.map(|order| SettingChange { setting: "order", old: old_order, new: Some(order.to_string()) });
        title.into_iter().chain(order).collect()
    }
}
