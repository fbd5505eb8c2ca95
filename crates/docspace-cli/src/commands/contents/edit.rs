//! The changes of `folders edit` and `files edit`.

use crate::args::SettingChange;
use crate::failure::Failure;

/// The title and the place of a folder or file: as they are, and as the flags set them.
pub(crate) struct Edit {
    pub(crate) old_title: String,
    pub(crate) title: Option<String>,
    pub(crate) old_order: Option<String>,
    pub(crate) order: Option<u32>,
}

impl Edit {
    /// Checks that there is an order to change, before the title is changed.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.order.is_none() || self.old_order.is_some() {
            return Ok(());
        }
        let reason = format!("“{}” has no place, because indexing of its room is off", self.old_title);
        Err(Failure::usage(reason).advise("turn it on with `docspace rooms edit ROOM --indexing on`"))
    }

    /// The settings that change.
    pub(crate) fn changes(self) -> Vec<SettingChange> {
        let Self { old_title, title, old_order, order } = self;
        let title = title.map(|title| SettingChange { setting: "title", old: Some(old_title), new: Some(title) });
        let order = order.map(|order| SettingChange { setting: "order", old: old_order, new: Some(order.to_string()) });
        title.into_iter().chain(order).collect()
    }
}
