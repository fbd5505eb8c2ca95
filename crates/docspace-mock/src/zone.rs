//! The portal's time zone (docs/portal/dates-and-names.md#time-zones).
//!
//! The mock writes dates in this zone. It reads dates without an offset in UTC, the zone of the
//! server. With a fixed offset, a test sees the same hours all year.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `UTC`, an offset from UTC such as `+05:30`, or a name such as `Europe/Berlin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum Zone {
    Fixed(FixedOffset),
    Named(Tz),
}

impl Default for Zone {
    fn default() -> Self {
        Self::Fixed(Utc.fix())
    }
}

/// A text that is not `UTC`, an offset such as `+05:30` or the name of a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(String);

impl fmt::Display for ZoneError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{:?} is not a time zone; use UTC, an offset such as +05:30, or a name such as Europe/Berlin",
            self.0
        )
    }
}

impl std::error::Error for ZoneError {}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        if text.eq_ignore_ascii_case("UTC") || text == "Z" {
            return Ok(Self::default());
        }
        let fixed = || {
            let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
            let number = |part: &str, max: i32| {
                let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
                part.parse::<i32>().ok().filter(|number| two_digits && *number <= max)
            };
            let seconds = number(hours, 14)? * 3600 + number(minutes, 59)? * 60;
            FixedOffset::east_opt(if text.starts_with('-') { -seconds } else { seconds }).map(Self::Fixed)
        };
        fixed()
            .or_else(|| Tz::from_str_insensitive(text).ok().map(Self::Named))
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
        match zone {
            Zone::Fixed(offset) if offset == Utc.fix() => "UTC".into(),
            Zone::Fixed(offset) => offset.to_string(),
            Zone::Named(zone) => zone.name().into(),
        }
    }
}

impl Zone {
    /// The offset from UTC at this instant.
    fn offset(self, at: DateTime<Utc>) -> FixedOffset {
        match self {
            Self::Fixed(offset) => offset,
            Self::Named(zone) => zone.offset_from_utc_datetime(&at.naive_utc()).fix(),
        }
    }

    /// The local time of an instant, and the suffix that a date gets: `Z` or the offset.
    pub(crate) fn show(self, at: DateTime<Utc>) -> (NaiveDateTime, Cow<'static, str>) {
        let offset = self.offset(at);
        let suffix = if offset == Utc.fix() { "Z".into() } else { offset.to_string().into() };
        // A local time beyond the dates that chrono supports stays in UTC.
        match at.naive_utc().checked_add_offset(offset) {
            Some(local) => (local, suffix),
            None => (at.naive_utc(), "Z".into()),
        }
    }

    /// A date of a request as the portal understands it. If the clock of the server shows a time
    /// that this zone skips in spring, the date becomes an hour later
    /// (docs/portal/dates-and-names.md#dates-in-by-zone).
    pub(crate) fn understood(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let is_skipped = match self {
            Self::Fixed(_) => false,
            Self::Named(zone) => matches!(zone.from_local_datetime(&at.naive_utc()), MappedLocalTime::None),
        };
        at.checked_add_signed(TimeDelta::hours(is_skipped.into())).unwrap_or(at)
    }

    /// The offset at this instant as a time span such as `05:30:00`.
    pub(crate) fn span(self, at: DateTime<Utc>) -> String {
        let minutes = self.offset(at).local_minus_utc() / 60;
        let sign = if minutes < 0 { "-" } else { "" };
        format!("{sign}{:02}:{:02}:00", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// The offset at this instant in hours. Whole hours are an integer in JSON.
    pub(crate) fn hours(self, at: DateTime<Utc>) -> Value {
        let seconds = self.offset(at).local_minus_utc();
        if seconds % 3600 == 0 { Value::from(seconds / 3600) } else { Value::from(f64::from(seconds) / 3600.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_utc_offsets_or_names() {
        for (text, written) in [
            ("UTC", "UTC"),
            ("Z", "UTC"),
            ("+00:00", "UTC"),
            ("+05:30", "+05:30"),
            ("-11:00", "-11:00"),
            ("europe/berlin", "Europe/Berlin"),
        ] {
            assert_eq!(text.parse().map(|zone: Zone| String::from(zone)).as_deref(), Ok(written), "{text}");
        }
        for wrong in ["", "5", "+5:30", "+15:00", "+05:60", "05:30", "+05", "Mars", "+ä:00"] {
            assert!(wrong.parse::<Zone>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn offset_of_a_named_zone_depends_on_the_date() {
        let zone: Zone = "Europe/Berlin".parse().expect("a zone");
        for (at, suffix) in [("2031-01-15T12:00:00Z", "+01:00"), ("2031-07-15T12:00:00Z", "+02:00")] {
            assert_eq!(zone.show(at.parse().expect("a date")).1, suffix);
        }
    }

    #[test]
    fn date_in_the_hour_that_a_zone_skips_becomes_an_hour_later() {
        let zone: Zone = "Europe/Berlin".parse().expect("a zone");
        for (sent, understood) in [
            ("2031-03-30T02:30:00Z", "2031-03-30T03:30:00Z"),
            ("2031-03-30T01:30:00Z", "2031-03-30T01:30:00Z"),
            ("2031-10-26T02:30:00Z", "2031-10-26T02:30:00Z"),
        ] {
            let date = |text: &str| text.parse::<DateTime<Utc>>().expect("a date");
            assert_eq!(zone.understood(date(sent)), date(understood));
        }
    }
}
