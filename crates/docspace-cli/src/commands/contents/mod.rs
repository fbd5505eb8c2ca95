//! What the commands for folders and for files have in common: places, titles that exist, editing,
//! copying, moving and deleting.

mod conflict;
mod deletion;
mod edit;
mod place;
mod transfer;
mod transferred;
mod tree_file;
mod way;

pub(crate) use conflict::ConflictArgs;
pub(crate) use deletion::{DeletionArgs, TrashRecord};
pub(crate) use edit::Edit;
pub(crate) use place::{PlaceArg, TargetArgs};
pub(crate) use transfer::TransferArgs;
pub(crate) use transferred::TransferredRecord;
pub(crate) use tree_file::TreeFile;
pub(crate) use way::Way;
