//! The types of entries: folders, which include rooms, and files.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::numbered::numbered;

numbered! {
    /// The type of a folder (FolderType).
    FolderType {
        DEFAULT = 0,
        COMMON = 1,
        TRASH = 3,
        USER = 5,
        SHARE = 6,
        FAVORITES = 10,
        RECENT = 11,
        VIRTUAL_ROOMS = 14,
        FILLING_FORMS_ROOM = 15,
        EDITING_ROOM = 16,
        CUSTOM_ROOM = 19,
        ARCHIVE = 20,
        PUBLIC_ROOM = 22,
        VIRTUAL_DATA_ROOM = 29,
        ROOM_TEMPLATES = 30,
        AI_ROOM = 31,
        KNOWLEDGE = 32,
        RESULT_STORAGE = 33,
        AI_AGENTS = 34,
    }
}

numbered! {
    /// Whether an entry is a folder or a file (FileEntryType).
    EntryType {
        FOLDER = 1,
        FILE = 2,
    }
}

/// A folder or a file. Folders and files have separate numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntryId {
    pub(crate) kind: EntryType,
    pub(crate) id: i64,
}

impl EntryId {
    pub(crate) fn folder(id: i64) -> Self {
        Self { kind: EntryType::FOLDER, id }
    }

    pub(crate) fn file(id: i64) -> Self {
        Self { kind: EntryType::FILE, id }
    }
}

numbered! {
    /// The type of a file (FileType).
    FileType {
        OTHER = 0,
        ARCHIVE = 1,
        VIDEO = 2,
        AUDIO = 3,
        IMAGE = 4,
        SPREADSHEET = 5,
        PRESENTATION = 6,
        DOCUMENT = 7,
        PDF = 10,
    }
}

impl FileType {
    /// The type for an extension of a file. Only common extensions are known.
    pub(crate) fn of_extension(extension: &str) -> Self {
        match extension {
            ".zip" | ".rar" | ".7z" | ".gz" => Self::ARCHIVE,
            ".mp4" | ".webm" | ".avi" => Self::VIDEO,
            ".mp3" | ".wav" | ".ogg" => Self::AUDIO,
            ".png" | ".jpg" | ".jpeg" | ".gif" | ".bmp" | ".svg" => Self::IMAGE,
            ".xlsx" | ".xls" | ".ods" | ".csv" => Self::SPREADSHEET,
            ".pptx" | ".ppt" | ".odp" => Self::PRESENTATION,
            ".docx" | ".doc" | ".odt" | ".txt" | ".rtf" | ".md" | ".html" => Self::DOCUMENT,
            ".pdf" => Self::PDF,
            _ => Self::OTHER,
        }
    }

    /// Which viewers and editors can open a file of this type. Without a document service, only
    /// pictures can be viewed.
    pub(crate) fn view_accessibility(self) -> Value {
        let names = [
            "ImageView",
            "MediaView",
            "WebView",
            "WebEdit",
            "WebReview",
            "WebCustomFilterEditing",
            "WebRestrictedEditing",
            "WebComment",
            "CanConvert",
            "MustConvert",
        ];
        let is_picture = self == Self::IMAGE;
        names.into_iter().map(|name| (name.to_owned(), Value::from(is_picture && name == "ImageView"))).collect()
    }
}
