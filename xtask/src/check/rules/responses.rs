//! Rules about responses: one type of success, and no errors.

use openapi_compare::Document;
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::operations::{self, media_types};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "one-success-type", check: one_success_type },
    Rule { name: "no-error-responses", check: no_error_responses },
    Rule { name: "response-media-type", check: response_media_type },
];

fn is_success(code: &str) -> bool {
    code.starts_with('2')
}

/// The generator panics on an operation with two types of success. An empty body counts as a type.
fn one_success_type(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let responses = operation.responses();
        let mut types: Vec<Option<&Value>> = Vec::new();
        for (_, response) in responses.iter().filter(|(code, _)| is_success(code)) {
            let contents = media_types(response);
            let schema = contents.first().and_then(|(_, (_, media_type))| media_type.get("schema"));
            if !types.contains(&schema) {
                types.push(schema);
            }
        }
        let count = types.len();
        found.expect(count == 1, &operation.place, || format!("has {count} types of success; it must have one"));
    }
}

/// Errors are not described, so that the facade gets the whole response. For a described error, an
/// HTML page of a proxy would hide the status.
fn no_error_responses(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        for (code, (place, _)) in operation.responses() {
            found.expect(is_success(code), &place, || format!("only successes may be described; remove `{code}`"));
        }
    }
}

/// Only `application/json` with a schema becomes a type. Other media types, also those with `json`
/// in their names, become streams of bytes.
fn response_media_type(document: &Document, found: &mut Findings) {
    for (_, response) in operations::all(document).iter().flat_map(|op| op.responses()) {
        let types = media_types(&response);
        found.expect(types.len() <= 1, &response.0, || format!("has {} media types; it must have one", types.len()));
        for (name, (place, media_type)) in types {
            if name == "application/json" {
                found.expect(media_type.get("schema").is_some(), &place, || "has no schema".to_owned());
            } else {
                found.expect(!name.contains("json"), &place, || {
                    "would be read as bytes; use application/json".to_owned()
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{breaches, get};

    fn check(rule: &str, responses: &str) -> Vec<String> {
        breaches(RULES, rule, &get(&format!("{{responses: {{{responses}}}}}")))
    }

    #[test]
    fn operation_must_have_one_type_of_success() {
        let json = |schema: &str| format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
        let (a, b) = (json("{type: string}"), json("{type: integer}"));
        assert!(check("one-success-type", &format!("200: {a}")).is_empty());
        assert!(check("one-success-type", &format!("200: {a}, 201: {a}")).is_empty());
        let two = "GET /rooms: has 2 types of success; it must have one";
        assert_eq!(check("one-success-type", &format!("200: {a}, 201: {b}")), [two]);
        assert_eq!(check("one-success-type", &format!("200: {a}, 204: {{description: d}}")), [two]);
        assert_eq!(check("one-success-type", "302: {description: d}").len(), 1);
    }

    #[test]
    fn described_errors_are_breaches() {
        assert!(check("no-error-responses", "200: {}").is_empty());
        assert_eq!(
            check("no-error-responses", "200: {}, 404: {}, default: {}"),
            [
                "GET /rooms, response 404: only successes may be described; remove `404`",
                "GET /rooms, response default: only successes may be described; remove `default`",
            ]
        );
    }

    #[test]
    fn json_response_must_have_a_schema() {
        let content = |types: &str| check("response-media-type", &format!("200: {{content: {{{types}}}}}"));
        assert!(content("application/json: {schema: {}}").is_empty());
        assert!(content("application/octet-stream: {}").is_empty());
        assert!(content("application/json: {}")[0].ends_with("has no schema"));
        assert!(content("application/problem+json: {schema: {}}")[0].contains("use application/json"));
        assert_eq!(content("application/json: {schema: {}}, text/plain: {}").len(), 1);
    }
}
