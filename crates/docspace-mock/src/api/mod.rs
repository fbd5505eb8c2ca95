//! The handlers of all calls, one file per noun, and the table of routes.
//!
//! A handler first reads its body and query, so that a bad one fails before any lookup
//! (docs/portal/errors.md#order-of-checks). Then it checks rights, and then it acts.

pub(crate) mod authorization;
pub(crate) mod call;
pub(crate) mod routing;
pub(crate) mod webhooks;

mod audit;
mod confirmations;
mod contents;
mod fileops;
mod history;
mod keys;
mod login;
mod operations;
mod people;
mod quotas;
mod rooms;
mod sessions;
mod settings;
mod sorting;
pub(crate) mod start;
mod tags;
mod templates;
pub(crate) mod trail;
mod visitors;

use routing::Route;

/// All routes of the portal, by noun.
static ROUTES: &[&[Route]] = &[
    rooms::ROUTES,
    rooms::lifecycle::ROUTES,
    rooms::links::ROUTES,
    visitors::ROUTES,
    rooms::members::ROUTES,
    operations::ROUTES,
    fileops::ROUTES,
    templates::ROUTES,
    tags::ROUTES,
    rooms::logo::ROUTES,
    rooms::groups::ROUTES,
    rooms::quota::ROUTES,
    rooms::index_export::ROUTES,
    rooms::external_db::ROUTES,
    contents::folders::ROUTES,
    contents::files::ROUTES,
    contents::uploads::ROUTES,
    contents::lists::ROUTES,
    contents::links::ROUTES,
    contents::addresses::ROUTES,
    contents::copies::ROUTES,
    contents::favorites::ROUTES,
    contents::news::ROUTES,
    contents::upload_sessions::ROUTES,
    contents::versions::ROUTES,
    contents::order::ROUTES,
    contents::deletes::ROUTES,
    contents::roots::ROUTES,
    people::ROUTES,
    people::accounts::ROUTES,
    people::groups::ROUTES,
    people::guests::ROUTES,
    people::in_room::ROUTES,
    people::invitations::ROUTES,
    people::lists::ROUTES,
    rooms::owner::ROUTES,
    keys::ROUTES,
    login::ROUTES,
    confirmations::ROUTES,
    sessions::ROUTES,
    settings::ROUTES,
    start::ROUTES,
    quotas::ROUTES,
    audit::ROUTES,
    audit::logins::ROUTES,
    audit::settings::ROUTES,
    history::ROUTES,
    webhooks::ROUTES,
    webhooks::log::ROUTES,
    webhooks::retry::ROUTES,
];
