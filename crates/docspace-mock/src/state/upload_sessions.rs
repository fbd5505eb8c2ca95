//! Uploads in parts (docs/portal/folders-and-files.md#upload-sessions).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An upload in parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UploadSession {
    pub(crate) folder: i64,
    pub(crate) title: String,
    pub(crate) size: i64,
    pub(crate) uploaded: i64,
    pub(crate) created: DateTime<Utc>,
    /// Whether a file of the same title gets a new version.
    pub(crate) replaces: bool,
    /// The file, as soon as all bytes are uploaded.
    pub(crate) file: Option<i64>,
}

/// All uploads in parts, by id.
pub(crate) type UploadSessions = HashMap<String, UploadSession>;
