//! What has links: a room, a folder or a file, as an argument.

use std::str::FromStr;

use docspace::Portal;
use docspace::links::Links;
use docspace::rooms::{FileId, FolderId};

use crate::failure::Failure;
use crate::lookup::{Kind, RoomName};

/// The name of a room, or the id of a folder or file, as in `folder:23`. The portal replaces colons
/// in titles, so no room is named like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkPlace {
    Room(RoomName),
    Folder(FolderId),
    File(FileId),
}

impl FromStr for LinkPlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(id) = text.strip_prefix("folder:") {
            return id.trim().parse().map(Self::Folder).map_err(|_| format!("`{id}` is not the id of a folder"));
        }
        if let Some(id) = text.strip_prefix("file:") {
            return id.trim().parse().map(Self::File).map_err(|_| format!("`{id}` is not the id of a file"));
        }
        text.parse().map(Self::Room)
    }
}

impl LinkPlace {
    /// Returns the links. Only the title of a room needs a call.
    pub(crate) async fn links(&self, portal: &Portal) -> Result<Links, Failure> {
        Ok(match self {
            Self::Room(name) => portal.room(name.find(portal, Kind::Room).await?).links(),
            Self::Folder(id) => portal.folder(id).links(),
            Self::File(id) => portal.file(id).links(),
        })
    }
}

#[cfg(test)]
mod tests {
    use docspace::RoomId;

    use super::*;

    #[test]
    fn folders_and_files_are_named_by_a_word_and_their_id() {
        let place = |text: &str| text.parse::<LinkPlace>();
        assert_eq!(place("folder:23"), Ok(LinkPlace::Folder(23.into())));
        assert_eq!(place(" file:5 "), Ok(LinkPlace::File(5.into())));
        assert_eq!(place("17"), Ok(LinkPlace::Room(RoomName::Id(RoomId::Number(17)))));
        assert_eq!(place("Folder 23"), Ok(LinkPlace::Room(RoomName::Title("Folder 23".to_owned()))));
        for wrong in ["folder:", "folder:Plans", "file:-1"] {
            assert!(place(wrong).is_err_and(|error| error.contains("is not the id of a f")), "{wrong}");
        }
    }
}
