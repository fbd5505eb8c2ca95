//! Compares the settings of a room.

use super::action::Action;
use super::model;
use super::room::Comparison;
use super::setting::{Setting, SettingChange, shown};
use crate::actual::ActualRoom;
use crate::values::Quota;

impl Comparison<'_> {
    /// Sets what a room from a template may have copied, and what cannot be set with its creation.
    pub(super) fn set_after_template(&mut self, room: &mut ActualRoom) {
        let wanted = &self.wanted.settings;
        let mut settings = Vec::new();
        settings.extend(wanted.cover.as_ref().filter(|cover| cover.is_none()).map(|_| Setting::Cover(None)));
        settings.extend(wanted.quota.filter(|quota| *quota == Quota::Default).map(Setting::Quota));
        settings.extend(wanted.save_form_as_xlsx.map(Setting::SaveFormAsXlsx));
        settings.extend(wanted.send_form_to_external_db.map(Setting::SendFormToExternalDb));
        for after in settings {
            model::set(room, &after);
            self.act(Action::Set(SettingChange { before: None, after }));
        }
    }

    /// Compares all settings. A logo hides the color and the cover, so it is removed before them
    /// and set after them.
    pub(super) fn compare_settings(&mut self, room: &ActualRoom) {
        self.check_cover(room);
        let wanted = &self.wanted.settings;
        let removes_logo = wanted.logo == Some(None) && room.has_logo;
        if removes_logo {
            self.act(Action::RemoveLogo);
        }
        let title = &self.wanted.title;
        self.compare_setting(Some(Setting::Title(title.clone())), Some(Setting::Title(room.title.clone())));
        let color = wanted.color.clone().map(Setting::Color);
        self.compare_hidden(color, room.color.clone().map(Setting::Color), removes_logo);
        let cover = wanted.cover.clone().map(Setting::Cover);
        self.compare_hidden(cover, room.cover.clone().map(Setting::Cover), removes_logo);
        match (wanted.quota, room.quota) {
            (Some(quota), Some(actual)) => {
                self.compare_setting(Some(Setting::Quota(quota)), Some(Setting::Quota(actual)));
            }
            (Some(_), None) if self.is_new() => {}
            (Some(_), None) => self.note("quota: the portal has no limits for rooms, so it is not compared"),
            (None, _) => {}
        }
        self.compare_setting(wanted.indexing.map(Setting::Indexing), Some(Setting::Indexing(room.indexing)));
        let denied = Some(Setting::DenyDownload(room.deny_download));
        self.compare_setting(wanted.deny_download.map(Setting::DenyDownload), denied);
        self.compare_setting(wanted.lifetime.map(Setting::Lifetime), Some(Setting::Lifetime(room.lifetime)));
        let mark = Some(Setting::Watermark(room.watermark.clone()));
        self.compare_setting(wanted.watermark.clone().map(Setting::Watermark), mark);
        let saved = room.save_form_as_xlsx.map(Setting::SaveFormAsXlsx);
        self.compare_setting(wanted.save_form_as_xlsx.map(Setting::SaveFormAsXlsx), saved);
        let sent = room.send_form_to_external_db.map(Setting::SendFormToExternalDb);
        self.compare_setting(wanted.send_form_to_external_db.map(Setting::SendFormToExternalDb), sent);
        self.compare_logo(room);
    }

    /// Checks that the portal has a cover that the room gets.
    fn check_cover(&mut self, room: &ActualRoom) {
        let (Some(Some(cover)), Some(covers)) = (&self.wanted.settings.cover, &self.actual.covers) else { return };
        let has_it = !self.is_new() && room.cover.as_ref().is_some_and(|before| before.as_ref() == Some(cover));
        if !has_it && !covers.contains(cover) {
            self.problem(format!("the portal has no cover `{cover}`"), "list the covers with `docspace covers list`");
        }
    }

    fn compare_logo(&mut self, room: &ActualRoom) {
        match &self.wanted.settings.logo {
            Some(Some(_)) if room.has_logo => {
                self.unchanged("logo");
                self.note("logo: the room has one, and pictures are not compared");
            }
            Some(Some(file)) => self.act(Action::SetLogo { file: file.clone() }),
            Some(None) if !room.has_logo => self.unchanged("logo"),
            _ => {}
        }
    }

    /// Compares a setting that a logo hides.
    fn compare_hidden(&mut self, wanted: Option<Setting>, actual: Option<Setting>, removes_logo: bool) {
        match (wanted, actual) {
            (Some(after), None) if removes_logo => self.act(Action::Set(SettingChange { before: None, after })),
            (Some(wanted), None) => self.note(format!("{}: the logo hides it, so it is not compared", wanted.key())),
            (wanted, actual) => self.compare_setting(wanted, actual),
        }
    }

    fn compare_setting(&mut self, wanted: Option<Setting>, actual: Option<Setting>) {
        let Some(wanted) = wanted else { return };
        if actual.as_ref() == Some(&wanted) {
            self.unchanged(wanted.key());
        } else {
            let before = actual.map_or_else(|| shown::<String>(None), |actual| actual.shown());
            self.act(Action::Set(SettingChange { before: Some(before), after: wanted }));
        }
    }
}
