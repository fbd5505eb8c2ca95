//! The path of a folder in a room.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::rules::{self, Impossible};

/// The path of a folder from its room: the titles of folders with a slash between them, such as
/// `Contracts/2026`.
///
/// A slash at the beginning or the end of a text does not matter, and neither do blanks around a
/// title. A title has at most 165 characters, none of which a portal would replace. `.` and `..`
/// are not allowed, although a folder can have such a title.
///
/// ```
/// use docspace_manifest::FolderPath;
///
/// let path: FolderPath = "/Contracts / 2026/".parse()?;
/// assert_eq!(path.to_string(), "Contracts/2026");
/// assert_eq!(path.titles(), ["Contracts", "2026"]);
/// assert!("Contracts/../Invoices".parse::<FolderPath>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderPath(Vec<String>);

impl FolderPath {
    /// The path of the folder with these titles. `None` if it cannot be written: a title is empty,
    /// has a character that a portal would replace, or is `.` or `..`.
    pub fn of_titles(titles: &[String]) -> Option<Self> {
        let path = Self::read(&titles.join("/")).ok()?;
        (path.0 == titles).then_some(path)
    }

    /// The titles, from the outermost folder to this one.
    pub fn titles(&self) -> &[String] {
        &self.0
    }

    /// The path of the folder that contains this one. `None` if that is the room.
    pub fn parent(&self) -> Option<Self> {
        let (_, outer) = self.0.split_last()?;
        (!outer.is_empty()).then(|| Self(outer.to_vec()))
    }

    /// The path of each folder that contains this one, the outermost first, and this path.
    pub(crate) fn with_parents(&self) -> impl Iterator<Item = Self> {
        (1..=self.0.len()).map(|depth| Self(self.0[..depth].to_vec()))
    }

    /// Reads a path. The error is everything that is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<Impossible>> {
        let titles: Vec<String> =
            text.trim().trim_matches('/').split('/').map(|title| title.trim().to_owned()).collect();
        let mut wrong: Vec<Impossible> = Vec::new();
        for found in titles.iter().filter_map(|title| rules::folder_title(text.trim(), title).err()) {
            if wrong.iter().all(|other| other.message != found.message) {
                wrong.push(found);
            }
        }
        if wrong.is_empty() { Ok(Self(titles)) } else { Err(wrong) }
    }
}

impl FromStr for FolderPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::read(text).map_err(|wrong| {
            let wrong: Vec<String> =
                wrong.into_iter().map(|Impossible { message, advice }| format!("{message}; {advice}")).collect();
            wrong.join("; ")
        })
    }
}

impl fmt::Display for FolderPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.join("/"))
    }
}

impl Serialize for FolderPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FolderPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for FolderPath {
    fn schema_name() -> Cow<'static, str> {
        "FolderPath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "integer"],
            "description": "The path of a folder from the room: titles with a slash between them, such as \
                Contracts/2026.",
            // What a portal replaces in titles, besides emoji.
            "pattern": r#"^[^\t*+:"<>?|\\]+$"#,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn error_has_all_mistakes_of_a_path() {
        assert_eq!(
            "a:b//c:d/..".parse::<FolderPath>().unwrap_err(),
            "a portal replaces `:` in the title of a folder; use another character; \
             the path `a:b//c:d/..` has an empty title; write one slash between two titles; \
             the path `a:b//c:d/..` has the title `..`; write the titles of all folders from the room on"
        );
        for wrong in ["", "/", " / ", ".", "a/./b", "a\\b", "a\nb", "\u{1f600}", &"x".repeat(166)] {
            assert!(wrong.parse::<FolderPath>().is_err(), "{wrong:?}");
        }
        assert!("x".repeat(165).parse::<FolderPath>().is_ok());
    }

    #[test]
    fn parents_come_before_the_folders_in_them() {
        let path: FolderPath = "a/b/c".parse().unwrap();
        let shown: Vec<String> = path.with_parents().map(|path| path.to_string()).collect();
        assert_eq!(shown, ["a", "a/b", "a/b/c"]);
        assert_eq!(path.parent().and_then(|path| path.parent()).and_then(|path| path.parent()), None);
    }

    proptest! {
        #[test]
        fn every_path_is_read_as_it_is_shown(text in "\\PC{0,40}|[a-c/. ]{0,12}") {
            if let Ok(path) = text.parse::<FolderPath>() {
                prop_assert_eq!(path.to_string().parse(), Ok(path.clone()));
                prop_assert_eq!(FolderPath::of_titles(path.titles()), Some(path));
            }
        }
    }
}
