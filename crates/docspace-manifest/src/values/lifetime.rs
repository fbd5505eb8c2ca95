//! How long a room keeps its files.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use docspace::rooms::{self, LifetimePeriod};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How long a room keeps its files, and what happens to them then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("additionalProperties" = false))]
pub struct Lifetime {
    /// How long the room keeps a file, such as `6 months`.
    pub keep: Period,
    /// Whether to delete files permanently. By default, they go to the trash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete_permanently: bool,
}

/// A number of days, months or years, from 1 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The number.
    pub count: u16,
    /// What is counted.
    pub unit: Unit,
}

/// The unit of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl From<Lifetime> for rooms::Lifetime {
    fn from(lifetime: Lifetime) -> Self {
        let Period { count, unit } = lifetime.keep;
        let kept = match unit {
            Unit::Day => Self::days(count),
            Unit::Month => Self::months(count),
            Unit::Year => Self::years(count),
        };
        if lifetime.delete_permanently { kept.delete_permanently() } else { kept }
    }
}

impl Lifetime {
    /// The lifetime in a portal's answer. `None` for a unit that this version does not know.
    pub fn of(lifetime: &rooms::Lifetime) -> Option<Self> {
        let unit = match lifetime.period {
            LifetimePeriod::Day => Unit::Day,
            LifetimePeriod::Month => Unit::Month,
            LifetimePeriod::Year => Unit::Year,
            _ => return None,
        };
        let count = u16::try_from(lifetime.value).ok()?;
        Some(Self { keep: Period { count, unit }, delete_permanently: lifetime.delete_permanently })
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let then = if self.delete_permanently { ", then delete permanently" } else { "" };
        write!(f, "{}{then}", self.keep)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let error = || format!("`{text}` is not a period: write 1 to 999 days, months or years, such as `6 months`");
        let (count, unit) = text.trim().split_once(' ').ok_or_else(error)?;
        let count = count.parse().ok().filter(|count| (1..=999).contains(count)).ok_or_else(error)?;
        let unit = match unit.trim().trim_end_matches('s') {
            "day" => Unit::Day,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return Err(error()),
        };
        Ok(Self { count, unit })
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A number of days, months or years, from 1 to 999, such as `6 months`.",
            "pattern": "^[1-9][0-9]{0,2} (day|month|year)s?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_they_are_read() {
        for text in ["1 day", "6 months", "999 years"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["0 days", "1000 days", "6", "6 weeks", "months 6", ""] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
