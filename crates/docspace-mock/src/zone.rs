//! The portal's time zone (docs/portal/dates-and-names.md#time-zones).
//!
//! The mock writes dates in this zone. It reads dates without an offset in UTC, the zone of the
//! server. The zone is a fixed offset and not a name, so that a test sees the same hours all year.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset as _, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An offset from UTC such as `+05:30`, or `UTC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Zone(FixedOffset);

impl Default for Zone {
    fn default() -> Self {
        Self(Utc.fix())
    }
}

/// A text that is not `UTC` and not an offset such as `+05:30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(String);

impl fmt::Display for ZoneError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} is not a time zone; use UTC or an offset such as +05:30", self.0)
    }
}

impl std::error::Error for ZoneError {}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        if text.eq_ignore_ascii_case("UTC") || text == "Z" {
            return Ok(Self::default());
        }
        let digits = text.strip_prefix(['+', '-']).and_then(|rest| rest.split_once(':'));
        let number = |part: &str, max: i32| {
            let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<i32>().ok().filter(|number| two_digits && *number <= max)
        };
        digits
            .and_then(|(hours, minutes)| Some(number(hours, 14)? * 3600 + number(minutes, 59)? * 60))
            .and_then(|seconds| FixedOffset::east_opt(if text.starts_with('-') { -seconds } else { seconds }))
            .map(Self)
            .ok_or_else(|| ZoneError(text.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;

    fn try_from(text: String) -> Result<Self, ZoneError> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        if zone == Zone::default() { "UTC".into() } else { zone.0.to_string() }
    }
}

impl Zone {
    /// The local time of an instant, and the suffix that a date gets: `Z` or the offset.
    pub(crate) fn show(self, at: DateTime<Utc>) -> (NaiveDateTime, Cow<'static, str>) {
        let suffix = if self == Self::default() { "Z".into() } else { self.0.to_string().into() };
        // A local time beyond the dates that chrono supports stays in UTC.
        match at.naive_utc().checked_add_offset(self.0) {
            Some(local) => (local, suffix),
            None => (at.naive_utc(), "Z".into()),
        }
    }

    /// The offset as a time span such as `05:30:00`.
    pub(crate) fn span(self) -> String {
        let minutes = self.0.local_minus_utc() / 60;
        let sign = if minutes < 0 { "-" } else { "" };
        format!("{sign}{:02}:{:02}:00", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// The offset in hours. Whole hours are an integer in JSON.
    pub(crate) fn hours(self) -> Value {
        let seconds = self.0.local_minus_utc();
        if seconds % 3600 == 0 { Value::from(seconds / 3600) } else { Value::from(f64::from(seconds) / 3600.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_utc_or_offsets() {
        for (text, written) in
            [("UTC", "UTC"), ("Z", "UTC"), ("+00:00", "UTC"), ("+05:30", "+05:30"), ("-11:00", "-11:00")]
        {
            assert_eq!(text.parse().map(|zone: Zone| String::from(zone)).as_deref(), Ok(written), "{text}");
        }
        for wrong in ["", "5", "+5:30", "+15:00", "+05:60", "05:30", "+05", "Asia/Kolkata", "+ä:00"] {
            assert!(wrong.parse::<Zone>().is_err(), "{wrong}");
        }
    }
}
