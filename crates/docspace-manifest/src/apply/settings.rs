//! Changes settings, tags and the logo.

use std::path::Path;
use std::sync::Arc;

use docspace::RoomHandle;

use super::failure::ApplyError;
use crate::plan::{Action, Setting};
use crate::values::Quota;

/// Changes settings in one call. The default quota needs a call of its own.
pub(super) async fn set(room: &RoomHandle, actions: &[&Action]) -> Result<(), ApplyError> {
    let mut edit = room.edit();
    let (mut has_changes, mut resets_quota) = (false, false);
    for action in actions {
        let Action::Set(change) = action else { continue };
        let setting = change.after.clone();
        if setting == Setting::Quota(Quota::Default) {
            resets_quota = true;
            continue;
        }
        has_changes = true;
        edit = match setting {
            Setting::Title(title) => edit.title(title),
            Setting::Color(color) => edit.color(color),
            Setting::Cover(cover) => edit.cover(cover.unwrap_or_default()),
            Setting::Quota(Quota::Bytes(bytes)) => edit.quota(bytes),
            Setting::Quota(_) => edit.no_quota(),
            Setting::Indexing(on) => edit.indexing(on),
            Setting::DenyDownload(on) => edit.deny_download(on),
            Setting::Lifetime(Some(lifetime)) => edit.lifetime(lifetime.into()),
            Setting::Lifetime(None) => edit.remove_lifetime(),
            Setting::Watermark(Some(mark)) => edit.watermark((&mark).into()),
            Setting::Watermark(None) => edit.remove_watermark(),
            Setting::SaveFormAsXlsx(on) => edit.save_form_as_xlsx(on),
            Setting::SendFormToExternalDb(on) => edit.send_form_to_external_db(on),
        };
    }
    if has_changes {
        edit.send().await?;
    }
    if resets_quota {
        room.reset_quota().await?;
    }
    Ok(())
}

/// Uploads a picture and makes it the logo.
pub(super) async fn set_logo(room: &RoomHandle, file: &str) -> Result<(), ApplyError> {
    let picture = std::fs::read(file).map_err(|error| ApplyError::Picture(file.to_owned(), Arc::new(error)))?;
    let name = Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned());
    room.upload_logo(name, picture).await?;
    Ok(())
}

/// The tags of actions that add or remove them.
pub(super) fn tags<'a>(actions: &[&'a Action]) -> Vec<&'a str> {
    let tag = |action: &&'a Action| match action {
        Action::AddTag { tag } | Action::RemoveTag { tag } => Some(tag.as_str()),
        _ => None,
    };
    actions.iter().filter_map(tag).collect()
}
