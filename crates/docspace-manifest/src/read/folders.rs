//! The folders of rooms.

use docspace::folders::{FolderInTree, Folders};
use docspace::{Portal, Result, RoomId};
use futures::future::try_join_all;

use crate::actual::ActualFolder;
use crate::values::FolderPath;

/// Reads which of these folders and of the folders around them a room has. Needs a request for the
/// room, and one for each folder that contains folders and is the beginning of a longer path.
pub(crate) async fn named(portal: &Portal, room: &RoomId, paths: &[FolderPath]) -> Result<Vec<ActualFolder>> {
    let mut found = Vec::new();
    let mut level: Vec<(Vec<String>, Folders)> = vec![(Vec::new(), portal.room(room).folders())];
    while !level.is_empty() {
        let lists = try_join_all(level.iter().map(|(_, folders)| folders.list())).await?;
        let mut next = Vec::new();
        for ((outer, _), folders) in level.iter().zip(lists) {
            for folder in folders {
                let mut titles = outer.clone();
                titles.push(folder.title);
                let is_in = |path: &&FolderPath| path.titles().starts_with(&titles);
                let Some(longest) = paths.iter().filter(is_in).map(|path| path.titles().len()).max() else { continue };
                if longest > titles.len() && folder.folders_count > 0 {
                    next.push((titles.clone(), portal.folder(&folder.id).folders()));
                }
                found.push(ActualFolder { id: folder.id, titles });
            }
        }
        level = next;
    }
    Ok(found)
}

/// Reads the folders of all levels of a room, each before those in it, without those that the
/// portal made for its own use. In a room with indexing, the order is that of the index.
pub(super) async fn all(portal: &Portal, room: &RoomId) -> Result<Vec<ActualFolder>> {
    let mut tree = portal.room(room).folders().tree().await?;
    tree.sort_by_cached_key(numbers);
    let mut found: Vec<ActualFolder> = Vec::new();
    let mut left_out: Vec<Vec<String>> = Vec::new();
    for FolderInTree { path, folder, .. } in tree {
        // A portal replaces slashes in titles.
        let titles: Vec<String> = path.split('/').map(str::to_owned).collect();
        if left_out.iter().any(|outer| titles.starts_with(outer)) {
            continue;
        }
        if folder.type_.is_some() {
            left_out.push(titles);
            continue;
        }
        found.push(ActualFolder { id: folder.id, titles });
    }
    Ok(found)
}

/// The numbers of a folder in the index of its room, such as 1 and 2 for `1.2`. A room without
/// indexing has none.
fn numbers(entry: &FolderInTree) -> Vec<u32> {
    let order = entry.folder.order.as_deref().unwrap_or_default();
    order.split('.').filter_map(|number| number.parse().ok()).collect()
}
