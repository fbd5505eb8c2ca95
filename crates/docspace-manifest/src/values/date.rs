//! Dates to the second.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use docspace::{Expiry, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment to the second, in UTC. A portal rounds dates to the nearest second.
///
/// ```
/// use docspace_manifest::Date;
///
/// let end: Date = "2027-01-31".parse()?;
/// assert_eq!(end.to_string(), "2027-01-31T23:59:59Z", "a date is the end of the day in UTC");
/// let noon: Date = "2027-01-31T12:00".parse()?;
/// assert_eq!(noon.to_string(), "2027-01-31T12:00:00Z", "a time without a zone is in UTC");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(DateTime<Utc>);

impl From<Timestamp> for Date {
    fn from(time: Timestamp) -> Self {
        Self(time.to_utc().round_subsecs(0))
    }
}

impl From<Date> for Timestamp {
    fn from(date: Date) -> Self {
        date.0.into()
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match Expiry::from(text).timestamp() {
            Ok(Some(time)) => Ok(time.into()),
            Ok(None) => Err(format!("`{text}` is not a date")),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A date such as 2027-01-31, which means the end of that day, or a time such as \
                2027-01-31T18:00:00+02:00. Without a zone, it is in UTC.",
            "pattern": r"^\d{4}-\d{2}-\d{2}",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_rounded_to_the_nearest_second() {
        let date = |text: &str| text.parse::<Date>().unwrap().to_string();
        assert_eq!(date("2027-01-31T23:59:58.5000000Z"), "2027-01-31T23:59:59Z");
        assert_eq!(date("2027-01-31T23:59:58.4999999Z"), "2027-01-31T23:59:58Z");
        assert_eq!(date("2027-01-31T18:00:00+02:00"), "2027-01-31T16:00:00Z");
    }
}
