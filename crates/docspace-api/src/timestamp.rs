//! Points in time, in the form that a portal writes.

mod arithmetic;
mod expiry;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};
pub use expiry::Expiry;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A text that is not a point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{}` is not a date: write 2027-01-31, 2027-01-31T18:00 (both UTC), or 2027-01-31T18:00:00+02:00",
    crate::printable(_0)
)]
pub struct InvalidTimestamp(String);

/// A point in time, with the offset of its time zone.
///
/// ```
/// use docspace_api::Timestamp;
///
/// let end: Timestamp = "2027-01-31T18:00:00+02:00".parse()?;
/// assert_eq!(end, "2027-01-31T16:00".parse()?, "a time without an offset is in UTC");
/// assert_eq!(end.to_string(), "2027-01-31T18:00:00.0000000+02:00");
/// # Ok::<(), docspace_api::InvalidTimestamp>(())
/// ```
///
/// A portal writes seven decimals and the offset of its own time zone, such as
/// `2026-11-21T02:55:45.0000000Z` or `2026-11-21T08:25:45.0000000+05:30`. The type reads every form
/// that a portal writes, and always writes this form. Its precision is 100 nanoseconds. Two
/// timestamps are equal if they are the same instant.
#[derive(Clone, Copy, Eq)]
pub struct Timestamp {
    time: DateTime<FixedOffset>,
    form: Form,
}

/// How a timestamp was written, where that matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With a time.
    Full,
    /// As a date only.
    Date,
    /// As [`UNSET`], without decimals and offset.
    Unset,
}

/// What a portal writes for a missing date in the expiry of a session token. Elsewhere it adds
/// decimals and an offset.
const UNSET: &str = "0001-01-01T00:00:00";
/// The portal runs on .NET, whose time has seven decimals.
const DECIMALS: u16 = 7;

impl Timestamp {
    /// The day, in the time zone that the timestamp was written in.
    ///
    /// ```
    /// let expires: docspace_api::Timestamp = "2027-01-31T23:30:00.0000000+05:30".parse()?;
    /// assert_eq!(expires.date().to_string(), "2027-01-31");
    /// # Ok::<(), docspace_api::InvalidTimestamp>(())
    /// ```
    pub fn date(self) -> NaiveDate {
        self.time.date_naive()
    }

    /// The instant in UTC.
    pub fn to_utc(self) -> DateTime<Utc> {
        self.time.to_utc()
    }

    /// The instant, with the offset that the timestamp was written with.
    pub fn to_local(self) -> DateTime<FixedOffset> {
        self.time
    }

    /// Whether it was parsed from a date without a time. It is the start of that day in UTC then.
    /// As an [`Expiry`], it is the end of that day.
    pub fn is_date(self) -> bool {
        self.form == Form::Date
    }

    /// Whether this is `0001-01-01T00:00:00`, which a portal writes for a missing date.
    ///
    /// It occurs where a portal cannot leave the date out: in the expiry of a session token, and in
    /// the profile of a person who was removed.
    pub fn is_unset(self) -> bool {
        self.time.year() == 1 && self.time.ordinal() == 1
    }
}

impl<Tz: chrono::TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(time: DateTime<Tz>) -> Self {
        Self { time: time.fixed_offset().trunc_subsecs(DECIMALS), form: Form::Full }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.time == other.time
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.time.cmp(&other.time)
    }
}

impl std::hash::Hash for Timestamp {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.time.hash(state);
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Timestamp").field(&self.time).finish()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.form == Form::Unset {
            return f.pad(UNSET);
        }
        let offset = if self.time.offset().local_minus_utc() == 0 { "Z" } else { "%:z" };
        // chrono writes three, six or nine decimals, so this code removes the last two.
        let ticks = self.time.timestamp_subsec_nanos() % 1_000_000_000 / 100;
        f.pad(&self.time.format(&format!("%Y-%m-%dT%H:%M:%S.{ticks:07}{offset}")).to_string())
    }
}

/// Parses the forms that a portal writes and the shorter forms that people write.
///
/// People may leave out the time, the seconds and the offset. Without an offset, the time is in
/// UTC.
impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let written = text.trim();
        if let Ok(time) = DateTime::parse_from_rfc3339(written) {
            return Ok(time.into());
        }
        let naive = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(written, format).ok());
        if let Some(time) = naive {
            let form = if written == UNSET { Form::Unset } else { Form::Full };
            return Ok(Self { form, ..time.and_utc().into() });
        }
        match NaiveDate::parse_from_str(written, "%Y-%m-%d") {
            Ok(day) => Ok(Self { form: Form::Date, ..day.and_time(chrono::NaiveTime::MIN).and_utc().into() }),
            Err(_) => Err(InvalidTimestamp(text.to_owned())),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn portal_forms_survive_a_round_trip() {
        for text in [
            "2026-11-21T02:55:45.0000000Z",
            "2026-11-21T02:55:45.3877587Z",
            "2026-11-21T08:25:45.1234567+05:30",
            "2026-11-20T22:55:45.0000000-04:00",
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00.0000000Z",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn time_is_optional() {
        let written: Timestamp = "2027-01-31".parse().unwrap();
        assert_eq!(written.to_string(), "2027-01-31T00:00:00.0000000Z");
        assert_eq!("2027-01-31 18:00".parse::<Timestamp>().unwrap().to_string(), "2027-01-31T18:00:00.0000000Z");
    }

    #[test]
    fn invalid_dates_are_rejected() {
        for text in ["tomorrow", "", "31.01.2027", "2027-02-30", "2027-13-01T00:00:00Z"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_the_first_day_of_year_1_is_unset() {
        assert!("0001-01-01T00:00:00".parse::<Timestamp>().unwrap().is_unset());
        assert!("0001-01-01T00:00:00.0000000Z".parse::<Timestamp>().unwrap().is_unset());
        assert!(!"2026-11-21T00:00:00Z".parse::<Timestamp>().unwrap().is_unset());
    }

    #[test]
    fn in_days_truncates_to_whole_seconds() {
        let (before, ahead) = (Utc::now(), Timestamp::in_days(365).to_utc());
        assert!((364..=365).contains(&(ahead - before).num_days()));
        assert_eq!(ahead.timestamp_subsec_nanos(), 0);
    }

    proptest! {
        #[test]
        fn instants_and_offsets_survive_a_round_trip(seconds in -60_000_000_000i64..250_000_000_000, ticks in 0u32..10_000_000, minutes in -14 * 60i32..=14 * 60) {
            let offset = FixedOffset::east_opt(minutes * 60).unwrap();
            let time = offset.timestamp_opt(seconds, ticks * 100).unwrap();
            let there = Timestamp::from(time);
            let back: Timestamp = there.to_string().parse().unwrap();
            prop_assert_eq!(back, there);
            prop_assert_eq!(back.to_string(), there.to_string());
        }

        #[test]
        fn parsing_never_panics(text in ".*") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
