//! The macro that defines the enums: numbers on the wire, names for people, and a variant for
//! unknown numbers.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Unexpected, Visitor};

/// A name that does not belong to an enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a valid {enum_name}: use one of {}", crate::printable(name), known.join(", "))]
#[non_exhaustive]
pub struct UnknownName {
    /// The unknown name.
    pub name: String,
    /// The name of the enum.
    pub enum_name: &'static str,
    /// The names of all values that this version knows.
    pub known: &'static [&'static str],
}

/// Defines an enum that is a number on the wire and keeps unknown numbers.
///
/// JSON is written with the number, and read with the number or the name, so that configuration
/// files can contain names. `Display` and `FromStr` use the name. Parsing ignores case, and accepts
/// names with and without the `Room` that the portal appends to room types. Digits are read as a
/// number.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $number:literal, )+ }
    ) => {
        $(#[$meta])*
        ///
        /// A number that this version does not know becomes `Unknown`, and is sent back unchanged.
        ///
        /// JSON is written with the number. It is read with the number or the name. Parsing from a
        /// text takes the name in any case, with or without dashes, or the number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )+
            /// A number that this version does not know.
            Unknown(i32),
        }

        impl $name {
            /// Every value that this version knows, in the order of the API.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];
            /// The names of all values that this version knows.
            pub const NAMES: &'static [&'static str] = &[$( stringify!($variant), )+];

            /// The number on the wire.
            pub const fn number(self) -> i32 {
                match self {
                    $( Self::$variant => $number, )+
                    Self::Unknown(number) => number,
                }
            }

            /// The name, or `None` for a number that this version does not know.
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $( Self::$variant => Some(stringify!($variant)), )+
                    Self::Unknown(_) => None,
                }
            }
        }

        impl From<i32> for $name {
            fn from(number: i32) -> Self {
                match number {
                    $( $number => Self::$variant, )+
                    other => Self::Unknown(other),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => f.pad(name),
                    None => f.pad(&format!("{}", self.number())),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let written = text.trim();
                if let Ok(number) = written.parse::<i32>() {
                    return Ok(Self::from(number));
                }
                let matches = |known: &&&str| crate::open_enum::same_name(written, known);
                let found = Self::NAMES.iter().zip(Self::ALL).find(|(known, _)| matches(known)).map(|(_, value)| *value);
                found.ok_or_else(|| crate::UnknownName {
                    name: text.to_owned(),
                    enum_name: stringify!($name),
                    known: Self::NAMES,
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.number())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($crate::open_enum::NumberOrName(std::marker::PhantomData))
            }
        }
    };
}
pub(crate) use open_enum;

/// Reads an enum from its number, or from its name as people write it in configuration files.
pub(crate) struct NumberOrName<T>(pub(crate) PhantomData<T>);

impl<T: From<i32> + FromStr<Err = UnknownName>> Visitor<'_> for NumberOrName<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a name")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        i32::try_from(number).map(T::from).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        i32::try_from(number).map(T::from).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<T, E> {
        name.parse().map_err(E::custom)
    }
}

/// Whether `written` is a spelling of `known`. Case, dashes, underscores, spaces and a final `Room`
/// are ignored.
pub(crate) fn same_name(written: &str, known: &str) -> bool {
    let plain = |name: &str| {
        let letters: String = name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
        letters.to_lowercase()
    };
    let (written, known) = (plain(written), plain(known));
    written == known || written.strip_suffix("room").is_some_and(|short| short == known)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Access, RoomType};

    #[test]
    fn names_parse_in_every_spelling() {
        for written in ["VirtualData", "virtualdata", "virtual-data", "VirtualDataRoom", " 8 "] {
            assert_eq!(written.parse::<RoomType>().unwrap(), RoomType::VirtualData, "{written}");
        }
        assert_eq!("RoomManager".parse::<Access>().unwrap(), Access::RoomManager);
    }

    #[test]
    fn json_is_read_from_numbers_and_names_and_written_as_numbers() {
        let number = RoomType::VirtualData.number();
        for json in
            [number.to_string(), format!("\"{number}\""), r#""virtual-data""#.into(), r#""VirtualDataRoom""#.into()]
        {
            assert_eq!(serde_json::from_str::<RoomType>(&json).ok(), Some(RoomType::VirtualData), "{json}");
        }
        assert_eq!(serde_json::to_string(&RoomType::Custom).unwrap(), RoomType::Custom.number().to_string());
        let error = serde_json::from_str::<RoomType>(r#""castle""#).unwrap_err().to_string();
        assert!(error.contains("use one of") && error.contains("Custom"), "{error}");
        for odd in ["null", "1.5", "[]", "99999999999"] {
            assert!(serde_json::from_str::<RoomType>(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn unknown_name_error_lists_the_known_names() {
        let error = "Castle".parse::<RoomType>().unwrap_err().to_string();
        assert_eq!(
            error,
            "`Castle` is not a valid RoomType: use one of FillingForms, Editing, Custom, Public, VirtualData, Ai"
        );
    }

    proptest! {
        #[test]
        fn numbers_survive_a_round_trip(number in any::<i32>()) {
            let value: RoomType = serde_json::from_value(number.into()).unwrap();
            prop_assert_eq!(serde_json::to_value(value).unwrap(), serde_json::json!(number));
            prop_assert_eq!(value.to_string().parse::<RoomType>().unwrap(), value);
        }
    }
}
