//! The portal's enums: access levels, types of rooms, statuses.
//!
//! A portal writes its enums as numbers, and also stores undefined numbers. Each enum is therefore
//! a newtype around the number, with a constant for each defined value.

/// A value of one of the portal's enums.
pub(crate) trait Numbered: Copy + PartialEq + 'static {
    /// The names that requests may use instead of numbers.
    const NAMES: &'static [(&'static str, Self)];

    fn from_number(number: i64) -> Self;

    fn number(self) -> i64;

    /// The name of the value, if it has one.
    fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(_, value)| *value == self).map(|(name, _)| *name)
    }
}

/// Declares one of the portal's enums: its constants, their numbers, and optionally the names that
/// requests may use.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $constant:ident = $number:literal $($text:literal)?,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(i64);

        impl $name {
            $($(#[$value_doc])* pub(crate) const $constant: Self = Self($number);)*
        }

        impl $crate::numbered::Numbered for $name {
            const NAMES: &'static [(&'static str, Self)] = &[$($(($text, Self::$constant),)?)*];

            fn from_number(number: i64) -> Self {
                Self(number)
            }

            fn number(self) -> i64 {
                self.0
            }
        }
    };
}

pub(crate) use numbered;
