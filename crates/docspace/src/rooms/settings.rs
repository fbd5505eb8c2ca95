//! Checks of what rooms and templates can be given, before anything is sent.

use docspace_api::types::{LifetimeRequest, LogoRequest, WatermarkRequest};

use crate::error::{Error, Result};
use crate::rooms::picture;
use crate::support::input;

/// The longest text of a watermark, in UTF-16 units (portal-facts 6.1).
const WATERMARK_TEXT: usize = 255;

/// What is given to a room or template that is made or changed, as far as the requests have it in common.
pub(crate) struct Settings<'r> {
    /// Written as the portal wants it when it was checked.
    pub(crate) color: &'r mut Option<String>,
    pub(crate) tags: Option<&'r [String]>,
    pub(crate) logo: Option<&'r LogoRequest>,
    pub(crate) quota: Option<i64>,
    pub(crate) lifetime: Option<&'r LifetimeRequest>,
    pub(crate) watermark: Option<&'r WatermarkRequest>,
}

impl Settings<'_> {
    /// Refuses what a portal would refuse, or take for something else.
    pub(crate) fn check(self) -> Result<()> {
        if let Some(written) = self.color {
            *written = input::color(written)?.to_owned();
        }
        input::tags(self.tags.unwrap_or_default())?;
        self.logo.map_or(Ok(()), check_logo)?;
        self.quota.map_or(Ok(()), quota)?;
        self.lifetime.map_or(Ok(()), lifetime)?;
        self.watermark.map_or(Ok(()), watermark)
    }
}

/// A portal takes everything below -1 for its default (portal-facts 6.1, 6.4).
fn quota(bytes: i64) -> Result<()> {
    if bytes < -1 {
        return Err(Error::invalid(format!("{bytes} is no number of bytes")).advise("use -1 for no limit"));
    }
    Ok(())
}

fn lifetime(lifetime: &LifetimeRequest) -> Result<()> {
    let (value, off) = (lifetime.value.unwrap_or_default(), lifetime.enabled == Some(false));
    if off || (1..=999).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(format!("files cannot be kept for {value} days, months or years")).advise("use 1 to 999"))
}

fn watermark(mark: &WatermarkRequest) -> Result<()> {
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
pub(super) fn check_logo(logo: &LogoRequest) -> Result<()> {
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
            assert_eq!(lifetime(&Lifetime::days(count).into()).is_ok(), fits, "{count}");
        }
        assert!(lifetime(&LifetimeRequest::off()).is_ok());
    }

    #[test]
    fn a_watermark_prints_something() {
        assert!(watermark(&Watermark::new().rotate(45).into()).is_err());
        assert!(watermark(&Watermark::new().show([WatermarkPart::Date]).into()).is_ok());
        assert!(watermark(&WatermarkRequest::off()).is_ok());
    }

    #[test]
    fn the_text_of_a_watermark_is_counted_as_the_portal_counts() {
        assert!(watermark(&Watermark::new().text("é".repeat(255)).into()).is_ok());
        assert!(watermark(&Watermark::new().text("😀".repeat(128)).into()).is_err());
    }

    #[test]
    fn a_negative_quota_is_none_but_for_no_limit() {
        assert!(quota(-1).is_ok() && quota(0).is_ok());
        assert!(quota(-2).is_err());
    }
}
