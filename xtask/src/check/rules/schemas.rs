//! Rules about all schemas, of requests and answers.

use openapi_compare::{Document, Located};
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::names::{expect_distinct, pascal, snake};
use crate::check::schemas::{Role, all};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "schema-names-unique", check: schema_names_unique },
    Rule { name: "property-names-unique", check: property_names_unique },
    Rule { name: "open-objects", check: open_objects },
    Rule { name: "no-non-zero", check: no_non_zero },
    Rule { name: "unions", check: unions },
    Rule { name: "ignored-keywords", check: ignored_keywords },
    Rule { name: "no-defaults", check: no_defaults },
];

fn schema_names_unique(document: &Document, found: &mut Findings) {
    expect_distinct(document.named("schemas"), pascal, "the schemas", found);
}

fn property_names_unique(document: &Document, found: &mut Findings) {
    for node in all(document) {
        let place = node.place.child("properties");
        let properties = node.value["properties"].as_object().into_iter().flatten();
        let names = properties.map(|(name, value)| -> (&str, Located<'_>) { (name, (place.child(name), value)) });
        expect_distinct(names, snake, "the properties", found);
    }
}

/// The generated type would reject answers with a property that a later portal adds.
fn open_objects(document: &Document, found: &mut Findings) {
    for node in all(document) {
        found.expect(node.value["additionalProperties"] != Value::Bool(false), &node.place, || {
            "has `additionalProperties: false`, which makes the type reject unknown properties; remove it".to_owned()
        });
    }
}

/// `minimum: 1` gives a `NonZero` type, which is awkward to send and cannot be read if a portal
/// answers 0.
fn no_non_zero(document: &Document, found: &mut Findings) {
    for node in all(document).iter().filter(|node| node.value["type"] == "integer") {
        let least =
            node.value["minimum"].as_i64().map(|least| least + i64::from(node.value["exclusiveMinimum"] == true));
        found.expect(least != Some(1), &node.place, || {
            "has a minimum of 1, which gives a NonZero type; remove it".to_owned()
        });
    }
}

/// `anyOf` becomes a struct that fails at run time, and `not` makes the generator panic.
fn unions(document: &Document, found: &mut Findings) {
    for node in all(document) {
        found.examine();
        if node.value.get("anyOf").is_some() {
            found.breach(&node.place, "anyOf becomes a struct of optional parts; use oneOf");
        }
        if node.value.get("not").is_some() {
            found.breach(&node.place, "the generator panics on `not`");
        }
    }
}

/// Keywords that a reader of the spec would rely on, and that the generator ignores.
fn ignored_keywords(document: &Document, found: &mut Findings) {
    for node in all(document) {
        found.examine();
        for keyword in ["const", "discriminator"] {
            if node.value.get(keyword).is_some() {
                found.breach(&node.place, format!("the generator ignores `{keyword}`; remove it"));
            }
        }
    }
}

/// A property with a default is always sent, and a missing one is read as the default.
fn no_defaults(document: &Document, found: &mut Findings) {
    for node in all(document).iter().filter(|node| node.role == Role::Property) {
        found.expect(node.value.get("default").is_none(), &node.place, || {
            "has a default, which every request would send and every answer would seem to contain; remove it".to_owned()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::breaches;

    fn check(rule: &str, schemas: &str) -> Vec<String> {
        breaches(RULES, rule, &format!("components: {{schemas: {{{schemas}}}}}"))
    }

    #[test]
    fn schema_names_must_be_distinct_in_rust() {
        assert!(check("schema-names-unique", "FileDto: {}, FileDtos: {}").is_empty());
        assert_eq!(
            check("schema-names-unique", "FileDto: {}, file_dto: {}"),
            ["schema file_dto: the schemas `file_dto` and `FileDto` are both `FileDto` in Rust"]
        );
    }

    #[test]
    fn property_names_must_be_distinct_in_rust() {
        assert!(check("property-names-unique", "A: {properties: {id: {}}}, B: {properties: {Id: {}}}").is_empty());
        assert_eq!(
            check("property-names-unique", "A: {properties: {type: {}, '@type': {}}}"),
            ["schema A, property type: the properties `type` and `@type` are both `type` in Rust"]
        );
    }

    #[test]
    fn objects_must_be_open() {
        assert!(check("open-objects", "A: {additionalProperties: true}, B: {}").is_empty());
        assert_eq!(check("open-objects", "A: {items: {additionalProperties: false}}").len(), 1);
    }

    #[test]
    fn minimum_of_one_is_a_breach() {
        assert!(check("no-non-zero", "A: {type: integer, minimum: 0}").is_empty());
        assert!(check("no-non-zero", "A: {type: integer, minimum: 1}")[0].starts_with("schema A: has a minimum of 1"));
        assert_eq!(check("no-non-zero", "A: {type: integer, minimum: 0, exclusiveMinimum: true}").len(), 1);
    }

    #[test]
    fn unions_without_support_are_breaches() {
        assert!(check("unions", "A: {oneOf: [{type: string}]}").is_empty());
        assert_eq!(check("unions", "A: {anyOf: [{type: string}]}, B: {not: {type: string}}").len(), 2);
    }

    #[test]
    fn ignored_keywords_are_breaches() {
        assert!(check("ignored-keywords", "A: {properties: {const: {}}}").is_empty());
        assert_eq!(check("ignored-keywords", "A: {const: 1}, B: {discriminator: {}}").len(), 2);
    }

    #[test]
    fn defaults_of_properties_are_breaches() {
        assert!(check("no-defaults", "A: {properties: {a: {}}}").is_empty());
        assert_eq!(check("no-defaults", "A: {properties: {a: {default: 1}}}").len(), 1);
    }
}
