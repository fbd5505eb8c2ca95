//! Parsers for the values of flags: types, accesses, dates, durations, sizes and switches.

use std::fmt;
use std::time::Duration;

use bytesize::ByteSize;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use docspace::{Access, RoomType, Timestamp};
use jiff::civil::{Date, DateTime};
use jiff::{Span, Zoned};

use crate::output::local_zone;
use crate::text::{kebab, trimmed};

/// Parses a room type. Also accepts the names on the web pages of the portal.
pub(crate) fn room_type() -> impl TypedValueParser<Value = RoomType> {
    let values = RoomType::ALL.iter().map(|known| {
        let name = known.to_string();
        let words: &[&str] = match known {
            RoomType::Editing => &["collaboration", "collaboration room"],
            RoomType::FillingForms => &["form-filling", "form filling", "form filling room", "fill-forms"],
            RoomType::Custom => &["custom room"],
            RoomType::Public => &["public room"],
            RoomType::VirtualData => &["virtual data room", "vdr"],
            _ => &[],
        };
        // The portal and its documentation write `VirtualDataRoom`.
        let written = [format!("{name}Room"), format!("{}-room", kebab(&name)), known.number().to_string()];
        (named(&name).aliases(written).aliases(words.iter().copied()), *known)
    });
    one_of(values.collect())
}

/// All accesses that a link can give. The type of the link and of the room limit them further.
const LINK_ACCESSES: [Access; 6] =
    [Access::Read, Access::Comment, Access::Review, Access::FillForms, Access::Editing, Access::ContentCreator];

/// Parses the access of a link.
pub(crate) fn link_access() -> impl TypedValueParser<Value = Access> {
    access(&LINK_ACCESSES)
}

/// Parses one of these accesses. Also accepts the names of roles on the web pages of the portal.
pub(crate) fn access(known: &[Access]) -> impl TypedValueParser<Value = Access> + use<> {
    let values = known.iter().map(|known| {
        let roles: &[&str] = match known {
            Access::Read => &["viewer"],
            Access::Comment => &["commenter"],
            Access::Review => &["reviewer"],
            Access::FillForms => &["form-filler", "form filler"],
            Access::Editing => &["editor"],
            Access::ContentCreator => &["content creator"],
            Access::RoomManager => &["room manager"],
            _ => &[],
        };
        (named(&known.to_string()).aliases(roles.iter().copied()), *known)
    });
    one_of(values.collect())
}

/// Parses the name of one of these values, or another name of it.
pub(crate) fn one_of<T>(values: Vec<(PossibleValue, T)>) -> impl TypedValueParser<Value = T> + use<T>
where
    T: Copy + Send + Sync + 'static,
{
    let names: Vec<_> = values.iter().map(|(name, _)| name.clone()).collect();
    PossibleValuesParser::new(names).map(move |name| {
        let found = values.iter().find(|(known, _)| known.matches(&name, true));
        found.expect("a name from the list of possible values").1
    })
}

/// Returns the value with this name, in the spelling of the flags.
pub(crate) fn named(name: &str) -> PossibleValue {
    PossibleValue::new(kebab(name)).alias(name.to_owned())
}

/// Parses a title, a tag or another text of a person.
pub(crate) fn text(text: &str) -> Result<String, String> {
    trimmed(text).map(str::to_owned)
}

/// Parses the address of a receiver of webhooks.
pub(crate) fn receiver(text: &str) -> Result<String, String> {
    let text = trimmed(text)?;
    let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match url {
        Some(_) => Ok(text.to_owned()),
        None => Err("not an http or https address: use a form such as https://example.com/docspace".to_owned()),
    }
}

/// Parses an id that is a number.
pub(crate) fn number(text: &str) -> Result<i32, String> {
    let number = text.trim().parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "not an id: use a whole number such as 17".to_owned())
}

/// Parses a date, a time, or a time from now. A date means the end of that day. Without an offset,
/// the time zone is that of the computer.
pub(crate) fn date(text: &str) -> Result<Timestamp, String> {
    date_from(text, &now()).ok_or_else(|| {
        "not a date: use a form such as 2027-01-31 or 2027-01-31T18:00, or a time from now such as 30days or 3months"
            .to_owned()
    })
}

fn now() -> Zoned {
    jiff::Timestamp::now().to_zoned(local_zone())
}

