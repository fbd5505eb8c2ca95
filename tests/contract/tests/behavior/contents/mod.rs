//! Folders and files in rooms.

mod deletions;
mod files;
mod folders;
mod order;
mod transfers;
