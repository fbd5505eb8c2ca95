//! Reading dates as the .NET runtime does for a caller with the language English
//! (docs/portal/dates-and-names.md#dates-in).

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

/// Reads a date of a request. A date without an offset is in the zone of the server, which is UTC.
/// Unreadable text and dates in the year 1 count as no date.
pub(crate) fn read(text: &str) -> Option<DateTime<Utc>> {
    let (rest, zone) = split_zone(text.trim());
    let (rest, time) = split_time(rest)?;
    let date = date(rest)?;
    let offset = match zone {
        Zone::Unread => return None,
        Zone::None => 0,
        Zone::Minutes(minutes) => minutes,
    };
    let at = date.and_time(NaiveTime::MIN).checked_add_signed(time)?.checked_sub_signed(TimeDelta::minutes(offset))?;
    (date.year() > 1).then(|| at.and_utc())
}

/// Reads a moment in the one form that some queries accept: `2031-05-06T07:08:09` with no, three or
/// seven digits of a second, and `Z` or an offset
/// (docs/portal/history-and-audit.md#dates).
pub(crate) fn read_moment(text: &str) -> Option<DateTime<Utc>> {
    let (start, rest) = text.split_at_checked("yyyy-MM-ddTHH:mm:ss".len())?;
    let form = start.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect::<String>();
    let end = rest.find(['Z', '+', '-'])?;
    let (fraction, zone) = rest.split_at(end);
    let is_fraction = matches!(fraction.len(), 0 | 4 | 8)
        && fraction
            .chars()
            .enumerate()
            .all(|(at, letter)| if at == 0 { letter == '.' } else { letter.is_ascii_digit() });
    let is_zone = zone == "Z" || (zone.len() == "+00:00".len() && zone.as_bytes()[3] == b':');
    if form != "0000-00-00T00:00:00" || !is_fraction || !is_zone {
        return None;
    }
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}

/// The end of a date.
enum Zone {
    None,
    Minutes(i64),
    /// An offset that cannot be read.
    Unread,
}

/// Splits off `Z`, `GMT`, or an offset such as `+02:00`, `-0330` or `-03`. A blank may come before
/// it.
fn split_zone(text: &str) -> (&str, Zone) {
    for name in ["Z", "z", "GMT"] {
        if let Some(rest) = text.strip_suffix(name) {
            return (rest.trim_end(), Zone::Minutes(0));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else { return (text, Zone::None) };
    let (rest, offset) = (&text[..at], &text[at + 1..]);
    // A minus before a time is a part of the date, as in 2031-03-04.
    if text.as_bytes()[at] == b'-' && !rest.contains(':') {
        return (text, Zone::None);
    }
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match (offset.len(), digits.len()) {
        (2, 2) => (digits.as_str(), "0"),
        (4, 4) => digits.split_at(2),
        (5, 4) if offset.as_bytes()[2] == b':' => digits.split_at(2),
        _ => return (rest, Zone::Unread),
    };
    let read = hours.parse::<i64>().ok().zip(minutes.parse::<i64>().ok());
    let zone = match read.filter(|(hours, minutes)| *hours <= 14 && *minutes < 60) {
        Some((hours, minutes)) if text.as_bytes()[at] == b'-' => Zone::Minutes(-(hours * 60 + minutes)),
        Some((hours, minutes)) => Zone::Minutes(hours * 60 + minutes),
        None => Zone::Unread,
    };
    (rest.trim_end(), zone)
}

/// Splits off the time of the day. A text without a time is at midnight. `None` if the time cannot
/// be read.
fn split_time(text: &str) -> Option<(&str, TimeDelta)> {
    let Some(colon) = text.find(':') else { return Some((text, TimeDelta::zero())) };
    let start = text[..colon].trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let date = text[..start].strip_suffix('T').unwrap_or(&text[..start]);
    let upper = text[start..].to_ascii_uppercase();
    let half = ["AM", "PM"].into_iter().find(|half| upper.ends_with(half));
    let clock = half.and_then(|half| upper.strip_suffix(half)).unwrap_or(&upper).trim_end();
    let mut parts = clock.split(':');
    let number = |part: Option<&str>, most: i64| {
        let part = part.filter(|part| (1..=2).contains(&part.len()))?;
        part.parse::<i64>().ok().filter(|number| (0..=most).contains(number))
    };
    let (hours, minutes) = (number(parts.next(), 23)?, number(parts.next(), 59)?);
    let (seconds, fraction) = match parts.next() {
        None => (0, 0),
        Some(part) => {
            let (seconds, fraction) = part.split_once(['.', ',']).unwrap_or((part, "0"));
            (number(Some(seconds), 59)?, ticks(fraction)?)
        }
    };
    let hours = match half {
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some("PM") => hours % 12 + 12,
        Some(_) => hours % 12,
        None => hours,
    };
    if parts.next().is_some() {
        return None;
    }
    let time = TimeDelta::seconds(hours * 3600 + minutes * 60 + seconds) + TimeDelta::nanoseconds(fraction * 100);
    Some((date.trim_end(), time))
}

/// A fraction of a second in units of 100 nanoseconds, rounded.
fn ticks(digits: &str) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let eight: String = digits.chars().chain("00000000".chars()).take(8).collect();
    let value = eight.parse::<i64>().ok().filter(|_| is_number)?;
    Some((value + 5) / 10)
}

/// A part of a date.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// A number, and its number of digits.
    Number(u32, usize),
    Month(u32),
}

