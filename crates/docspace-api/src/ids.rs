//! The ids of rooms, folders and files: numbers in the portal's own storage, and text in
//! third-party storage.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{InvalidPathSegment, check_path_id, printable};

/// A text that cannot be the id of a room, folder or file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId {
    text: String,
    what: &'static str,
    /// Why the text is unsafe in an address. `None` if the text is invalid for another reason.
    unsafe_because: Option<InvalidPathSegment>,
}

impl std::error::Error for InvalidId {}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {} id: ", printable(&self.text), self.what)?;
        if let Some(reason) = &self.unsafe_because {
            write!(f, "{reason}; ")?;
        }
        f.write_str("use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`")
    }
}

macro_rules! folder_like_id {
    ($(#[$meta:meta])* $name:ident, $what:literal) => {
        $(#[$meta])*
        ///
        /// A portal uses numbers up to 2147483647 for its own storage, and treats any other text as
        /// the id of an entry in third-party storage.
        ///
        /// Parsing rejects text that could lead a request to another path: slashes, backslashes,
        /// `?`, `#`, `%`, white space and control characters. A value that was read from JSON or
        /// built by hand is not checked, so that a single odd id does not make a whole list
        /// unreadable. A call sends such an id encoded as a single path segment, or fails if the id
        /// cannot be one.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum $name {
            /// The id of an entry in the portal's own storage.
            Number(i32),
            /// The id of an entry in third-party storage.
            Text(String),
        }

        impl $name {
            /// The number, or `None` for an entry in third-party storage.
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

        impl PartialEq<i32> for $name {
            fn eq(&self, number: &i32) -> bool {
                self.number() == Some(*number)
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
                    // Padded like a text, on the right.
                    Self::Number(number) if f.width().is_some() => f.pad(&number.to_string()),
                    Self::Number(number) => write!(f, "{number}"),
                    Self::Text(text) => f.pad(text),
                }
            }
        }

        /// Parses an id that a person typed. Digits are read as a number. Other text must look like
        /// an id of third-party storage: the name of the storage, a dash and more text, such as
        /// `drive-9-x`.
        ///
        /// # Errors
        ///
        /// - [`InvalidId`]: the text has neither form, or it contains a slash, a backslash, `?`,
        ///   `#`, `%`, white space or a control character.
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
                let refuse = |unsafe_because| InvalidId { text: text.to_owned(), what: $what, unsafe_because };
                if !third_party {
                    return Err(refuse(None));
                }
                check_path_id(id).map_err(|reason| refuse(Some(reason)))?;
                Ok(Self::Text(id.to_owned()))
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

folder_like_id! {
    /// The id of a file or folder. The two have numbers of their own, so a file and a folder can
    /// have the same id.
    EntryId, "file or folder"
}

macro_rules! entry_id_from {
    ($($id:ident),*) => {
        $(
            impl From<$id> for EntryId {
                fn from(id: $id) -> Self {
                    match id {
                        $id::Number(number) => Self::Number(number),
                        $id::Text(text) => Self::Text(text),
                    }
                }
            }
        )*
    };
}

entry_id_from!(FolderId, FileId);

/// Every room is a folder.
impl From<&RoomId> for FolderId {
    fn from(id: &RoomId) -> Self {
        id.clone().into()
    }
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
    fn digits_parse_as_numbers_and_other_ids_as_text() {
        assert_eq!("22".parse(), Ok(RoomId::Number(22)));
        assert_eq!("drive-9-x".parse(), Ok(RoomId::Text("drive-9-x".into())));
    }

    #[test]
    fn ids_equal_their_numbers() {
        assert!(RoomId::Number(22) == 22 && RoomId::Number(22) != 23);
        assert!(RoomId::Text("22".into()) != 22);
        let folder = FolderId::from(&RoomId::Number(22));
        assert!(folder == 22);
    }

    #[test]
    fn text_of_another_form_is_rejected() {
        for text in ["", " ", "abc", "0", "-1", "1.5", "99999999999", "-x"] {
            assert!(text.parse::<RoomId>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_that_could_lead_elsewhere_are_rejected() {
        for text in [
            r"x-\..\..\..\keys\6f9619ff",
            "x-1/../../../zap?y=1#",
            "x-a/b",
            "x-a?b",
            "x-a#b",
            "x-%2e%2e",
            "x-a b",
            "x-a\u{a0}b",
            "x-a\r\nb",
            "x-a\u{9b}b",
        ] {
            assert!(text.parse::<RoomId>().is_err(), "{text:?}");
            assert!(text.parse::<FolderId>().is_err(), "{text:?}");
            assert!(text.parse::<FileId>().is_err(), "{text:?}");
        }
        let message = "x-1\u{1b}[2J/..".parse::<RoomId>().unwrap_err().to_string();
        assert!(
            message.starts_with("`x-1 [2J/..` is not a room id: it contains the control character U+001B; use"),
            "{message}"
        );
    }

    #[test]
    fn json_numbers_and_strings_survive_a_round_trip() {
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
