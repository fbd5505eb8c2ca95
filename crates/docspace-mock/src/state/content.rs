//! Folders and files inside rooms.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::entries::FolderType;

/// A file in a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) id: i64,
    /// The id of the room, or of the folder in it.
    pub(crate) parent: i64,
    pub(crate) title: String,
    pub(crate) size: i64,
    pub(crate) created: DateTime<Utc>,
    pub(crate) created_by: Uuid,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) updated_by: Uuid,
    /// The number of the current version. The first one is 1.
    pub(crate) version: i64,
    /// What the portal notes about the current version.
    pub(crate) comment: Option<String>,
    /// The width and height of a picture.
    pub(crate) dimensions: Option<(u32, u32)>,
    /// The portal created the file as an empty document.
    pub(crate) is_blank: bool,
    /// The portal wrote the file as a report.
    #[serde(default)]
    pub(crate) is_report: bool,
    /// The place among the entries of its parent, in a room with indexing.
    pub(crate) order: i64,
    pub(crate) locked_by: Option<Uuid>,
    /// The earlier versions, oldest first.
    pub(crate) earlier: Vec<File>,
    /// Set while the file itself is in the trash.
    #[serde(default)]
    pub(crate) trashed: Option<Trashed>,
    /// The content, if it is a short text. See [`kept_content`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<String>,
}

/// Maximum length of content that the mock keeps.
const MAX_CONTENT: usize = 64 * 1024;

/// The content to keep of a file. The mock keeps only short texts. A download of any other file
/// has the right length, and consists of zeros.
pub(crate) fn kept_content(content: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(content).ok()?;
    (text.len() <= MAX_CONTENT).then(|| text.to_owned())
}

/// How an entry came into the trash.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Trashed {
    /// The folder or room from which it was deleted.
    pub(crate) origin: i64,
    pub(crate) at: DateTime<Utc>,
}

/// A folder inside a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SubFolder {
    pub(crate) id: i64,
    pub(crate) parent: i64,
    pub(crate) title: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) created_by: Uuid,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) updated_by: Uuid,
    /// The place among the entries of its parent, in a room with indexing.
    pub(crate) order: i64,
    /// The type of a folder that the portal created, or `DEFAULT` for a folder that a person
    /// created.
    pub(crate) system_type: FolderType,
    /// Set while the folder itself is in the trash.
    #[serde(default)]
    pub(crate) trashed: Option<Trashed>,
}

impl File {
    /// The first version of a file.
    pub(crate) fn new(id: i64, parent: i64, title: String, size: i64, now: DateTime<Utc>, by: Uuid) -> Self {
        Self {
            id,
            parent,
            title,
            size,
            created: now,
            created_by: by,
            updated: now,
            updated_by: by,
            version: 1,
            comment: None,
            dimensions: None,
            is_blank: false,
            is_report: false,
            order: 0,
            locked_by: None,
            earlier: Vec::new(),
            trashed: None,
            content: None,
        }
    }

    /// The extension with its dot, in lower case, or an empty text.
    pub(crate) fn extension(&self) -> String {
        let extension = extension_of(&self.title);
        if extension == "." { String::new() } else { extension.to_lowercase() }
    }

    /// Keeps the current version, and makes a new one.
    pub(crate) fn add_version(&mut self, size: i64, comment: &str, now: DateTime<Utc>, by: Uuid) {
        let mut old = self.clone();
        old.earlier.clear();
        self.earlier.push(old);
        self.version += 1;
        self.size = size;
        self.comment = Some(comment.to_owned());
        self.updated = now;
        self.updated_by = by;
    }
}

impl SubFolder {
    /// An empty folder that a person creates.
    pub(crate) fn new(id: i64, parent: i64, title: String, now: DateTime<Utc>, by: Uuid) -> Self {
        Self {
            id,
            parent,
            title,
            created: now,
            created_by: by,
            updated: now,
            updated_by: by,
            order: 0,
            system_type: FolderType::DEFAULT,
            trashed: None,
        }
    }
}

/// The extension of a title with its dot, or an empty text.
pub(crate) fn extension_of(title: &str) -> &str {
    title.rfind('.').map_or("", |dot| &title[dot..])
}

/// A title with a number before its extension: `note (1).txt`.
pub(crate) fn numbered_title(title: &str, number: usize) -> String {
    let extension = extension_of(title);
    format!("{} ({number}){extension}", &title[..title.len() - extension.len()])
}

/// The title of an uploaded file: at most 170 characters with the extension kept, and a dot at the
/// end of a title without an extension (docs/portal/folders-and-files.md#uploading-a-file).
pub(crate) fn uploaded_title(title: &str) -> String {
    let extension = extension_of(title);
    if extension.is_empty() {
        return format!("{title}.");
    }
    let stem = &title[..title.len() - extension.len()];
    let room = 170_usize.saturating_sub(extension.chars().count());
    format!("{}{extension}", stem.chars().take(room).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploaded_titles_keep_their_extension_and_numbers_stand_before_it() {
        assert_eq!(uploaded_title("no extension"), "no extension.");
        let long = uploaded_title(&format!("{}.txt", "x".repeat(200)));
        assert!(long.ends_with(".txt") && long.len() == 170);
        assert_eq!(numbered_title("a.b.txt", 2), "a.b (2).txt");
    }
}
