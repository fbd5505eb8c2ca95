//! The settings of rooms and templates: the setters of the four builders, each written once, and
//! what is checked before anything is sent.
//!
//! A builder has a field `request` with the fields that its macros set. A new setting is a property
//! of these requests in the spec and a setter here.

use docspace_api::types::{LifetimeRequest, LogoRequest, WatermarkRequest};

use crate::error::{Error, Result};
use crate::rooms::picture;
use crate::support::input;

/// The longest text of a watermark, in UTF-16 units (portal-facts 6.1).
const WATERMARK_TEXT: usize = 255;

/// What rooms and templates can be given.
macro_rules! common_settings {
    ($builder:ident) => {
        impl $builder {
            /// Sets the tags. They replace the tags of a room that has some, and no tags remove all.
            /// Tags that the portal does not have yet are created.
            ///
            /// A new template does not take over the tags of its room, nor a new room those of its
            /// template.
            pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
                self.request.tags = Some(tags.into_iter().map(Into::into).collect());
                self
            }

            /// Sets the color, in hexadecimal digits such as `FF5733`. By default, a new room gets a
            /// random color.
            pub fn color(mut self, color: impl Into<String>) -> Self {
                self.request.color = Some(color.into());
                self
            }

            /// Sets the cover, one of [`Portal::covers`](crate::Portal::covers). An empty cover removes
            /// that of an existing room.
            pub fn cover(mut self, cover: impl Into<String>) -> Self {
                self.request.cover = Some(cover.into());
                self
            }

            /// Limits the size of the room, in bytes. -1 means no limit.
            ///
            /// By default, a new room has the portal's limit, and one made from a template that of the
            /// template. For a new room, 0 means that default; an existing room takes no more files
            /// with 0.
            pub fn quota(mut self, bytes: i64) -> Self {
                self.request.quota = Some(bytes);
                self
            }

            /// Sets the logo, a part of a picture that was uploaded before; see
            /// [`Portal::upload_picture`](crate::Portal::upload_picture).
            pub fn logo(mut self, logo: docspace_api::types::LogoRequest) -> Self {
                self.request.logo = Some(logo);
                self
            }

            /// Refuses what a portal would refuse, or take for something else. Writes the color as the
            /// portal wants it.
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

/// What only rooms can be given.
macro_rules! room_settings {
    ($builder:ident) => {
        impl $builder {
            /// Turns the numbering of the room's entries on or off. By default, a room made from a
            /// template does as the template.
            pub fn indexing(mut self, on: bool) -> Self {
                self.request.indexing = Some(on);
                self
            }

            /// Forbids or allows members who only view to download, copy and print. By default, a room
            /// made from a template does as the template.
            pub fn deny_download(mut self, on: bool) -> Self {
                self.request.deny_download = Some(on);
                self
            }

            /// Limits how long the room keeps files. Moving the room to the archive removes this for
            /// good. A room made from a template does not take over the template's.
            pub fn lifetime(mut self, lifetime: docspace_api::types::Lifetime) -> Self {
                self.request.lifetime = Some(lifetime.into());
                self
            }

            /// Prints a watermark over the room's documents. A room made from a template does not take
            /// over the template's.
            pub fn watermark(mut self, mark: docspace_api::types::Watermark) -> Self {
                self.request.watermark = Some(mark.into());
                self
            }

            /// As `check_common_settings`, for all settings of a room.
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

/// What only some types of room can be given.
macro_rules! room_type_settings {
    ($builder:ident) => {
        impl $builder {
            /// Sets up the assistant of an AI room.
            pub fn chat_settings(mut self, settings: docspace_api::types::ChatSettings) -> Self {
                self.request.chat_settings = Some(settings);
                self
            }

            /// Turns sending the answers of a form-filling room to the external database of the portal's
            /// settings on or off.
            pub fn send_form_to_external_db(mut self, on: bool) -> Self {
                self.request.send_form_to_external_db = Some(on);
                self
            }

            /// Turns collecting the answers of a form-filling room in a spreadsheet on or off.
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

/// A portal takes everything below -1 for its default (portal-facts 6.1, 6.4).
pub(crate) fn check_quota(bytes: i64) -> Result<()> {
    if bytes < -1 {
        return Err(Error::invalid(format!("{bytes} is no number of bytes")).advise("use -1 for no limit"));
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
    if length > WATERMARK_TEXT {
        let what = format!("the text of the watermark has {length} characters; at most {WATERMARK_TEXT} are allowed");
        return Err(Error::invalid(what));
    }
    if text.trim().is_empty() && !picture && mark.additions.unwrap_or_default() == 0 {
        return Err(Error::invalid("the watermark prints nothing").advise("give it a text, or something to show"));
    }
    Ok(())
}

/// The part of a picture that becomes a logo (portal-facts 6.1).
pub(crate) fn check_logo(logo: &LogoRequest) -> Result<()> {
    let longest = i32::from(picture::LONGEST_SIDE);
    let sides = [logo.width, logo.height];
    let corner = [logo.x.unwrap_or(0), logo.y.unwrap_or(0)];
    if sides.iter().any(|side| !(1..=longest).contains(side)) || corner.iter().any(|edge| !(0..=longest).contains(edge))
    {
        let what = format!("the part of the picture for the logo must lie within {longest} by {longest} pixels");
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
    fn a_lifetime_is_between_1_and_999() {
        for (count, fits) in [(0, false), (1, true), (999, true), (1000, false)] {
            assert_eq!(check_lifetime(&Lifetime::days(count).into()).is_ok(), fits, "{count}");
        }
        assert!(check_lifetime(&LifetimeRequest::off()).is_ok());
    }

    #[test]
    fn a_watermark_prints_something() {
        assert!(check_watermark(&Watermark::new().rotate(45).into()).is_err());
        assert!(check_watermark(&Watermark::new().show([WatermarkPart::Date]).into()).is_ok());
        assert!(check_watermark(&WatermarkRequest::off()).is_ok());
    }

    #[test]
    fn the_text_of_a_watermark_is_counted_as_the_portal_counts() {
        assert!(check_watermark(&Watermark::new().text("é".repeat(255)).into()).is_ok());
        assert!(check_watermark(&Watermark::new().text("😀".repeat(128)).into()).is_err());
    }

    #[test]
    fn a_negative_quota_is_none_but_for_no_limit() {
        assert!(check_quota(-1).is_ok() && check_quota(0).is_ok());
        assert!(check_quota(-2).is_err());
    }
}
