//! The names the generator makes, as far as two of them can fall together.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use openapi_compare::Located;

use super::finding::Findings;

/// As the generator names functions and fields.
pub(crate) fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// As the generator names types and variants.
pub(crate) fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// Expects that no two of the names become one in Rust. The breach is at the later one and names the
/// earlier, in the order of the alphabet: that of the file is lost or kept depending on the features of serde_json.
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
        found.look();
        let rust = case(name);
        if let Some(earlier) = taken.insert(rust.clone(), name) {
            found.breach(&place, format!("{what} `{name}` and `{earlier}` are both `{rust}` in Rust"));
        }
    }
}
