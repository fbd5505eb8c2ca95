//! What the generator cannot say about the settings of rooms.

use crate::LifetimePeriod;
use crate::types::{Lifetime, LifetimeRequest, Watermark, WatermarkRequest};

impl Lifetime {
    /// Files are kept for this many days, 1 to 999, and then moved to the trash.
    pub fn days(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Day)
    }

    /// Files are kept for this many months, 1 to 999, and then moved to the trash.
    pub fn months(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Month)
    }

    /// Files are kept for this many years, 1 to 999, and then moved to the trash.
    pub fn years(count: u16) -> Self {
        Self::of(count, LifetimePeriod::Year)
    }

    fn of(count: u16, period: LifetimePeriod) -> Self {
        Self { delete_permanently: false, period, value: count.into() }
    }

    /// Files are deleted for good instead.
    #[must_use]
    pub fn delete_permanently(mut self) -> Self {
        self.delete_permanently = true;
        self
    }
}

impl LifetimeRequest {
    /// No lifetime: files are kept for ever.
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
    /// Something about the reader, or the moment, that a watermark can print.
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
    /// A watermark that prints nothing yet.
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

    /// Prints this text, of at most 255 characters.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Prints these too.
    #[must_use]
    pub fn show(mut self, parts: impl IntoIterator<Item = WatermarkPart>) -> Self {
        self.additions = parts.into_iter().fold(self.additions, |sum, part| sum | part.number());
        self
    }

    /// Turns what is printed by this angle, in degrees.
    #[must_use]
    pub fn rotate(mut self, degrees: i32) -> Self {
        self.rotate = degrees;
        self
    }

    /// Prints the picture of this address, which was uploaded before, in this width and height and at this size in
    /// percent.
    ///
    /// A portal answers with the picture's full and signed address, and keeps the numbers only with a picture
    /// (portal-facts 5.1.1). No recording shows a picture.
    #[must_use]
    pub fn picture(mut self, address: impl Into<String>, width: f64, height: f64, percent: i32) -> Self {
        self.image_url = Some(address.into());
        self.image_width = width;
        self.image_height = height;
        self.image_scale = percent;
        self
    }

    /// What it prints besides its text and its picture.
    pub fn shown(&self) -> Vec<WatermarkPart> {
        WatermarkPart::ALL.iter().copied().filter(|part| self.additions & part.number() != 0).collect()
    }
}

impl WatermarkRequest {
    /// No watermark.
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
    fn a_lifetime_is_sent_as_a_portal_was_sent_one() {
        let sent = LifetimeRequest::from(Lifetime::months(6).delete_permanently());
        let recorded = json!({"enabled": true, "deletePermanently": true, "period": 1, "value": 6}); // rooms/update step 12
        assert_eq!(serde_json::to_value(sent).unwrap(), recorded);
        assert_eq!(serde_json::to_value(LifetimeRequest::off()).unwrap(), json!({"enabled": false}));
    }

    #[test]
    fn a_watermark_without_a_picture_says_nothing_of_one() {
        let mark = Watermark::new().text("Top secret").show(WatermarkPart::ALL.iter().copied());
        let sent = serde_json::to_value(WatermarkRequest::from(mark)).unwrap();
        assert_eq!(sent, json!({"enabled": true, "additions": 31, "text": "Top secret", "rotate": 0}));
    }

    #[test]
    fn the_parts_of_a_watermark_are_told_again() {
        let parts = [WatermarkPart::UserEmail, WatermarkPart::RoomTitle];
        assert_eq!(Watermark::new().show(parts).shown(), parts);
    }
}
