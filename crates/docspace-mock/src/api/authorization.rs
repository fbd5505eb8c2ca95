//! Whether a caller may use a route: credentials and scopes
//! (docs/portal/keys-and-scopes.md#scopes-per-route).

use crate::api::routing::Route;
use crate::auth::Caller;
use crate::wire::failure::Failure;

/// Fails if the route needs credentials that the caller does not have, or a scope that the caller's
/// key does not have (docs/portal/keys-and-scopes.md#when-a-scope-is-missing).
pub(crate) fn authorize(route: &Route, caller: &Caller) -> Result<(), Failure> {
    if caller.bad_key {
        return Err(if route.anonymous { Failure::Forbidden } else { Failure::Empty(401) });
    }
    if caller.person.is_none() {
        return if route.anonymous { Ok(()) } else { Err(Failure::Empty(401)) };
    }
    let unchecked = route.anonymous && caller.by_jwt;
    let Some(scopes) = caller.scopes.as_ref().filter(|_| !unchecked) else { return Ok(()) };
    let Some(needed) = needed_scopes(route) else { return Ok(()) };
    if scopes.iter().any(|scope| needed.contains(&scope.as_str())) {
        return Ok(());
    }
    Err(if route.anonymous { Failure::Forbidden } else { Failure::Empty(403) })
}

/// The scopes of which the caller needs one, or `None` if the route needs no scope.
fn needed_scopes(route: &Route) -> Option<&'static [&'static str]> {
    let reading = route.method == "GET";
    let under =
        |start: &str| route.pattern.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let (read, write): (&[&str], &[&str]) = if reading && route.pattern == "keys/@self" {
        return None;
    } else if under("files/rooms") {
        (&["*:read", "*:write", "rooms:read", "rooms:write"], &["*:write", "rooms:write"])
    } else if under("files") {
        (&["*:read", "*:write", "files:read", "files:write"], &["*:write", "files:write"])
    } else if under("people/@self") {
        (&["*:read", "*:write", "accounts.self:read", "accounts.self:write"], &["*:write", "accounts.self:write"])
    } else if under("people") {
        (&["*:read", "*:write", "accounts:read", "accounts:write"], &["*:write", "accounts:write"])
    } else if under("group") {
        (&["*:read", "*:write", "accounts:read"], &["*:write", "accounts:write"])
    } else {
        (&["*:read", "*:write"], &["*:write"])
    };
    Some(if reading { read } else { write })
}
