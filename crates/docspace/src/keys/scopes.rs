//! What an API key can be limited to.

use std::collections::BTreeSet;

use crate::error::{Error, Result};

/// Every scope, in the order of the portal (portal-facts 2.2).
pub(super) const ALL: [&str; 11] = [
    "*",
    "*:read",
    "*:write",
    "accounts:read",
    "accounts:write",
    "accounts.self:read",
    "accounts.self:write",
    "files:read",
    "files:write",
    "rooms:read",
    "rooms:write",
];

/// What a key needs for rooms and all that belongs to them (portal-facts 2.3).
pub(super) const FOR_ROOMS: [&str; 2] = ["rooms:write", "files:write"];

/// Known scopes, each once. The portal refuses others too, without saying which.
pub(super) fn check(scopes: Vec<String>) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for scope in scopes {
        if !ALL.contains(&scope.as_str()) {
            let advice = format!("use some of {}", ALL.join(", "));
            return Err(Error::invalid(format!("`{scope}` is no scope of a key")).advise(advice));
        }
        if !kept.contains(&scope) {
            kept.push(scope);
        }
    }
    Ok(kept)
}

/// Whether both let a key do the same. No list, an empty one and `*` are no limit.
pub(super) fn same(one: Option<&[String]>, other: Option<&[String]>) -> bool {
    limits(one) == limits(other)
}

/// The scopes as a person reads them.
pub(super) fn shown(scopes: Option<&[String]>) -> String {
    match limits(scopes) {
        Some(scopes) => scopes.into_iter().collect::<Vec<_>>().join(", "),
        None => "everything".to_owned(),
    }
}

fn limits(scopes: Option<&[String]>) -> Option<BTreeSet<&str>> {
    let scopes: BTreeSet<&str> = scopes?.iter().map(String::as_str).collect();
    (!scopes.is_empty() && !scopes.contains("*")).then_some(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(scopes: &[&str]) -> Vec<String> {
        scopes.iter().map(|scope| (*scope).to_owned()).collect()
    }

    #[test]
    fn a_scope_with_a_slip_is_told_with_those_there_are() {
        for slip in ["room:write", "Rooms:write", "rooms:write ", ""] {
            let error = check(texts(&["files:write", slip])).unwrap_err().to_string();
            assert!(error.contains(&format!("`{slip}`")) && error.contains("rooms:write"), "{error}");
        }
        assert_eq!(check(texts(&["rooms:read", "rooms:read"])).unwrap(), ["rooms:read"]);
    }

    #[test]
    fn everything_has_three_spellings_and_order_none() {
        for everything in [None, Some(texts(&[])), Some(texts(&["rooms:read", "*"]))] {
            assert!(same(everything.as_deref(), None), "{everything:?}");
            assert_eq!(shown(everything.as_deref()), "everything");
        }
        assert!(same(Some(&texts(&["a", "b"])), Some(&texts(&["b", "a", "b"]))));
        assert!(!same(Some(&texts(&["a"])), None));
    }
}
