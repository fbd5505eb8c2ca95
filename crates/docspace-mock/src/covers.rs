//! The covers that a room may have instead of a picture
//! (docs/portal/tags-groups-logos-quotas.md#covers).

/// The ids, in the order of the portal's list (recording logos/covers-and-logos, step 1).
pub(crate) const IDS: [&str; 56] = [
    "schedule",
    "suitcase",
    "flag",
    "film",
    "hash",
    "feather",
    "house",
    "life_buoy",
    "mail",
    "face_1",
    "anchor",
    "img",
    "zap",
    "share",
    "umbrella",
    "label",
    "package",
    "shield",
    "telephone",
    "heart",
    "star",
    "comment_1",
    "planet",
    "loupe",
    "human",
    "file_3",
    "cart",
    "percent",
    "video_camera",
    "medal",
    "cloud",
    "truck",
    "book_open",
    "lock_security",
    "check mark",
    "folder",
    "comment_2",
    "file_empty",
    "layers",
    "bookmark",
    "dollar",
    "calendar",
    "face_3",
    "archive",
    "file_1",
    "headphones",
    "face_2",
    "bell",
    "gift",
    "watch",
    "camera",
    "pen",
    "clipboard",
    "file_2",
    "sliders",
    "map",
];

pub(crate) fn is_known(id: &str) -> bool {
    IDS.contains(&id)
}

/// A placeholder for the portal's drawing.
pub(crate) fn picture(id: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 20\"><title>{id}</title></svg>")
}
