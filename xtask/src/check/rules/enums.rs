//! Rules about enums.

use std::collections::BTreeSet;

use openapi_compare::{Document, children};
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::names::{expect_distinct, pascal};
use crate::check::schemas::{Node, Role, all};
use crate::full::OPEN;

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "enum-values", check: enum_values },
    Rule { name: "string-enum-variants", check: string_enum_variants },
    Rule { name: "integer-enum-named", check: integer_enum_named },
    Rule { name: "integer-enum-variants", check: integer_enum_variants },
    Rule { name: "open-enum-marked", check: open_enum_marked },
];

/// The variant that every open enum has in addition to those of the spec.
const CATCH_ALL: &str = "Unknown";

fn enums<'a>(document: &'a Document, kind: fn(&Value) -> bool) -> impl Iterator<Item = (Node<'a>, &'a [Value])> {
    all(document).into_iter().filter_map(move |node| {
        let values = node.value.get("enum")?.as_array()?;
        values.first().is_none_or(kind).then_some((node, values.as_slice()))
    })
}

/// The generator panics on values of several types, and a null value gives an awkward type.
fn enum_values(document: &Document, found: &mut Findings) {
    for (node, values) in enums(document, |_| true) {
        let all_strings = values.iter().all(Value::is_string);
        let all_integers =
            values.iter().all(|value| value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()));
        found.expect(!values.is_empty() && (all_strings || all_integers), &node.place, || {
            "the values of an enum must be all strings, or all 32-bit integers".to_owned()
        });
        let expected = if all_strings { "string" } else { "integer" };
        found.expect(node.value["type"] == expected, &node.place, || {
            format!("must have `type: {expected}`, the type of its values")
        });
        let distinct: BTreeSet<String> = values.iter().map(Value::to_string).collect();
        found.expect(distinct.len() == values.len(), &node.place, || "has a value twice".to_owned());
    }
}

fn string_enum_variants(document: &Document, found: &mut Findings) {
    for (node, values) in enums(document, Value::is_string) {
        let place = node.place.child("enum");
        let names = values.iter().enumerate().filter_map(|(i, value)| Some((value.as_str()?, (place.child(i), value))));
        expect_distinct(names, pascal, "the values", found);
    }
}

/// Integer enums are replaced with open enums by their names, so each needs a name.
fn integer_enum_named(document: &Document, found: &mut Findings) {
    for (node, _) in enums(document, Value::is_number) {
        found.expect(node.role == Role::Component, &node.place, || {
            "an integer enum must be in components/schemas, to become an open enum".to_owned()
        });
    }
}

/// Each number needs a name and a description for its variant.
fn integer_enum_variants(document: &Document, found: &mut Findings) {
    for (node, values) in enums(document, Value::is_number) {
        for key in ["x-enum-varnames", "x-enum-descriptions"] {
            let count = node.value[key].as_array().map_or(0, Vec::len);
            found.expect(count == values.len(), &node.place, || {
                format!("has {} values but {count} {key}", values.len())
            });
        }
        let names = children(&node.place.child("x-enum-varnames"), &node.value["x-enum-varnames"]);
        for (place, name) in &names {
            let name = name.as_str().unwrap_or_default();
            let is_variant = name == pascal(name) && name.starts_with(|first: char| first.is_ascii_uppercase());
            found.expect(is_variant && name != CATCH_ALL, place, || {
                format!("`{name}` must be in PascalCase and not {CATCH_ALL}, a variant that every open enum has")
            });
        }
        let named = names.into_iter().filter_map(|(place, name)| Some((name.as_str()?, (place, name))));
        expect_distinct(named, pascal, "the variants", found);
    }
}

/// A portal may extend an enum of numbers, and clients in other languages must expect that too.
/// String enums are only sent, and are closed.
fn open_enum_marked(document: &Document, found: &mut Findings) {
    for (node, values) in enums(document, |_| true) {
        let mark = node.value.get(OPEN);
        if values.first().is_some_and(Value::is_number) {
            found.expect(mark == Some(&Value::Bool(true)), &node.place, || {
                format!("can have values that it does not list; add `{OPEN}: true`")
            });
        } else {
            found.expect(mark.is_none(), &node.place, || format!("is closed; remove {OPEN}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::breaches;

    fn check(rule: &str, schema: &str) -> Vec<String> {
        breaches(RULES, rule, &format!("components: {{schemas: {{A: {{{schema}}}}}}}"))
    }

    #[test]
    fn values_must_be_distinct_and_of_one_type() {
        assert!(check("enum-values", "type: string, enum: [a, b]").is_empty());
        assert!(check("enum-values", "type: integer, enum: [0, -1]").is_empty());
        for bad in [
            "type: integer, enum: [0, a]",
            "type: string, enum: [a, null]",
            "type: string, enum: []",
            "type: integer, enum: [3000000000]",
            "enum: [a]",
            "type: string, enum: [a, a]",
        ] {
            assert!(!check("enum-values", bad).is_empty(), "{bad}");
        }
    }

    #[test]
    fn string_variants_must_be_distinct_in_rust() {
        assert!(check("string-enum-variants", "enum: [created, modified]").is_empty());
        assert_eq!(check("string-enum-variants", "enum: [AZ, az]").len(), 1);
    }

    #[test]
    fn integer_enum_must_be_a_component() {
        assert!(check("integer-enum-named", "type: integer, enum: [0]").is_empty());
        assert_eq!(check("integer-enum-named", "properties: {a: {type: integer, enum: [0]}}").len(), 1);
    }

    #[test]
    fn integer_enum_must_name_its_variants() {
        let named = |names: &str| {
            check(
                "integer-enum-variants",
                &format!("enum: [0, 1], x-enum-descriptions: [x, y], x-enum-varnames: {names}"),
            )
        };
        assert!(named("[None, Read]").is_empty());
        assert_eq!(named("[None]"), ["schema A: has 2 values but 1 x-enum-varnames"]);
        assert_eq!(named("[None, None]").len(), 1);
        assert_eq!(named("[None, Unknown]").len(), 1);
        assert_eq!(named("[None, read_only]").len(), 1);
        assert_eq!(check("integer-enum-variants", "enum: [0]").len(), 2);
    }

    #[test]
    fn integer_enum_must_be_marked_as_open() {
        assert!(check("open-enum-marked", "enum: [0], x-extensible-enum: true").is_empty());
        assert!(check("open-enum-marked", "enum: [a]").is_empty());
        assert_eq!(
            check("open-enum-marked", "enum: [0]"),
            ["schema A: can have values that it does not list; add `x-extensible-enum: true`"]
        );
        assert_eq!(check("open-enum-marked", "enum: [a], x-extensible-enum: true").len(), 1);
    }
}
