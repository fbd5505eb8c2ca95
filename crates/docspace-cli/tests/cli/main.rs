//! What the `docspace` command prints and how it ends, held to golden texts.
//!
//! Every test has a mock portal and a configuration folder of its own, so they run in any order and at once. After a
//! change that is meant, `SNAPSHOTS=overwrite cargo test -p docspace-cli` writes the golden texts anew.

mod auth;
mod breakage;
mod failures;
mod help;
mod input;
mod links;
mod output;
mod rooms;
mod support;
mod templates;
#[cfg(unix)]
mod terminal;
mod tour;
