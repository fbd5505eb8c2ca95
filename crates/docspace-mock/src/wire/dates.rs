//! Writing and reading dates (docs/portal/dates-and-names.md#dates-out).

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Timelike, Utc};

use crate::zone::Zone;

/// Writes a date with seven digits after the point: `2026-11-21T02:55:45.0000000Z`. Outside UTC the
/// offset replaces `Z`.
pub(crate) fn write(at: DateTime<Utc>, zone: Zone) -> String {
    let (local, suffix) = zone.show(at);
    let fraction = at.nanosecond() % 1_000_000_000;
    // This is much faster than a format string.
    let mut text = local.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    text.truncate(text.len() - "Z".len());
    // Writing to a String cannot fail.
    let _ = write!(text, ".{:07}{suffix}", fraction / 100);
    text
}

/// The nearest second: the portal's database stores no fractions
/// (docs/portal/dates-and-names.md#dates-out).
pub(crate) fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    let second = at.with_nanosecond(0).unwrap_or(at);
    let rounds_up = at.nanosecond() >= 500_000_000;
    second.checked_add_signed(TimeDelta::seconds(rounds_up.into())).unwrap_or(second)
}

/// Reads a date of a request. A date without an offset is in the portal's zone. Unreadable text
/// counts as no date (docs/portal/dates-and-names.md#dates-in).
pub(crate) fn read(text: &str, zone: Zone) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    if let Ok(at) = DateTime::parse_from_rfc2822(text) {
        return Some(at.with_timezone(&Utc));
    }
    let times = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M",
    ];
    let days = ["%Y-%m-%d", "%m/%d/%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"];
    times
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| days.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok()?.and_hms_opt(0, 0, 0)))
        .and_then(|at| zone.instant(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_seven_digits_after_the_point() {
        let at = "2026-11-21T02:57:59.9347219Z".parse().expect("a date");
        let utc = Zone::default();
        assert_eq!(write(at, utc), "2026-11-21T02:57:59.9347219Z");
        assert_eq!(write(whole_seconds(at), utc), "2026-11-21T02:58:00.0000000Z");
        for text in ["2016-12-31T23:59:60.5000000Z", "0001-01-01T00:00:00.0000001Z", "+12345-01-01T00:00:00.0000000Z"] {
            assert_eq!(write(text.parse().expect("a date"), utc), text);
        }
    }

    #[test]
    fn dates_are_written_and_read_in_the_zone() {
        let at = "2026-11-21T20:57:59.9347219Z".parse().expect("a date");
        for (zone, text) in [
            ("+05:30", "2026-11-22T02:27:59.9347219+05:30"),
            ("-03:00", "2026-11-21T17:57:59.9347219-03:00"),
            ("+00:00", "2026-11-21T20:57:59.9347219Z"),
        ] {
            let zone = zone.parse().expect("a zone");
            assert_eq!(write(at, zone), text);
            assert_eq!(read(text, zone), Some(at));
            assert_eq!(read(&text[..27], zone), Some(at), "without an offset");
        }
        let zone = "+05:30".parse().expect("a zone");
        assert_eq!(
            read("2031-05-06", zone).map(|at| write(at, zone)).as_deref(),
            Some("2031-05-06T00:00:00.0000000+05:30")
        );
        assert_eq!(write(DateTime::<Utc>::MAX_UTC, zone).chars().last(), Some('Z'));
    }

    #[test]
    fn unreadable_dates_are_ignored() {
        let utc = Zone::default();
        for (text, expected) in [
            ("2031-05-06T07:08:09.0000000Z", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06T07:08:09+03:00", "2031-05-06T04:08:09.0000000Z"),
            ("2031-05-06T07:08:09", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06", "2031-05-06T00:00:00.0000000Z"),
            ("2031-05-06 07:08", "2031-05-06T07:08:00.0000000Z"),
            ("05/06/2031", "2031-05-06T00:00:00.0000000Z"),
        ] {
            let read = read(text, utc).map(|at| write(at, utc));
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(read("tomorrow", utc), None);
        assert_eq!(read("", utc), None);
    }
}
