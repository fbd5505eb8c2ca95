//! What differences do to callers, and the words for them.

use super::read;
use crate::{Api, Effect, Names, compare};

/// An API with one operation that sends and receives this schema.
fn both_ways(schema: &str) -> Api {
    let content = format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
    let operation = format!("{{requestBody: {content}, responses: {{200: {content}}}}}");
    read(&format!("openapi: 3.0.3\ninfo: {{version: '1'}}\npaths: {{/a: {{put: {operation}}}}}")).unwrap()
}

/// The effects on what is sent and on what is received, in this order, with the words.
fn effects(old: &str, new: &str) -> Vec<(Effect, String)> {
    let mut differences: Vec<_> = compare(&both_ways(old), &both_ways(new), Names::Left).into_keys().collect();
    differences.sort_by_key(|difference| difference.direction);
    differences.iter().map(|difference| (difference.effect(), difference.words())).collect()
}

#[test]
fn whether_a_change_breaks_depends_on_who_sends() {
    use Effect::{Breaking, Compatible};
    let object = |rest: &str| format!("{{type: object, properties: {{x: {{type: string}}}}{rest}}}");
    for (old, new, sent, received) in [
        (object(""), object(", required: [x]"), (Breaking, "must be sent now"), (Compatible, "is always there now")),
        (
            object(", required: [x]"),
            object(""),
            (Compatible, "need not be sent any more"),
            (Breaking, "may be missing now"),
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
            (Breaking, "no other fields now, was other fields allowed"),
            (Compatible, "no other fields now, was other fields allowed"),
        ),
        (
            "{type: string}".into(),
            "{type: boolean}".into(),
            (Breaking, "boolean now, was string"),
            (Breaking, "boolean now, was string"),
        ),
        (
            "{type: string}".into(),
            "{type: string, format: uuid}".into(),
            (Breaking, "string uuid now, was string"),
            (Compatible, "string uuid now, was string"),
        ),
        (
            "{type: string}".into(),
            "{type: string, nullable: true}".into(),
            (Compatible, "may be null now"),
            (Breaking, "may be null now"),
        ),
        (
            "{type: string, nullable: true}".into(),
            "{type: string}".into(),
            (Breaking, "may not be null any more"),
            (Compatible, "may not be null any more"),
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
            (Breaking, "one of a now, was any value"),
            (Compatible, "one of a now, was any value"),
        ),
        (
            "{type: string}".into(),
            "{type: string, maxLength: 5}".into(),
            (Breaking, "maxLength 5 now, was no maxLength"),
            (Compatible, "maxLength 5 now, was no maxLength"),
        ),
        (
            "{type: string}".into(),
            "{type: string, deprecated: true}".into(),
            (Compatible, "is deprecated now"),
            (Compatible, "is deprecated now"),
        ),
    ] {
        let expected = [sent, received].map(|(effect, words)| (effect, words.to_owned()));
        assert_eq!(effects(&old, &new), expected, "{old} to {new}");
    }
}
