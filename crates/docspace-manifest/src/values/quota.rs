//! The storage limit of a room.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use bytesize::ByteSize;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The storage limit of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// This number of bytes.
    Bytes(u64),
    /// The default of the portal.
    Default,
    /// No limit. `null` in a manifest.
    Unlimited,
}

/// The units of whole sizes, the largest first.
const UNITS: [(u64, &str); 4] = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];

impl FromStr for Quota {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let error = || {
            format!("`{text}` is not a size: write a size such as 2GiB, a number of bytes, `default` or `unlimited`")
        };
        match text.trim() {
            "default" => Ok(Self::Default),
            "unlimited" => Ok(Self::Unlimited),
            size => {
                let bytes = size.parse::<ByteSize>().map_err(|_| error())?.as_u64();
                if i64::try_from(bytes).is_ok() { Ok(Self::Bytes(bytes)) } else { Err(error()) }
            }
        }
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => match UNITS.iter().find(|(size, _)| *bytes > 0 && bytes % size == 0) {
                Some((size, unit)) => write!(f, "{} {unit}", bytes / size),
                None => write!(f, "{bytes} bytes"),
            },
            Self::Default => f.write_str("default"),
            Self::Unlimited => f.write_str("unlimited"),
        }
    }
}

impl Serialize for Quota {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bytes(bytes) => serializer.serialize_u64(*bytes),
            Self::Default => serializer.serialize_str("default"),
            Self::Unlimited => serializer.serialize_str("unlimited"),
        }
    }
}

impl<'de> Deserialize<'de> for Quota {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Bytes(u64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Bytes(bytes) => Ok(Self::Bytes(bytes)),
            Written::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

impl JsonSchema for Quota {
    fn schema_name() -> Cow<'static, str> {
        "Quota".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A size such as 2GiB, a number of bytes, `default` for the default of the portal, or \
                `unlimited` (also null) for no limit.",
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"enum": ["default", "unlimited", null]},
                {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?[kKmMgGtTpP]?([iI]?[bB])?$"},
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_are_sizes_or_words() {
        assert_eq!("2GiB".parse(), Ok(Quota::Bytes(2 << 30)));
        assert_eq!("1024".parse(), Ok(Quota::Bytes(1024)));
        assert_eq!("default".parse(), Ok(Quota::Default));
        for text in ["", "-1", "much", "99999999 PB"] {
            assert!(text.parse::<Quota>().is_err(), "{text}");
        }
    }
}
