//! Writing dates (docs/portal/dates-and-names.md#dates-out).

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, TimeDelta, Timelike, Utc};

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

/// Writes a date without a zone, and with a fraction only if it has one, as a few settings do
/// (docs/portal/dates-and-names.md#dates-in-another-form).
pub(crate) fn write_raw(at: DateTime<Utc>) -> String {
    let text = at.format("%Y-%m-%dT%H:%M:%S%.9f").to_string();
    // The portal's dates have a precision of 100 nanoseconds.
    text[..text.len() - 2].trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Writes a date as webhooks have it: the local time of the portal with the offset of the server
/// (docs/portal/webhooks.md#webhook-record).
pub(crate) fn write_shifted(at: DateTime<Utc>, zone: Zone) -> String {
    format!("{}+00:00", write_raw(zone.show(at).0.and_utc()))
}

/// Writes a date as the log of webhooks has it: the offset of the portal is subtracted
/// (docs/portal/webhooks.md#delivery-log).
pub(crate) fn write_log(at: DateTime<Utc>, zone: Zone) -> String {
    let ahead = zone.show(at).0 - at.naive_utc();
    format!("{}Z", write_raw(at.checked_sub_signed(ahead).unwrap_or(at)))
}

/// The nearest second: the portal's database stores no fractions
/// (docs/portal/dates-and-names.md#dates-out).
pub(crate) fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    let second = at.with_nanosecond(0).unwrap_or(at);
    let rounds_up = at.nanosecond() >= 500_000_000;
    second.checked_add_signed(TimeDelta::seconds(rounds_up.into())).unwrap_or(second)
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
    fn raw_dates_have_as_many_digits_as_they_need() {
        for text in ["2026-11-28T03:00:23.6342857", "2026-11-28T03:00:20.5", "2026-11-28T03:00:20"] {
            assert_eq!(write_raw(format!("{text}Z").parse().expect("a date")), text);
        }
    }

    #[test]
    fn dates_are_written_in_the_zone() {
        let at = "2026-11-21T20:57:59.9347219Z".parse().expect("a date");
        for (zone, text) in [
            ("+05:30", "2026-11-22T02:27:59.9347219+05:30"),
            ("-03:00", "2026-11-21T17:57:59.9347219-03:00"),
            ("+00:00", "2026-11-21T20:57:59.9347219Z"),
        ] {
            let zone = zone.parse().expect("a zone");
            assert_eq!(write(at, zone), text);
        }
        let zone = "+05:30".parse().expect("a zone");
        assert_eq!(write(DateTime::<Utc>::MAX_UTC, zone).chars().last(), Some('Z'));
    }
}
