//! The settings of a new room.

use super::setting::Setting;
use crate::manifest::Settings;
use crate::values::Quota;

/// The settings with which a room is created. What is `null` is so in a new room anyway, unless it
/// comes from a template, which the room does not copy all of (docs/portal/templates.md).
pub(super) fn of_new_room(wanted: &Settings, from_template: bool) -> Vec<Setting> {
    let mut settings = Vec::new();
    settings.extend(wanted.color.clone().map(Setting::Color));
    settings.extend(wanted.cover.clone().flatten().map(|cover| Setting::Cover(Some(cover))));
    settings.extend(wanted.quota.filter(|quota| *quota != Quota::Default).map(Setting::Quota));
    settings.extend(wanted.indexing.filter(|on| *on || from_template).map(Setting::Indexing));
    settings.extend(wanted.deny_download.filter(|on| *on || from_template).map(Setting::DenyDownload));
    settings.extend(wanted.lifetime.flatten().map(|lifetime| Setting::Lifetime(Some(lifetime))));
    settings.extend(wanted.watermark.clone().flatten().map(|mark| Setting::Watermark(Some(mark))));
    if !from_template {
        settings.extend(wanted.save_form_as_xlsx.filter(|on| !on).map(Setting::SaveFormAsXlsx));
        settings.extend(wanted.send_form_to_external_db.filter(|on| *on).map(Setting::SendFormToExternalDb));
    }
    settings
}