/// Reads a date without a time: `2031-03-04`, `3/4/2031` (the month first), `March 4, 2031`,
/// `Tue, 04 Mar 2031`, `03/2031` (the first day).
fn date(text: &str) -> Option<NaiveDate> {
    let mut weekday: Option<Weekday> = None;
    let mut parts: Vec<Part> = Vec::new();
    for word in text.split([' ', ',', '/', '-', '.']).filter(|word| !word.is_empty()) {
        if let Ok(number) = word.parse::<u32>() {
            parts.push(Part::Number(number, word.len()));
        } else if let Some(month) = month(word) {
            parts.push(Part::Month(month));
        } else if weekday.is_none() && parts.is_empty() {
            weekday = Some(word.parse().ok()?);
        } else {
            return None;
        }
    }
    let (year, month, day) = match *parts.as_slice() {
        [Part::Number(year, digits), Part::Number(month, _), Part::Number(day, _)] if digits > 2 => (year, month, day),
        [Part::Number(month, _), Part::Number(day, _), Part::Number(year, 4)] => (year, month, day),
        [Part::Number(year, 4), Part::Month(month), Part::Number(day, _)]
        | [Part::Number(day, _), Part::Month(month), Part::Number(year, 4)]
        | [Part::Month(month), Part::Number(day, _), Part::Number(year, 4)] => (year, month, day),
        [Part::Number(year, 4), Part::Number(month, _) | Part::Month(month)]
        | [Part::Number(month, _) | Part::Month(month), Part::Number(year, 4)] => (year, month, 1),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    weekday.is_none_or(|weekday| date.weekday() == weekday).then_some(date)
}

/// The number of a month with this English name, or its first three letters.
fn month(word: &str) -> Option<u32> {
    word.parse::<chrono::Month>().ok().map(|month| month.number_from_month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::dates;
    use crate::zone::Zone;

    #[test]
    fn dates_are_read_as_by_the_runtime() {
        for (text, expected) in [
            ("2031-05-06T07:08:09.0000000Z", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06T07:08:09+03:00", "2031-05-06T04:08:09.0000000Z"),
            ("2031-05-06T07:08:09-0330", "2031-05-06T10:38:09.0000000Z"),
            ("2031-05-06T07:08:09-03", "2031-05-06T10:08:09.0000000Z"),
            ("2031-05-06T07:08:09 +02:00", "2031-05-06T05:08:09.0000000Z"),
            ("2031-05-06T07:08:09", "2031-05-06T07:08:09.0000000Z"),
            ("2031-05-06T07:08:09,5", "2031-05-06T07:08:09.5000000Z"),
            ("2031-05-06T07:08:09.12345678Z", "2031-05-06T07:08:09.1234568Z"),
            ("2031-05-06", "2031-05-06T00:00:00.0000000Z"),
            ("2031-05-06Z", "2031-05-06T00:00:00.0000000Z"),
            ("2031-05-06+02:00", "2031-05-05T22:00:00.0000000Z"),
            ("2031-5-6 7:08 PM", "2031-05-06T19:08:00.0000000Z"),
            ("05/06/2031", "2031-05-06T00:00:00.0000000Z"),
            ("5.6.2031", "2031-05-06T00:00:00.0000000Z"),
            ("05/2031", "2031-05-01T00:00:00.0000000Z"),
            ("Tue, 06 May 2031 07:08:09 GMT", "2031-05-06T07:08:09.0000000Z"),
            ("May 6, 2031 12:08 AM", "2031-05-06T00:08:00.0000000Z"),
            ("6 May 2031", "2031-05-06T00:00:00.0000000Z"),
        ] {
            let read = read(text).map(|at| dates::write(at, Zone::default()));
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn moments_have_a_zone_and_three_or_seven_digits() {
        for text in ["2031-05-06T07:08:09Z", "2031-05-06T07:08:09.123Z", "2031-05-06T07:08:09.1234567-05:00"] {
            assert!(read_moment(text).is_some(), "{text}");
        }
        for text in [
            "2031-05-06T07:08:09",
            "2031-05-06T07:08:09.12Z",
            "2031-05-06",
            "2031/05/06T07:08:09Z",
            "978307200",
            "now",
            "2031-05-06T07:08:09+0300",
        ] {
            assert_eq!(read_moment(text), None, "{text}");
        }
    }

    #[test]
    fn other_text_is_no_date() {
        for text in [
            "",
            "  ",
            "tomorrow",
            "in 5 days",
            "Wed, 06 May 2031 07:08:09 GMT",
            "2031-05-32",
            "2031-13-01",
            "2031-05-06T25:00:00Z",
            "2031-05-06T07:08:09ZZ",
            "2031-05-06T07:08:09+99:00",
            "20310506T070809Z",
            "1930000000",
            "0001-01-01T00:00:00",
            "ä:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
