//! Rules about what is read: nothing that makes the client refuse an answer over a detail.

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

/// Keywords that become checks when a value is read.
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

/// An optional list or map is read as empty when it is absent, but null is an error unless it is nullable.
fn lists_nullable(document: &Document, found: &mut Findings) {
    for object in Answers::of(document).objects {
        for (name, places) in &object.properties {
            for property in places.iter().filter(|_| !object.required.contains(name)) {
                if let Some(kind) = collection(document, property) {
                    found.expect(nullable(document, property), &property.0, || {
                        format!("is an optional {kind} in an answer and must be nullable")
                    });
                }
            }
        }
    }
}

/// What is required must be there, as null if need be; portals leave out what is null.
fn required_not_null(document: &Document, found: &mut Findings) {
    for object in Answers::of(document).objects {
        for (name, places) in &object.properties {
            for property in places.iter().filter(|_| object.required.contains(name)) {
                found.expect(!nullable(document, property), &property.0, || {
                    "is required and nullable in an answer; a portal leaves out what is null".to_owned()
                });
            }
        }
    }
}

/// A value beyond a limit would make the whole answer unreadable.
fn without_limits(document: &Document, found: &mut Findings) {
    for node in Answers::of(document).nodes {
        let limits: Vec<_> = LIMITS.into_iter().filter(|limit| node.value.get(limit).is_some()).collect();
        found.expect(limits.is_empty(), &node.place, || format!("has {} in an answer", limits.join(", ")));
    }
}

/// A generated string enum is closed: one value that it does not know makes the whole answer unreadable.
fn enums_open(document: &Document, found: &mut Findings) {
    for node in Answers::of(document).nodes {
        let closed = node.value.get("enum").is_some() && node.value["type"] == "string";
        found.expect(!closed, &node.place, || {
            "is a string enum in an answer, which refuses values it does not know; use a plain string".to_owned()
        });
    }
}

/// Whether null is allowed by the schema itself, by what it leads to, or by its parts.
fn nullable(document: &Document, (place, value): &Located<'_>) -> bool {
    says(document, place.clone(), value, 0, |value| (value["nullable"] == true).then_some(())).is_some()
}

fn collection(document: &Document, (place, value): &Located<'_>) -> Option<&'static str> {
    says(document, place.clone(), value, 0, |value| match value["type"].as_str() {
        Some("array") => Some("list"),
        Some("object") if value.get("properties").is_none() && value.get("allOf").is_none() => Some("map"),
        _ => None,
    })
}

/// The first answer to the question that the schema, the target of its `$ref` or a part of its `allOf` gives.
fn says<T>(
    document: &Document,
    place: Place,
    value: &Value,
    depth: usize,
    question: fn(&Value) -> Option<T>,
) -> Option<T> {
    // Deeper than this only a circle goes.
    if depth > 8 {
        return None;
    }
    let (place, value) = document.resolve(place, value).ok()?;
    question(value).or_else(|| {
        children(&place.child("allOf"), &value["allOf"])
            .into_iter()
            .find_map(|(place, part)| says(document, place, part, depth + 1, question))
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
    fn optional_lists_may_be_null() {
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
            ["schema Room, property tags: is an optional list in an answer and must be nullable"]
        );
        assert!(tags("{type: object, additionalProperties: {}}", "")[0].contains("optional map"));
        assert_eq!(tags("{allOf: [{$ref: '#/components/schemas/T'}]}", "}, T: {type: array").len(), 1);
    }

    #[test]
    fn a_part_is_judged_by_the_whole() {
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
    fn what_is_required_is_not_null() {
        let id = |schema: &str| {
            check("answer-required-not-null", &format!("Room: {{required: [id], properties: {{id: {schema}}}}}"))
        };
        assert!(id("{type: string}").is_empty());
        assert_eq!(id("{type: string, nullable: true}").len(), 1);
        assert_eq!(id("{$ref: '#/components/schemas/Id'}}}, Id: {type: string, nullable: true, x: {y: {}").len(), 1);
    }

    #[test]
    fn no_limits_in_answers() {
        assert!(check("answer-without-limits", "Room: {type: string}, Sent: {type: string, maxLength: 3}").is_empty());
        assert_eq!(
            check("answer-without-limits", "Room: {items: {type: string, minLength: 1, pattern: a}}"),
            ["schema Room, items: has minLength, pattern in an answer"]
        );
    }

    #[test]
    fn no_closed_enums_in_answers() {
        assert!(check("answer-enums-open", "Room: {type: integer, enum: [1]}").is_empty());
        assert_eq!(check("answer-enums-open", "Room: {type: string, enum: [a]}").len(), 1);
    }
}
