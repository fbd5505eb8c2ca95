//! Rules about answers: the client must not reject an answer because of a detail.

use openapi_compare::{Document, Located, Place, children};
use serde_json::Value;

use crate::check::answers::Answers;
use crate::check::finding::{Findings, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "answer-lists-nullable", check: lists_nullable },
    Rule { name: "answer-required-not-null", check: required_not_null },
    Rule { name: "answer-without-limits", check: without_limits },
    Rule { name: "answer-enums-open", check: enums_open },
];

/// Keywords that the generated types check when a value is read.
const LIMITS: [&str; 12] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// A missing optional list or map is read as empty, but null is an error unless it is nullable.
fn lists_nullable(document: &Document, found: &mut Findings) {
    for object in Answers::of(document).objects {
        for (name, places) in &object.properties {
            for property in places.iter().filter(|_| !object.required.contains(name)) {
                if let Some(kind) = collection(document, property) {
                    found.expect(nullable(document, property), &property.0, || {
                        format!("is an optional {kind} in an answer; add `nullable: true`")
                    });
                }
            }
        }
    }
}

/// A portal leaves out a property that is null, so a nullable property cannot be required.
fn required_not_null(document: &Document, found: &mut Findings) {
    for object in Answers::of(document).objects {
        for (name, places) in &object.properties {
            for property in places.iter().filter(|_| object.required.contains(name)) {
                found.expect(!nullable(document, property), &property.0, || {
                    "is required and nullable in an answer, but a portal leaves out null; make it optional".to_owned()
                });
            }
        }
    }
}

/// One value beyond a limit would make the whole answer unreadable.
fn without_limits(document: &Document, found: &mut Findings) {
    for node in Answers::of(document).nodes {
        let limits: Vec<_> = LIMITS.into_iter().filter(|limit| node.value.get(limit).is_some()).collect();
        found.expect(limits.is_empty(), &node.place, || {
            format!("has {} in an answer; remove the limit", limits.join(", "))
        });
    }
}

/// A generated string enum is closed: one unknown value would make the whole answer unreadable.
fn enums_open(document: &Document, found: &mut Findings) {
    for node in Answers::of(document).nodes {
        let closed = node.value.get("enum").is_some() && node.value["type"] == "string";
        found.expect(!closed, &node.place, || {
            "is a string enum in an answer, which rejects unknown values; use a plain string".to_owned()
        });
    }
}

/// Whether the schema, the target of its `$ref` or a part of its `allOf` allows null.
fn nullable(document: &Document, (place, value): &Located<'_>) -> bool {
    find_in(document, place.clone(), value, 0, |value| (value["nullable"] == true).then_some(())).is_some()
}

fn collection(document: &Document, (place, value): &Located<'_>) -> Option<&'static str> {
    find_in(document, place.clone(), value, 0, |value| match value["type"].as_str() {
        Some("array") => Some("list"),
        Some("object") if value.get("properties").is_none() && value.get("allOf").is_none() => Some("map"),
        _ => None,
    })
}

/// The first result of `find` for the schema, the target of its `$ref` and the parts of its
/// `allOf`.
fn find_in<T>(
    document: &Document,
    place: Place,
    value: &Value,
    depth: usize,
    find: fn(&Value) -> Option<T>,
) -> Option<T> {
    // Only a circle is deeper than this.
    if depth > 8 {
        return None;
    }
    let (place, value) = document.resolve(place, value).ok()?;
    find(value).or_else(|| {
        children(&place.child("allOf"), &value["allOf"])
            .into_iter()
            .find_map(|(place, part)| find_in(document, place, part, depth + 1, find))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{answer, breaches};

    fn check(rule: &str, schemas: &str) -> Vec<String> {
        breaches(RULES, rule, &answer(schemas))
    }

    #[test]
    fn optional_list_must_be_nullable() {
        let tags = |schema: &str, rest: &str| {
            check(
                "answer-lists-nullable",
                &format!("Room: {{properties: {{x: {{type: array, nullable: true}}, tags: {schema}}}{rest}}}"),
            )
        };
        assert!(tags("{type: array, nullable: true}", "").is_empty());
        assert!(tags("{type: array}", ", required: [tags]").is_empty());
        assert!(tags("{type: object, properties: {}}", "").is_empty());
        assert_eq!(
            tags("{type: array}", ""),
            ["schema Room, property tags: is an optional list in an answer; add `nullable: true`"]
        );
        assert!(tags("{type: object, additionalProperties: {}}", "")[0].contains("optional map"));
        assert_eq!(tags("{allOf: [{$ref: '#/components/schemas/T'}]}", "}, T: {type: array").len(), 1);
    }

    #[test]
    fn part_is_checked_as_a_part_of_the_whole() {
        let spec = "Room: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [tags]}]},
            Base: {properties: {tags: {type: array}, files: {type: array, nullable: true}}}";
        assert!(check("answer-lists-nullable", spec).is_empty());
        assert!(
            check("answer-required-not-null", &spec.replace("files: {type: array, nullable: true}", "id: {}"))
                .is_empty()
        );
        let bad = check("answer-required-not-null", &spec.replace("[tags]", "[files]"));
        assert!(bad[0].starts_with("schema Base, property files: is required and nullable"), "{bad:?}");
    }

    #[test]
    fn required_property_must_not_be_nullable() {
        let id = |schema: &str| {
            check("answer-required-not-null", &format!("Room: {{required: [id], properties: {{id: {schema}}}}}"))
        };
        assert!(id("{type: string}").is_empty());
        assert_eq!(id("{type: string, nullable: true}").len(), 1);
        assert_eq!(id("{$ref: '#/components/schemas/Id'}}}, Id: {type: string, nullable: true, x: {y: {}").len(), 1);
    }

    #[test]
    fn limits_in_answers_are_breaches() {
        assert!(check("answer-without-limits", "Room: {type: string}, Sent: {type: string, maxLength: 3}").is_empty());
        assert_eq!(
            check("answer-without-limits", "Room: {items: {type: string, minLength: 1, pattern: a}}"),
            ["schema Room, items: has minLength, pattern in an answer; remove the limit"]
        );
    }

    #[test]
    fn string_enums_in_answers_are_breaches() {
        assert!(check("answer-enums-open", "Room: {type: integer, enum: [1]}").is_empty());
        assert_eq!(check("answer-enums-open", "Room: {type: string, enum: [a]}").len(), 1);
    }
}
