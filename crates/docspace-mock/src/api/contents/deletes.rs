//! Deletes of one folder or file (docs/portal/folders-and-files.md#deleting-a-folder-or-a-file).

use crate::api::call::Call;
use crate::api::fileops;
use crate::api::routing::{Route, route};
use crate::state::operations::{Batch, OperationType};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("DELETE", "files/folder/{id}", delete_folder), route("DELETE", "files/file/{id}", delete_file)];

fn delete_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (immediately, keep_record) = delete_form(call, "Delete", "ASC.Files.Core.ApiModels.RequestDto.DeleteFolder")?;
    let id = call.id()?;
    fileops::check_folder_delete(call, id, immediately)?;
    let batch = Batch { folders: vec![id], immediately, ..Batch::default() };
    Ok(start_delete(call, batch, keep_record))
}

fn delete_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (immediately, keep_record) = delete_form(call, "File", "ASC.Files.Core.ApiModels.RequestDto.Delete")?;
    let id = call.id()?;
    fileops::check_file_delete(call, id)?;
    let batch = Batch { files: vec![id], immediately, ..Batch::default() };
    Ok(start_delete(call, batch, keep_record))
}

/// Reads the body: whether the entry is permanently deleted, and whether the finished record is
/// kept until it is read.
fn delete_form(call: &Call<'_>, label: &str, dto: &str) -> Result<(bool, bool), Failure> {
    let mut form = call.form(label, dto)?;
    let delete_after = form.boolean("deleteAfter").unwrap_or(false);
    let immediately = form.boolean("immediately").unwrap_or(false);
    form.finish()?;
    Ok((immediately, !delete_after))
}

fn start_delete(call: &mut Call<'_>, batch: Batch, keep_record: bool) -> Reply {
    let single = call.query.text("ReturnSingleOperation").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let me = call.me();
    let started = call.portal.start_batch(OperationType::DELETE, batch, keep_record, me);
    fileops::reply(call, OperationType::DELETE, Some(started), single)
}
