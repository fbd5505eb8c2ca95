//! Parsers for the values of flags: types, accesses, dates, durations, sizes and switches.

use std::time::{Duration, SystemTime};

use bytesize::ByteSize;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use docspace::{Access, RoomType, Timestamp};

use crate::text::kebab;

/// Parses a room type.
pub(crate) fn room_type() -> impl TypedValueParser<Value = RoomType> {
    let values = RoomType::ALL.iter().map(|known| {
        let name = known.to_string();
        // The portal and its documentation write `VirtualDataRoom`.
        named(&name).aliases([format!("{name}Room"), format!("{}-room", kebab(&name)), known.number().to_string()])
    });
    PossibleValuesParser::new(values).map(|name| name.parse().expect("a name from the list of possible values"))
}

/// All accesses that a link can give. The type of the link and of the room limit them further.
const LINK_ACCESSES: [Access; 6] =
    [Access::Read, Access::Comment, Access::Review, Access::FillForms, Access::Editing, Access::ContentCreator];

/// Parses the access of a link.
pub(crate) fn link_access() -> impl TypedValueParser<Value = Access> {
    let values = LINK_ACCESSES.iter().map(|known| named(&known.to_string()));
    PossibleValuesParser::new(values).map(|name| name.parse().expect("a name from the list of possible values"))
}

fn named(name: &str) -> PossibleValue {
    PossibleValue::new(kebab(name)).alias(name.to_owned())
}

/// Parses a date, a time, or a duration from now.
pub(crate) fn date(text: &str) -> Result<Timestamp, String> {
    if let Ok(date) = text.parse::<Timestamp>() {
        return Ok(date);
    }
    let ahead = humantime::parse_duration(text).ok().and_then(|ahead| SystemTime::now().checked_add(ahead));
    let date = ahead.and_then(|time| i64::try_from(time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs()).ok());
    let date = date.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    date.map(Timestamp::from).ok_or_else(|| {
        "not a date: use a form such as 2027-01-31 or 2027-01-31T18:00:00+01:00, or a time from now such as 30days"
            .to_owned()
    })
}

/// Parses a duration that is not zero.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a duration above zero: use a form such as 90s or 10m".to_owned()),
    }
}

/// Parses a quota and returns it in bytes, or -1 for `unlimited`.
pub(crate) fn quota(text: &str) -> Result<i64, String> {
    if text.eq_ignore_ascii_case("unlimited") {
        return Ok(-1);
    }
    let size = text.parse::<ByteSize>().ok().and_then(|size| i64::try_from(size.as_u64()).ok());
    size.ok_or_else(|| "not a size: use a form such as 500MiB or 2GB, or `unlimited`".to_owned())
}

/// Parses `on` or `off`.
pub(crate) fn switch() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["on", "off"]).map(|word| word == "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_dates_count_from_now() {
        let soon = date("30days").unwrap();
        let now = chrono::DateTime::<chrono::Utc>::from(SystemTime::now());
        assert_eq!((soon.to_utc() - now).num_days(), 29);
        assert!(date("tomorrow").is_err() && date("").is_err() && date("31.01.2027").is_err());
    }

    #[test]
    fn quotas_are_sizes_with_units_or_unlimited() {
        assert_eq!(quota("2KiB"), Ok(2048));
        assert_eq!(quota("unlimited"), Ok(-1));
        assert!(quota("-5").is_err() && quota("much").is_err());
    }
}
