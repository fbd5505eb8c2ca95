//! What is printed over the documents of a room.

use std::fmt;

use docspace::rooms::{self, WatermarkPart};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::MarkPart;

/// What is printed over the documents of a room. A picture cannot be managed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("additionalProperties" = false))]
pub struct Watermark {
    /// A text, up to 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub text: Option<String>,
    /// Details to print besides the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub show: Vec<MarkPart>,
    /// The angle in degrees. By default, it is 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rotate: i32,
}

fn is_zero(number: &i32) -> bool {
    *number == 0
}

fn part(name: MarkPart) -> WatermarkPart {
    match name {
        MarkPart::UserName => WatermarkPart::UserName,
        MarkPart::UserEmail => WatermarkPart::UserEmail,
        MarkPart::UserIp => WatermarkPart::UserIp,
        MarkPart::Date => WatermarkPart::Date,
        MarkPart::RoomTitle => WatermarkPart::RoomTitle,
    }
}

impl From<&Watermark> for rooms::Watermark {
    fn from(mark: &Watermark) -> Self {
        let shown = Self::new().show(mark.show.iter().map(|name| part(*name))).rotate(mark.rotate);
        match &mark.text {
            Some(text) => shown.text(text),
            None => shown,
        }
    }
}

impl Watermark {
    /// The watermark in a portal's answer, without its picture.
    pub fn of(mark: &rooms::Watermark) -> Self {
        let shown = mark.shown();
        let show = MarkPart::ALL.iter().copied().filter(|name| shown.contains(&part(*name))).collect();
        Self { text: mark.text.clone().filter(|text| !text.is_empty()), show, rotate: mark.rotate }
    }

    /// Whether nothing is printed.
    pub fn is_empty(&self) -> bool {
        self.text.as_deref().unwrap_or_default().trim().is_empty() && self.show.is_empty()
    }
}

impl fmt::Display for Watermark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.text.iter().map(|text| format!("`{text}`")).collect();
        parts.extend(self.show.iter().map(ToString::to_string));
        if self.rotate != 0 {
            parts.push(format!("{}°", self.rotate));
        }
        f.write_str(&parts.join(", "))
    }
}