fn date_from(text: &str, now: &Zoned) -> Option<Timestamp> {
    let text = text.trim();
    let zoned = if let Ok(time) = text.parse::<jiff::Timestamp>() {
        time.to_zoned(now.time_zone().clone())
    } else if let Ok(day) = Date::strptime("%Y-%m-%d", text) {
        day.at(23, 59, 59, 0).to_zoned(now.time_zone().clone()).ok()?
    } else if text.contains(':')
        && let Ok(time) = text.parse::<DateTime>()
    {
        time.to_zoned(now.time_zone().clone()).ok()?
    } else if let Ok(time) = jiff::fmt::rfc2822::parse(text) {
        time
    } else {
        let ahead = text.parse::<Span>().ok().filter(|ahead| ahead.is_positive())?;
        now.checked_add(ahead).ok()?
    };
    // A portal keeps no fractions of a second.
    Some(zoned.with().subsec_nanosecond(0).build().ok()?.into())
}

/// Parses an age, or the time before which something has that age. A date means the beginning of
/// that day. Without an offset, the time zone is that of the computer.
pub(crate) fn age(text: &str) -> Result<Timestamp, String> {
    age_from(text, &now()).ok_or_else(not_an_age)
}

fn not_an_age() -> String {
    "not an age or a date: use a form such as 90days, 1year or 2026-01-31".to_owned()
}

fn age_from(text: &str, now: &Zoned) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(day) = Date::strptime("%Y-%m-%d", text) {
        return Some(day.to_zoned(now.time_zone().clone()).ok()?.into());
    }
    match text.parse::<Span>() {
        Ok(age) if age.is_positive() => Some(now.checked_sub(age).ok()?.into()),
        Ok(_) => None,
        Err(_) => date_from(text, now),
    }
}

/// Parses the end of a period in the past: an age, or a date, which means the end of that day.
pub(crate) fn end_of_period(text: &str) -> Result<Timestamp, String> {
    let now = now();
    let is_age = text.trim().parse::<Span>().is_ok();
    let end = if is_age { age_from(text, &now) } else { date_from(text, &now) };
    end.ok_or_else(not_an_age)
}

/// Parses a duration that is not zero.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a duration above zero: use a form such as 90s or 10m".to_owned()),
    }
}

/// The storage limit of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quota {
    Bytes(u64),
    Unlimited,
}

/// The units of sizes, and their names. Unlike a rounded size, a number of them is exact.
const SIZE_UNITS: [(u64, &str); 6] =
    [(1 << 30, "GiB"), (1_000_000_000, "GB"), (1 << 20, "MiB"), (1_000_000, "MB"), (1 << 10, "KiB"), (1_000, "kB")];

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => {
                let unit = SIZE_UNITS.iter().find(|(unit, _)| *bytes > 0 && bytes % unit == 0);
                let (unit, name) = unit.unwrap_or(&(1, "B"));
                write!(f, "{} {name}", bytes / unit)
            }
            Self::Unlimited => f.write_str("unlimited"),
        }
    }
}

/// Parses a storage limit.
pub(crate) fn quota(text: &str) -> Result<Quota, String> {
    if text.eq_ignore_ascii_case("unlimited") {
        return Ok(Quota::Unlimited);
    }
    let size = text.parse::<ByteSize>().ok().filter(|size| i64::try_from(size.as_u64()).is_ok());
    size.map(|size| Quota::Bytes(size.as_u64()))
        .ok_or_else(|| "not a size: use a form such as 500MiB or 2GB, or `unlimited`".to_owned())
}

