//! Constructors and methods of room settings.

use crate::LifetimePeriod;
use crate::types::{Lifetime, LifetimeRequest, Watermark, WatermarkRequest};

impl Lifetime {
    /// Keeps files for this number of days, from 1 to 999, and then moves them to the trash.
    pub fn days(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Day)
    }

    /// Keeps files for this number of months, from 1 to 999, and then moves them to the trash.
    pub fn months(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Month)
    }

    /// Keeps files for this number of years, from 1 to 999, and then moves them to the trash.
    pub fn years(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Year)
    }

    fn of(count: u16, period: LifetimePeriod) -> Self {
        Self { delete_permanently: false, period, value: count.into() }
    }

    /// Deletes files permanently instead of moving them to the trash.
    #[must_use]
    pub fn delete_permanently(mut self) -> Self {
        self.delete_permanently = true;
        self
    }
}

impl LifetimeRequest {
    /// Removes the lifetime, so that files are kept forever.
    pub fn off() -> Self {
        Self { enabled: Some(false), ..Self::default() }
    }
}

impl From<Lifetime> for LifetimeRequest {
    fn from(lifetime: Lifetime) -> Self {
        Self {
            delete_permanently: Some(lifetime.delete_permanently),
            period: Some(lifetime.period),
            value: Some(lifetime.value),
            enabled: Some(true),
        }
    }
}

crate::open_enum! {
    /// A detail that a watermark can print, such as the reader's name.
    pub enum WatermarkPart {
        /// The reader's name.
        UserName = 1,
        /// The reader's e-mail address.
        UserEmail = 2,
        /// The reader's IP address.
        UserIp = 4,
        /// The date.
        Date = 8,
        /// The room's title.
        RoomTitle = 16,
    }
}

impl Default for Watermark {
    fn default() -> Self {
        Self {
            additions: 0,
            text: None,
            rotate: 0,
            image_scale: 0,
            image_url: None,
            image_height: 0.0,
            image_width: 0.0,
        }
    }
}

impl Watermark {
    /// Creates a watermark that prints nothing.
    ///
    /// ```
    /// use docspace_api::WatermarkPart;
    /// use docspace_api::types::Watermark;
    ///
    /// let mark = Watermark::new().text("Confidential").show([WatermarkPart::UserName, WatermarkPart::Date]);
    /// assert_eq!(mark.shown(), [WatermarkPart::UserName, WatermarkPart::Date]);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Prints this text, at most 255 characters.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Prints these details too.
    #[must_use]
    pub fn show(mut self, parts: impl IntoIterator<Item = WatermarkPart>) -> Self {
        self.additions = parts.into_iter().fold(self.additions, |sum, part| sum | part.number());
        self
    }

    /// Rotates the watermark by this angle in degrees.
    #[must_use]
    pub fn rotate(mut self, degrees: i32) -> Self {
        self.rotate = degrees;
        self
    }

    /// Prints an uploaded picture with this width and height, scaled to this percentage.
    ///
    /// The portal returns the full, signed address of the picture. It stores the width, the height
    /// and the scale only together with a picture (docs/portal/rooms.md#values). No recording
    /// contains a picture.
    #[must_use]
    pub fn picture(mut self, address: impl Into<String>, width: f64, height: f64, percent: i32) -> Self {
        self.image_url = Some(address.into());
        self.image_width = width;
        self.image_height = height;
        self.image_scale = percent;
        self
    }

    /// The details that the watermark prints besides its text and its picture.
    pub fn shown(&self) -> Vec<WatermarkPart> {
        WatermarkPart::ALL.iter().copied().filter(|part| self.additions & part.number() != 0).collect()
    }
}

impl WatermarkRequest {
    /// Removes the watermark.
    pub fn off() -> Self {
        Self { enabled: Some(false), ..Self::default() }
    }
}

impl From<Watermark> for WatermarkRequest {
    fn from(mark: Watermark) -> Self {
        let picture = mark.image_url.is_some();
        Self {
            enabled: Some(true),
            additions: Some(mark.additions),
            text: mark.text,
            rotate: Some(mark.rotate),
            image_scale: Some(mark.image_scale).filter(|_| picture),
            image_height: Some(mark.image_height).filter(|_| picture),
            image_width: Some(mark.image_width).filter(|_| picture),
            image_url: mark.image_url,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lifetime_is_sent_as_in_the_recording() {
        let sent = LifetimeRequest::from(Lifetime::months(6).delete_permanently());
        // (recording rooms/update, step 13)
        let recorded = json!({"enabled": true, "deletePermanently": true, "period": 1, "value": 6});
        assert_eq!(serde_json::to_value(sent).unwrap(), recorded);
        assert_eq!(serde_json::to_value(LifetimeRequest::off()).unwrap(), json!({"enabled": false}));
    }

    #[test]
    fn watermark_without_a_picture_sends_no_picture_properties() {
        let mark = Watermark::new().text("Top secret").show(WatermarkPart::ALL.iter().copied());
        let sent = serde_json::to_value(WatermarkRequest::from(mark)).unwrap();
        assert_eq!(sent, json!({"enabled": true, "additions": 31, "text": "Top secret", "rotate": 0}));
    }

    #[test]
    fn watermark_returns_the_parts_it_was_built_with() {
        let parts = [WatermarkPart::UserEmail, WatermarkPart::RoomTitle];
        assert_eq!(Watermark::new().show(parts).shown(), parts);
    }
}
