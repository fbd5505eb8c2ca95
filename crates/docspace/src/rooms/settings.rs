//! The settings of rooms and templates: the setters of the four builders, each written once, and
//! the checks before anything is sent.
//!
//! A builder has a field `request` with the fields that its macros set. A new setting is a property
//! of these requests in the OpenAPI document and a setter here.

use docspace_api::types::{LifetimeRequest, LogoRequest, WatermarkRequest};

use crate::error::{Error, Result};
use crate::rooms::picture;
use crate::support::input;

/// Maximum length of the text of a watermark, in UTF-16 units
/// (docs/portal/rooms.md#creating-a-room).
const MAX_WATERMARK_TEXT: usize = 255;

/// The number that a portal takes for "no limit" on the size of a room.
pub(crate) const NO_QUOTA: i64 = -1;

/// Stands for a quota that does not fit into the number of a request, until the settings are
/// checked.
pub(crate) const TOO_LARGE: i64 = i64::MIN;

/// Settings that rooms and templates have.
macro_rules! common_settings {
    ($builder:ident) => {
        impl $builder {
            /// Sets the tags, each up to 255 characters. They replace all tags of an existing room;
            /// [`clear_tags`](crate::rooms::EditRoom::clear_tags) removes them. Tags that the
            /// portal does not have yet are created.
            ///
            /// By default, a new room or template has no tags. A template does not copy the tags of
            /// its room, and a room from a template does not copy those of the template.
            pub fn tags<T: AsRef<str>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
                self.request.tags = Some(crate::support::input::strings(tags));
                self
            }

            /// Sets the color, as six or three hexadecimal digits such as `FF5733`. By default, a
            /// new room gets a random color.
            pub fn color(mut self, color: impl Into<String>) -> Self {
                self.request.color = Some(color.into());
                self
            }

            /// Sets the cover, given by the id of one of [`Portal::covers`](crate::Portal::covers).
            /// An empty id removes the cover of an existing room. By default, a new room has no
            /// cover.
            pub fn cover(mut self, cover: impl Into<String>) -> Self {
                self.request.cover = Some(cover.into());
                self
            }

            /// Limits the size of the room, in bytes, up to 2^63 - 1.
            ///
            /// - New room: the default, also with 0, is the portal's default quota.
            /// - Room from a template: the default is the quota of the template.
            /// - Existing room: 0 means that no more files fit.
            ///
            /// The limit has an effect only while the portal's room quotas are turned on.
            pub fn quota(mut self, bytes: u64) -> Self {
                self.request.quota = Some(i64::try_from(bytes).unwrap_or(crate::rooms::settings::TOO_LARGE));
                self
            }

            /// Sets no limit on the size of the room. Only the quota of the portal then limits it.
            pub fn no_quota(mut self) -> Self {
                self.request.quota = Some(crate::rooms::settings::NO_QUOTA);
                self
            }

            /// Sets the logo: a part of a picture that was uploaded with
            /// [`Portal::upload_picture`](crate::Portal::upload_picture). By default, a new room
            /// has no logo.
            pub fn logo(mut self, logo: docspace_api::types::LogoRequest) -> Self {
                self.request.logo = Some(logo);
                self
            }

            /// Checks the settings, so that the portal neither refuses nor misreads them. Changes
            /// the color to the form that the portal accepts.
            fn check_common_settings(&mut self) -> crate::error::Result<()> {
                use crate::rooms::settings;
                let request = &mut self.request;
                settings::check_color(request.color.as_mut())?;
                settings::check_tags(request.tags.as_deref())?;
                request.logo.as_ref().map_or(Ok(()), settings::check_logo)?;
                request.quota.map_or(Ok(()), settings::check_quota)
            }
        }
    };
}
pub(crate) use common_settings;

/// Settings that only rooms have.
macro_rules! room_settings {
    ($builder:ident) => {
        impl $builder {
            /// Turns the index on or off, which numbers the files and folders of the room. By
            /// default, it is off. A room from a template has the setting of the template.
            pub fn indexing(mut self, on: bool) -> Self {
                self.request.indexing = Some(on);
                self
            }

            /// Prevents members who can only view from downloading, copying and printing if `on` is
            /// `true`. By default, they are allowed to. A room from a template has the setting of
            /// the template.
            pub fn deny_download(mut self, on: bool) -> Self {
                self.request.deny_download = Some(on);
                self
            }

            /// Limits how long the room keeps its files, 1 to 999 days, months or years. By
            /// default, it keeps them forever.
            ///
            /// Archiving the room removes the lifetime. A room from a template does not copy the
            /// lifetime of the template.
            pub fn lifetime(mut self, lifetime: docspace_api::types::Lifetime) -> Self {
                self.request.lifetime = Some(lifetime.into());
                self
            }

            /// Prints a watermark over the documents of the room. By default, there is none. A room
            /// from a template does not copy the watermark of the template.
            pub fn watermark(mut self, mark: docspace_api::types::Watermark) -> Self {
                self.request.watermark = Some(mark.into());
                self
            }

            /// Checks all settings of a room, as `check_common_settings` does.
            fn check_room_settings(&mut self) -> crate::error::Result<()> {
                use crate::rooms::settings;
                self.check_common_settings()?;
                self.request.lifetime.as_ref().map_or(Ok(()), settings::check_lifetime)?;
                self.request.watermark.as_ref().map_or(Ok(()), settings::check_watermark)
            }
        }
    };
}
pub(crate) use room_settings;

