//! Dates as the portal writes and reads them (portal-facts 1.3).

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};

use crate::zone::Zone;

/// `2026-11-21T02:55:45.0000000Z`, always seven digits; in another zone than UTC the offset instead of `Z`.
pub(crate) fn write(at: DateTime<Utc>, zone: Zone) -> String {
    let (local, suffix) = zone.show(at);
    format!("{}.{:07}{suffix}", local.format("%Y-%m-%dT%H:%M:%S"), (at.nanosecond() % 1_000_000_000) / 100)
}

/// The same without the fraction: what comes back from the database has whole seconds.
pub(crate) fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_nanosecond(0).unwrap_or(at)
}

/// What a client sent as a date, in the portal's zone if it names no offset; anything unreadable is silently
/// "no date" [R links/expiration].
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
    fn dates_have_seven_digits() {
        let at = "2026-11-21T02:57:59.9347219Z".parse().expect("a date");
        let utc = Zone::default();
        assert_eq!(write(at, utc), "2026-11-21T02:57:59.9347219Z");
        assert_eq!(write(whole(at), utc), "2026-11-21T02:57:59.0000000Z");
    }

    #[test]
    fn another_zone_is_told_by_its_offset_and_taken_where_none_is_named() {
        let at = "2026-11-21T20:57:59.9347219Z".parse().expect("a date");
        for (zone, told) in [
            ("+05:30", "2026-11-22T02:27:59.9347219+05:30"),
            ("-03:00", "2026-11-21T17:57:59.9347219-03:00"),
            ("+00:00", "2026-11-21T20:57:59.9347219Z"),
        ] {
            let zone = zone.parse().expect("a zone");
            assert_eq!(write(at, zone), told);
            assert_eq!(read(told, zone), Some(at));
            assert_eq!(read(&told[..27], zone), Some(at), "without an offset");
        }
        let zone = "+05:30".parse().expect("a zone");
        assert_eq!(
            read("2031-05-06", zone).map(|at| write(at, zone)).as_deref(),
            Some("2031-05-06T00:00:00.0000000+05:30")
        );
        assert_eq!(write(DateTime::<Utc>::MAX_UTC, zone).chars().last(), Some('Z'));
    }

    #[test]
    fn many_spellings_are_read_and_the_rest_is_no_date() {
        let utc = Zone::default();
        for (text, means) in [
            ("2031-05-06T07:08:09.0000000Z", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06T07:08:09+03:00", "2031-05-06T04:08:09.0000000Z"),
            ("2031-05-06T07:08:09", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06", "2031-05-06T00:00:00.0000000Z"),
            ("2031-05-06 07:08", "2031-05-06T07:08:00.0000000Z"),
            ("05/06/2031", "2031-05-06T00:00:00.0000000Z"),
        ] {
            let read = read(text, utc).map(|at| write(at, utc));
            assert_eq!(read.as_deref(), Some(means), "{text}");
        }
        assert_eq!(read("tomorrow", utc), None);
        assert_eq!(read("", utc), None);
    }
}
