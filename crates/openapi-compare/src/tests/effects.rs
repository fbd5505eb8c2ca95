//! Tests of the effects of differences on callers, and of their descriptions.

use super::read;
use crate::{Api, Effect, Names, compare};

/// An API with one operation that sends and receives this schema.
fn both_ways(schema: &str) -> Api {
    let content = format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
    let operation = format!("{{requestBody: {content}, responses: {{200: {content}}}}}");
    read(&format!("openapi: 3.0.3\ninfo: {{version: '1'}}\npaths: {{/a: {{put: {operation}}}}}")).unwrap()
}

/// The effects and descriptions for the request and for the answer, in this order.
fn effects(old: &str, new: &str) -> Vec<(Effect, String)> {
    let mut differences: Vec<_> = compare(&both_ways(old), &both_ways(new), Names::Left).into_keys().collect();
    differences.sort_by_key(|difference| difference.direction);
    differences.iter().map(|difference| (difference.effect(), difference.words())).collect()
}

#[test]
fn effect_of_a_change_depends_on_its_direction() {
    use Effect::{Breaking, Compatible};
    let object = |rest: &str| format!("{{type: object, properties: {{x: {{type: string}}}}{rest}}}");
    for (old, new, sent, received) in [
        (object(""), object(", required: [x]"), (Breaking, "must now be sent"), (Compatible, "is now always present")),
        (
            object(", required: [x]"),
            object(""),
            (Compatible, "no longer has to be sent"),
            (Breaking, "may now be missing"),
        ),
        (
            object(""),
            "{type: object}".into(),
            (Breaking, "field is gone, was optional string"),
            (Breaking, "field is gone, was optional string"),
        ),
        (
            "{type: object}".into(),
            object(""),
            (Compatible, "new field, optional string"),
            (Compatible, "new field, optional string"),
        ),
        (
            "{type: object}".into(),
            object(", required: [x]"),
            (Breaking, "new field, required string"),
            (Compatible, "new field, required string"),
        ),
        (
            object(""),
            object(", additionalProperties: false"),
            (Breaking, "changed from other fields allowed to no other fields"),
            (Compatible, "changed from other fields allowed to no other fields"),
        ),
        (
            "{type: string}".into(),
            "{type: boolean}".into(),
            (Breaking, "changed from string to boolean"),
            (Breaking, "changed from string to boolean"),
        ),
        (
            "{type: string}".into(),
            "{type: string, format: uuid}".into(),
            (Breaking, "changed from string to string uuid"),
            (Compatible, "changed from string to string uuid"),
        ),
        (
            "{type: string}".into(),
            "{type: string, nullable: true}".into(),
            (Compatible, "may now be null"),
            (Breaking, "may now be null"),
        ),
        (
            "{type: string, nullable: true}".into(),
            "{type: string}".into(),
            (Breaking, "can no longer be null"),
            (Compatible, "can no longer be null"),
        ),
        (
            "{type: string, enum: [a]}".into(),
            "{type: string, enum: [a, b]}".into(),
            (Compatible, "new value b"),
            (Compatible, "new value b"),
        ),
        (
            "{type: string, enum: [a, b]}".into(),
            "{type: string, enum: [a]}".into(),
            (Breaking, "value b is gone"),
            (Compatible, "value b is gone"),
        ),
        (
            "{type: string}".into(),
            "{type: string, enum: [a]}".into(),
            (Breaking, "changed from any value to one of a"),
            (Compatible, "changed from any value to one of a"),
        ),
        (
            "{type: string}".into(),
            "{type: string, maxLength: 5}".into(),
            (Breaking, "changed from no maxLength to maxLength 5"),
            (Compatible, "changed from no maxLength to maxLength 5"),
        ),
        (
            "{type: string}".into(),
            "{type: string, deprecated: true}".into(),
            (Compatible, "is now deprecated"),
            (Compatible, "is now deprecated"),
        ),
    ] {
        let expected = [sent, received].map(|(effect, words)| (effect, words.to_owned()));
        assert_eq!(effects(&old, &new), expected, "{old} to {new}");
    }
}
