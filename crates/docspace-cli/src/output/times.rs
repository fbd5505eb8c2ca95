//! Times for people: relative to now in lists, and in the time zone of this computer elsewhere.

use std::sync::LazyLock;

use docspace::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::table::Tone;
use crate::terminal::print_message;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = 365 * DAY / 12;
const YEAR: i64 = 365 * DAY;

/// The units, each with the age in seconds up to which it is used.
const UNITS: [(&str, i64, i64); 5] = [
    ("minute", MINUTE, 90 * MINUTE),
    ("hour", HOUR, 36 * HOUR),
    ("day", DAY, 60 * DAY),
    ("month", MONTH, 24 * MONTH),
    ("year", YEAR, i64::MAX),
];

/// The difference between the clocks of a portal and of this computer that is ignored, in seconds.
const MAX_CLOCK_DIFFERENCE: i64 = 10;

/// The time before the expiry of a key or link at which lists begin to warn, in seconds.
const SOON: i64 = 7 * DAY;

/// Returns the time zone of this computer. A wrong TZ means UTC, which selects other periods than
/// the person means, so this prints a warning the first time.
pub(crate) fn local_zone() -> TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
        TimeZone::try_system().unwrap_or_else(|_| {
            let name = std::env::var("TZ").unwrap_or_default();
            if !name.is_empty() {
                print_message(&format!("warning: the variable TZ is `{name}`, which is not a time zone; using UTC"));
            }
            TimeZone::UTC
        })
    });
    ZONE.clone()
}

/// Parses a value such as `2027-01-31T18:00:00Z`. Returns `None` for other texts.
fn parsed(text: &str) -> Option<jiff::Timestamp> {
    if text.len() == 20 { text.parse().ok() } else { None }
}

/// Converts `2027-01-31T18:00:00Z` to the time zone of this computer, and names the zone. Returns
/// `None` for other texts.
pub(super) fn local(text: &str) -> Option<String> {
    parsed(text).map(in_local_zone)
}

fn in_local_zone(time: jiff::Timestamp) -> String {
    time.to_zoned(local_zone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// A time as people read it.
pub(super) struct Readable {
    /// The time in the time zone of this computer.
    pub(super) local: String,
    /// The day of that time.
    pub(super) day: String,
    /// A text such as `about 2 days ago` or `in 5 days`.
    pub(super) relative: String,
    /// Whether the time has passed by the clock of this computer.
    pub(super) has_passed: bool,
}

/// Converts the value of a time for people. Returns `None` for other values.
pub(super) fn local_and_relative(value: &Value) -> Option<Readable> {
    let time = parsed(value.as_str()?)?;
    let seconds = time.as_second() - jiff::Timestamp::now().as_second();
    Some(Readable {
        local: in_local_zone(time),
        day: time.to_zoned(local_zone()).date().to_string(),
        relative: distance(seconds),
        has_passed: seconds <= 0,
    })
}

/// Describes a time that is so many seconds in the future, or in the past if they are negative.
fn distance(seconds: i64) -> String {
    let age = seconds.saturating_abs();
    if age < MINUTE {
        return if seconds <= MAX_CLOCK_DIFFERENCE { "just now" } else { "in under a minute" }.to_owned();
    }
    let (name, unit, _) = UNITS.into_iter().find(|(_, _, most)| age < *most).unwrap_or(UNITS[UNITS.len() - 1]);
    let count = (age.saturating_add(unit / 2)) / unit;
    let plural = if count == 1 { "" } else { "s" };
    if seconds > 0 { format!("in {count} {name}{plural}") } else { format!("about {count} {name}{plural} ago") }
}

/// Formats a time for a person: in the time zone of this computer.
pub(crate) fn local_time(time: Timestamp) -> String {
    jiff::Timestamp::from_second(time.to_utc().timestamp()).map(in_local_zone).unwrap_or_default()
}

/// Returns the tone of an expiry: bad if it has passed, and a warning in the week before it.
pub(crate) fn expiry_tone(time: Option<Timestamp>) -> Tone {
    let seconds = |time: Timestamp| time.to_utc().timestamp() - jiff::Timestamp::now().as_second();
    match time.filter(|time| !time.is_unset()).map(seconds) {
        Some(seconds) if seconds <= 0 => Tone::Bad,
        Some(seconds) if seconds <= SOON => Tone::Warning,
        _ => Tone::Plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn distances_are_rounded_to_a_unit_that_says_enough() {
        for (seconds, expected) in [
            (0, "just now"),
            (MAX_CLOCK_DIFFERENCE, "just now"),
            (-59, "just now"),
            (59, "in under a minute"),
            (-60, "about 1 minute ago"),
            (-89 * MINUTE, "about 89 minutes ago"),
            (-90 * MINUTE, "about 2 hours ago"),
            (-35 * HOUR, "about 35 hours ago"),
            (-40 * HOUR, "about 2 days ago"),
            (5 * DAY - 3, "in 5 days"),
            (45 * DAY, "in 45 days"),
            (-92 * DAY, "about 3 months ago"),
            (-3 * YEAR, "about 3 years ago"),
        ] {
            assert_eq!(distance(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn only_times_are_relative() {
        let now = jiff::Timestamp::now();
        let value = |hours: i64| {
            let time = now + jiff::SignedDuration::from_hours(hours);
            json!(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        };
        let relative = |value: &Value| local_and_relative(value).map(|time| time.relative);
        assert_eq!(relative(&value(-3)).as_deref(), Some("about 3 hours ago"));
        assert_eq!(relative(&value(72)).as_deref(), Some("in 3 days"));
        for other in [json!("20 letters and spaces"), json!("2027-01-31"), json!(20270131), json!(null)] {
            assert_eq!(relative(&other), None, "{other}");
        }
    }

    #[test]
    fn expiry_is_bad_after_it_and_a_warning_in_the_week_before_it() {
        let tone = |text: &str| expiry_tone(Some(text.parse().expect("a time")));
        let now = jiff::Timestamp::now();
        let after = |hours: i64| (now + jiff::SignedDuration::from_hours(hours)).to_string();
        assert_eq!(tone(&after(-1)), Tone::Bad);
        assert_eq!(tone(&after(6 * 24)), Tone::Warning);
        assert_eq!(tone(&after(8 * 24)), Tone::Plain);
        assert_eq!(expiry_tone(None), Tone::Plain);
        assert_eq!(tone("0001-01-01T00:00:00Z"), Tone::Plain);
    }
}
