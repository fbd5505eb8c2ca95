//! The folders of a room in a manifest.

use std::collections::{BTreeSet, HashSet};

use crate::actual::ActualRoom;
use crate::values::FolderPath;

/// The paths of the folders that contain no others, from which a plan knows the folders around
/// them. `None` if there are none, or if they were not read.
pub(super) fn export(room: &ActualRoom, notes: &mut Vec<String>) -> Option<Vec<FolderPath>> {
    let (mut paths, mut several) = (Vec::new(), BTreeSet::new());
    let mut seen = HashSet::new();
    for folder in room.folders.iter().flatten() {
        match FolderPath::of_titles(&folder.titles) {
            Some(path) if seen.contains(&path) => drop(several.insert(path)),
            Some(path) => {
                seen.insert(path.clone());
                paths.push(path);
            }
            None => {
                // The note about the outermost folder is also about those in it.
                let is_first = folder
                    .titles
                    .split_last()
                    .is_some_and(|(_, outer)| outer.is_empty() || FolderPath::of_titles(outer).is_some());
                if is_first {
                    let path = folder.titles.join("/");
                    notes.push(format!(
                        "The folder `{path}` of the room `{}` is not exported, because a manifest cannot have its title.",
                        room.title
                    ));
                }
            }
        }
    }
    for path in several {
        notes.push(format!("The room `{}` has several folders `{path}`, which are one in the manifest.", room.title));
    }
    let outer: HashSet<FolderPath> = paths.iter().filter_map(FolderPath::parent).collect();
    paths.retain(|path| !outer.contains(path));
    (!paths.is_empty()).then_some(paths)
}
