//! The output and the exit codes of the `docspace` command, compared with golden texts.
//!
//! Every test has its own mock portal and configuration directory, so tests run in any order and in
//! parallel. After an intended change, `SNAPSHOTS=overwrite cargo test -p docspace-cli` updates the
//! golden texts.

#[cfg(unix)]
mod action;
mod api;
mod audit;
mod audit_page;
mod auth;
mod breakage;
mod completions;
mod connections;
mod debug;
mod doctor;
mod dry_run;
mod explain;
mod failures;
mod filters;
#[cfg(unix)]
mod forms;
mod groups;
mod help;
mod input;
#[cfg(unix)]
mod jobs;
mod keys;
mod links;
mod links_across;
mod manifest;
mod manifest_export;
mod manifest_killed;
mod manifest_refused;
mod members;
mod names;
mod nouns;
mod offboard;
mod one_room;
mod operations;
mod output;
#[cfg(unix)]
mod pager;
mod people;
mod portals;
mod rooms;
mod rows;
mod schema;
#[cfg(unix)]
mod session;
mod storage;
mod streaming;
mod support;
mod tables;
mod tags;
mod template_settings;
mod templates;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod terminal_nouns;
mod tour;
#[cfg(unix)]
mod tutorial;
mod watch;
mod webhooks;