/// Settings that only some types of room have.
macro_rules! room_type_settings {
    ($builder:ident) => {
        impl $builder {
            /// Sets up the AI assistant. Only for AI rooms.
            pub fn chat_settings(mut self, settings: docspace_api::types::ChatSettings) -> Self {
                self.request.chat_settings = Some(settings);
                self
            }

            /// Turns sending the answers to forms to the external database of the portal on or off.
            /// By default, it is off. Only for form-filling rooms.
            pub fn send_form_to_external_db(mut self, on: bool) -> Self {
                self.request.send_form_to_external_db = Some(on);
                self
            }

            /// Turns saving the answers to forms in a spreadsheet on or off. By default, it is on.
            /// Only for form-filling rooms.
            pub fn save_form_as_xlsx(mut self, on: bool) -> Self {
                self.request.save_form_as_xlsx = Some(on);
                self
            }
        }
    };
}
pub(crate) use room_type_settings;

pub(crate) fn check_color(color: Option<&mut String>) -> Result<()> {
    if let Some(written) = color {
        *written = input::color(written)?.to_owned();
    }
    Ok(())
}

pub(crate) fn check_tags(tags: Option<&[String]>) -> Result<()> {
    input::tags(tags.unwrap_or_default())
}

/// Checks a quota. The portal reads every number below -1 as its default
/// (docs/portal/rooms.md#creating-a-room).
pub(crate) fn check_quota(bytes: i64) -> Result<()> {
    if bytes < NO_QUOTA {
        return Err(Error::invalid("the quota is larger than 2^63 - 1 bytes").advise("use `no_quota` for no limit"));
    }
    Ok(())
}

pub(crate) fn check_lifetime(lifetime: &LifetimeRequest) -> Result<()> {
    let (value, off) = (lifetime.value.unwrap_or_default(), lifetime.enabled == Some(false));
    if off || (1..=999).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(format!("files cannot be kept for {value} days, months or years")).advise("use 1 to 999"))
}

pub(crate) fn check_watermark(mark: &WatermarkRequest) -> Result<()> {
    if mark.enabled == Some(false) {
        return Ok(());
    }
    let text = mark.text.as_deref().unwrap_or_default();
    let picture = mark.image_url.as_deref().is_some_and(|address| !address.is_empty());
    let length = text.encode_utf16().count();
    if length > MAX_WATERMARK_TEXT {
        let what =
            format!("the text of the watermark has {length} characters; at most {MAX_WATERMARK_TEXT} are allowed");
        return Err(Error::invalid(what));
    }
    if text.trim().is_empty() && !picture && mark.additions.unwrap_or_default() == 0 {
        return Err(Error::invalid("the watermark prints nothing").advise("give it a text, a picture or parts to show"));
    }
    Ok(())
}

/// Checks the part of a picture that becomes a logo
/// (docs/portal/tags-groups-logos-quotas.md#setting-a-logo).
pub(crate) fn check_logo(logo: &LogoRequest) -> Result<()> {
    let max = i32::from(picture::MAX_SIDE);
    let sides = [logo.width, logo.height];
    let corner = [logo.x.unwrap_or(0), logo.y.unwrap_or(0)];
    if sides.iter().any(|side| !(1..=max).contains(side)) || corner.iter().any(|edge| !(0..=max).contains(edge)) {
        let what = format!("the logo must be a part of the picture within {max} by {max} pixels");
        return Err(Error::invalid(what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use docspace_api::WatermarkPart;
    use docspace_api::types::{Lifetime, Watermark};

    use super::*;

    #[test]
    fn lifetime_is_between_1_and_999() {
        for (count, fits) in [(0, false), (1, true), (999, true), (1000, false)] {
            assert_eq!(check_lifetime(&Lifetime::days(count).into()).is_ok(), fits, "{count}");
        }
        assert!(check_lifetime(&LifetimeRequest::off()).is_ok());
    }

    #[test]
    fn watermark_without_content_is_refused() {
        assert!(check_watermark(&Watermark::new().rotate(45).into()).is_err());
        assert!(check_watermark(&Watermark::new().show([WatermarkPart::Date]).into()).is_ok());
        assert!(check_watermark(&WatermarkRequest::off()).is_ok());
    }

    #[test]
    fn watermark_text_is_limited_in_utf16_units() {
        assert!(check_watermark(&Watermark::new().text("é".repeat(255)).into()).is_ok());
        assert!(check_watermark(&Watermark::new().text("😀".repeat(128)).into()).is_err());
    }

    #[test]
    fn quota_that_does_not_fit_is_refused() {
        assert!(check_quota(NO_QUOTA).is_ok() && check_quota(0).is_ok());
        assert!(check_quota(TOO_LARGE).is_err());
    }
}
