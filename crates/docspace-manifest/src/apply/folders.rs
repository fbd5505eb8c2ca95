//! Creates folders.
//!
//! No folder is created twice: the folders are read first, each of them is tried once, and the
//! next apply reads them again. An answer can be lost, and it is not the outcome: what the room has
//! decides what was done.

use std::collections::HashMap;

use docspace::folders::{FolderId, Folders};
use docspace::{Portal, RoomHandle};

use super::failure::ApplyError;
use super::outcome::Done;
use crate::read::named;
use crate::values::FolderPath;

/// The ids of the folders that are there, by the titles of their paths.
type Known = HashMap<Vec<String>, Vec<FolderId>>;

/// Creates folders, in this order, and returns what became of each.
pub(super) async fn create(portal: &Portal, room: &RoomHandle, paths: &[FolderPath]) -> Vec<Done> {
    let mut known = match read(portal, room, paths).await {
        Ok(known) => known,
        Err(error) => {
            let first = std::iter::once(Done::Failed(error));
            return first.chain(std::iter::repeat(Done::Skipped)).take(paths.len()).collect();
        }
    };
    let mut created = false;
    let mut all: Vec<Done> = Vec::new();
    for path in paths {
        if known.contains_key(path.titles()) {
            all.push(Done::Done);
            continue;
        }
        let parent = path.parent();
        let is_in_missing =
            paths.iter().zip(&all).any(|(other, done)| parent.as_ref() == Some(other) && !done.is_done());
        if has_stopped(&all) || is_in_missing {
            all.push(Done::Skipped);
            continue;
        }
        created = true;
        all.push(match create_one(portal, room, path, &known).await {
            Ok(id) => {
                known.entry(path.titles().to_vec()).or_default().push(id);
                Done::Done
            }
            Err(error) if is_refusal(&error) => Done::Failed(error),
            Err(error) => match read(portal, room, paths).await {
                Ok(now) if now.contains_key(path.titles()) => {
                    known = now;
                    Done::Done
                }
                _ => Done::Failed(error),
            },
        });
    }
    if created && !has_stopped(&all) {
        verify(read(portal, room, paths).await, paths, &mut all);
    }
    all
}

fn has_stopped(all: &[Done]) -> bool {
    all.iter().any(|done| matches!(done, Done::Failed(error) if error.ends_the_run()))
}

/// Creates a folder in the one around it.
async fn create_one(
    portal: &Portal,
    room: &RoomHandle,
    path: &FolderPath,
    known: &Known,
) -> Result<FolderId, ApplyError> {
    let folders: Folders = match path.parent() {
        None => room.folders(),
        Some(parent) => match known.get(parent.titles()).map(Vec::as_slice) {
            Some([id]) => portal.folder(id).folders(),
            None | Some([]) => return Err(ApplyError::NoFolder(parent)),
            Some(_) => return Err(ApplyError::SeveralFolders(parent)),
        },
    };
    let title = path.titles().last().cloned().unwrap_or_default();
    Ok(folders.create(title).await?.id)
}

/// Whether the portal has certainly not created the folder.
fn is_refusal(error: &ApplyError) -> bool {
    match error {
        ApplyError::Call(error) => error.status().is_some_and(|status| (400..500).contains(&status) && status != 408),
        _ => true,
    }
}

/// Corrects what became of folders by what the room has.
fn verify(now: Result<Known, ApplyError>, paths: &[FolderPath], all: &mut [Done]) {
    for (path, done) in paths.iter().zip(all) {
        match (&now, &*done) {
            (Ok(now), _) if now.contains_key(path.titles()) => *done = Done::Done,
            (Ok(_), Done::Done) => *done = Done::Failed(ApplyError::NoFolder(path.clone())),
            (Err(error), Done::Done) => *done = Done::Failed(error.clone()),
            _ => {}
        }
    }
}

async fn read(portal: &Portal, room: &RoomHandle, paths: &[FolderPath]) -> Result<Known, ApplyError> {
    let mut known = Known::new();
    for folder in named(portal, room.id(), paths).await? {
        known.entry(folder.titles).or_default().push(folder.id);
    }
    Ok(known)
}
