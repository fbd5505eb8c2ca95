//! The output and the exit codes of the `docspace` command, compared with golden texts.
//!
//! Every test has its own mock portal and configuration directory, so tests run in any order and in
//! parallel. After an intended change, `SNAPSHOTS=overwrite cargo test -p docspace-cli` updates the
//! golden texts.

mod auth;
mod breakage;
mod connections;
mod failures;
mod help;
mod input;
mod links;
mod names;
mod output;
mod rooms;
mod streaming;
mod support;
mod tables;
mod templates;
#[cfg(unix)]
mod terminal;
mod tour;
