//! The scopes of API keys.

use std::collections::BTreeSet;

use crate::error::{Error, Result};

/// Every scope, in the order of the portal (docs/portal/keys-and-scopes.md#scopes).
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

/// The scopes that a key needs for rooms and what belongs to them
/// (docs/portal/keys-and-scopes.md#what-a-key-for-rooms-cannot-do).
pub(super) const FOR_ROOMS: [&str; 2] = ["rooms:write", "files:write"];

/// Removes duplicates, and rejects unknown scopes. The portal rejects unknown scopes, too, but does
/// not name them.
pub(super) fn check(scopes: Vec<String>) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for scope in scopes {
        if !ALL.contains(&scope.as_str()) {
            let advice = format!("use one of {}", ALL.join(", "));
            return Err(Error::invalid(format!("`{scope}` is not a scope of API keys")).advise(advice));
        }
        if !kept.contains(&scope) {
            kept.push(scope);
        }
    }
    Ok(kept)
}

/// Whether two lists of scopes allow the same. No list, an empty list and `*` all mean full access.
pub(super) fn same(one: Option<&[String]>, other: Option<&[String]>) -> bool {
    limits(one) == limits(other)
}

/// The scopes as a text for a person.
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
    fn unknown_scopes_are_rejected_with_a_list_of_the_known_ones() {
        for unknown in ["room:write", "Rooms:write", "rooms:write ", ""] {
            let error = check(texts(&["files:write", unknown])).unwrap_err().to_string();
            assert!(error.contains(&format!("`{unknown}`")) && error.contains("rooms:write"), "{error}");
        }
        assert_eq!(check(texts(&["rooms:read", "rooms:read"])).unwrap(), ["rooms:read"]);
    }

    #[test]
    fn no_list_and_an_empty_list_and_a_star_mean_full_access() {
        for everything in [None, Some(texts(&[])), Some(texts(&["rooms:read", "*"]))] {
            assert!(same(everything.as_deref(), None), "{everything:?}");
            assert_eq!(shown(everything.as_deref()), "everything");
        }
        assert!(same(Some(&texts(&["a", "b"])), Some(&texts(&["b", "a", "b"]))));
        assert!(!same(Some(&texts(&["a"])), None));
    }
}