/// Parses `on` or `off`.
pub(crate) fn switch() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["on", "off"]).map(|word| word == "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        let now: Zoned = "2026-11-30T12:00[Europe/Berlin]".parse().unwrap();
        date_from(text, &now).map(|time| time.to_utc().to_rfc3339())
    }

    #[test]
    fn dates_mean_the_end_of_the_day_in_the_local_zone() {
        assert_eq!(parsed("2026-11-30").unwrap(), "2026-11-30T22:59:59+00:00");
        assert_eq!(parsed("2027-07-01").unwrap(), "2027-07-01T21:59:59+00:00", "in summer");
        assert_eq!(parsed("2027-01-31T18:00").unwrap(), "2027-01-31T17:00:00+00:00");
        assert_eq!(parsed("2027-01-31 18:00:30").unwrap(), "2027-01-31T17:00:30+00:00");
    }

    #[test]
    fn times_with_an_offset_are_kept() {
        for text in ["2027-01-31T18:00:00+02:00", "2027-01-31T18:00:00+0200", "Sun, 31 Jan 2027 18:00:00 +0200"] {
            assert_eq!(parsed(text).unwrap(), "2027-01-31T16:00:00+00:00", "{text}");
        }
    }

    #[test]
    fn times_from_now_follow_the_calendar() {
        for (text, time) in [
            ("30days", "2026-12-30T11:00:00+00:00"),
            ("3months", "2027-02-28T11:00:00+00:00"),
            ("1 year", "2027-11-30T11:00:00+00:00"),
            ("2weeks", "2026-12-14T11:00:00+00:00"),
            ("36h", "2026-12-01T23:00:00+00:00"),
        ] {
            assert_eq!(parsed(text).unwrap(), time, "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_dates() {
        for text in ["tomorrow", "", "31.01.2027", "-3days", "0days", "2027-02-30", "20270131"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn ages_are_counted_back_from_now_and_days_begin_at_midnight() {
        let now: Zoned = "2026-11-30T12:00[Europe/Berlin]".parse().unwrap();
        let age = |text: &str| age_from(text, &now).map(|time| time.to_utc().to_rfc3339());
        for (text, time) in [
            ("1y", "2025-11-30T11:00:00+00:00"),
            ("90days", "2026-09-01T10:00:00+00:00"),
            ("36h", "2026-11-28T23:00:00+00:00"),
            ("2026-01-31", "2026-01-30T23:00:00+00:00"),
            ("2026-01-31T18:00", "2026-01-31T17:00:00+00:00"),
        ] {
            assert_eq!(age(text).as_deref(), Some(time), "{text}");
        }
        for text in ["old", "", "-1y", "0days"] {
            assert_eq!(age(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_the_product_are_known() {
        let parse = |parser: &dyn Fn(&str) -> Option<String>, words: &[&str]| {
            words.iter().map(|word| parser(word).unwrap_or_else(|| panic!("{word}"))).collect::<Vec<_>>().join(" ")
        };
        let command = clap::Command::new("test").no_binary_name(true);
        let types = command.clone().arg(clap::Arg::new("word").value_parser(room_type()).ignore_case(true));
        let room_type = |word: &str| {
            let matches = types.clone().try_get_matches_from([word]).ok()?;
            matches.get_one::<RoomType>("word").map(ToString::to_string)
        };
        let words = ["Collaboration", "form filling", "public", "custom", "Virtual Data Room", "VirtualDataRoom", "8"];
        assert_eq!(parse(&room_type, &words), "Editing FillingForms Public Custom VirtualData VirtualData VirtualData");
        let all = [&LINK_ACCESSES[..], &[Access::RoomManager]].concat();
        let roles = command.arg(clap::Arg::new("word").value_parser(access(&all)).ignore_case(true));
        let access = |word: &str| {
            let matches = roles.clone().try_get_matches_from([word]).ok()?;
            matches.get_one::<Access>("word").map(ToString::to_string)
        };
        let words = ["viewer", "Commenter", "reviewer", "form filler", "editor", "content creator", "room manager"];
        assert_eq!(parse(&access, &words), "Read Comment Review FillForms Editing ContentCreator RoomManager");
    }

    #[test]
    fn receivers_have_an_http_address_with_a_host() {
        for good in ["https://example.com/x?y=1", " http://127.0.0.1:8081 "] {
            assert_eq!(receiver(good).as_deref(), Ok(good.trim()));
        }
        for bad in ["", "127.0.0.1:8081", "example.com", "ftp://example.com/", "http://", "/hook"] {
            assert!(receiver(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_are_whole_numbers_above_zero() {
        assert_eq!(number(" 17 "), Ok(17));
        for bad in ["0", "-1", "abc", "1.5", "", "99999999999"] {
            assert!(number(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn quotas_are_sizes_with_units_or_unlimited() {
        assert_eq!(quota("2KiB"), Ok(Quota::Bytes(2048)));
        assert_eq!(quota("unlimited"), Ok(Quota::Unlimited));
        assert!(quota("-5").is_err() && quota("much").is_err());
    }
}
