//! What is in a room: folders and files. Create folders, upload files, and copy, move and delete
//! both.
//!
//! - [`RoomHandle::folders`](crate::RoomHandle::folders): create and find the folders of a room.
//! - [`RoomHandle::upload`](crate::RoomHandle::upload): add a file.
//! - [`Portal::folder`](crate::Portal::folder) and [`Portal::file`](crate::Portal::file): work with
//!   one folder or file.
//! - [`RoomHandle::copy_into`](crate::RoomHandle::copy_into): copy several folders and files.
//!
//! ```
//! use docspace::folders::ConflictRule;
//!
//! # doc_examples::with_room(async |portal, room| {
//! let folders = room.folders().create_tree(["Contracts/2026", "Invoices"]).await?;
//! let contracts = portal.folder(&folders[0]);
//! let plan = contracts.upload("plan.txt", "First draft").send().await?;
//!
//! let copying = room.copy_into([&plan]).on_conflict(ConflictRule::Duplicate).start().await?;
//! let copies = copying.wait().await?; // returns when the room contains the copy
//! println!("{}", copies[0].title());
//! # Ok(())
//! # });
//! ```

mod collection;
mod delete;
mod entries;
mod file;
mod handle;
mod in_flight;
mod order;
mod outcome;
mod path;
mod poller;
mod resume;
mod source;
mod titles;
mod transfer;
mod upload;
mod work;

pub use collection::{FolderInTree, Folders};
pub use docspace_api::types::{Entry, File, Folder};
pub use docspace_api::{ConflictRule, EntryId, FileId, FolderId};
pub use entries::{EntryRef, FileRef, FolderRef};
pub(crate) use entries::{explain_archived_entry, read_file, read_folder};
pub use file::FileHandle;
pub use handle::FolderHandle;
pub(crate) use in_flight::{EntriesInFlight, EntryOperation};
pub(crate) use resume::resume;
pub use transfer::Transfer;
pub use upload::{IfExists, Upload};
