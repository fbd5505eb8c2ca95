//! The Rust names that the generator makes, to find names that collide.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use openapi_compare::Located;

use super::finding::Findings;

/// The Rust name of a function or field.
pub(crate) fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// The Rust name of a type or variant.
pub(crate) fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// Expects that all names are distinct in Rust. The breach is at the later name and mentions the
/// earlier one, in alphabetical order: whether the order of the file is known depends on the
/// features of serde_json.
pub(crate) fn expect_distinct<'a>(
    names: impl IntoIterator<Item = (&'a str, Located<'a>)>,
    case: fn(&str) -> String,
    what: &str,
    found: &mut Findings,
) {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|(name, _)| *name);
    let mut taken = BTreeMap::new();
    for (name, (place, _)) in names {
        found.examine();
        let rust = case(name);
        if let Some(earlier) = taken.insert(rust.clone(), name) {
            found.breach(&place, format!("{what} `{name}` and `{earlier}` are both `{rust}` in Rust"));
        }
    }
}
