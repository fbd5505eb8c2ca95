//! The ids of rooms, folders and files: numbers in the portal's own storage, strings in that of third parties.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that cannot be the id of a room, folder or file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no {1} id: use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`")]
pub struct InvalidId(String, &'static str);

macro_rules! folder_like_id {
    ($(#[$meta:meta])* $name:ident, $what:literal) => {
        $(#[$meta])*
        ///
        /// A portal takes numbers up to 2147483647 for its own storage; what is no such number is taken for the id of
        /// an entry in third-party storage.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum $name {
            /// In the portal's own storage.
            Number(i32),
            /// In third-party storage.
            Text(String),
        }

        impl $name {
            /// The number, or `None` in third-party storage.
            pub fn number(&self) -> Option<i32> {
                match self {
                    Self::Number(number) => Some(*number),
                    Self::Text(_) => None,
                }
            }
        }

        impl From<i32> for $name {
            fn from(number: i32) -> Self {
                Self::Number(number)
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Number(number) => f.pad(&number.to_string()),
                    Self::Text(text) => f.pad(text),
                }
            }
        }

        /// Reads what a person typed. Digits are a number; other text must look like an id of third-party storage:
        /// the storage, a dash and what follows, as in `drive-9-x`.
        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let id = text.trim();
                if let Ok(number) = id.parse::<i32>()
                    && number > 0
                {
                    return Ok(Self::Number(number));
                }
                let third_party = id.split_once('-').is_some_and(|(storage, rest)| {
                    !rest.is_empty() && !storage.is_empty() && storage.chars().all(|c| c.is_ascii_alphabetic())
                });
                if third_party { Ok(Self::Text(id.to_owned())) } else { Err(InvalidId(text.to_owned(), $what)) }
            }
        }
    };
}

folder_like_id! {
    /// The id of a room or template.
    RoomId, "room"
}
folder_like_id! {
    /// The id of a folder.
    FolderId, "folder"
}

folder_like_id! {
    /// The id of a file.
    FileId, "file"
}

/// Every room is a folder.
impl From<RoomId> for FolderId {
    fn from(id: RoomId) -> Self {
        match id {
            RoomId::Number(number) => Self::Number(number),
            RoomId::Text(text) => Self::Text(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_and_third_party_ids_are_told_apart() {
        assert_eq!("22".parse(), Ok(RoomId::Number(22)));
        assert_eq!("drive-9-x".parse(), Ok(RoomId::Text("drive-9-x".into())));
    }

    #[test]
    fn what_a_portal_would_not_find_is_refused_before_it_is_asked() {
        for text in ["", " ", "abc", "0", "-1", "1.5", "99999999999", "-x"] {
            assert!(text.parse::<RoomId>().is_err(), "{text}");
        }
    }

    #[test]
    fn json_keeps_the_kind() {
        for json in ["22", r#""drive-9-x""#] {
            let id: RoomId = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&id).unwrap(), json);
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in ".*") {
            let _ = text.parse::<RoomId>();
        }

        #[test]
        fn shown_ids_parse_back(number in 1..=i32::MAX) {
            prop_assert_eq!(RoomId::Number(number).to_string().parse(), Ok(RoomId::Number(number)));
        }
    }
}
