//! Rules about responses: one type of success, and all errors that calls share.

use openapi_compare::{Document, children};
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::operations::{self, is_success, media_types};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "one-success-type", check: one_success_type },
    Rule { name: "errors-described", check: errors_described },
    Rule { name: "errors-shared", check: errors_shared },
    Rule { name: "response-media-type", check: response_media_type },
];

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

/// Clients in other languages know only the errors that are described. Those that depend on the
/// form of a call are required here. Recordings show the others, and `cargo xtask check` compares
/// them.
fn errors_described(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let has_body = operation.body().is_some();
        let has_query = operation.parameters().iter().any(|(_, parameter)| parameter["in"] == "query");
        let required = [
            ("400", has_body || has_query, "a call with a body or a query"),
            ("401", !operation.is_anonymous(), "a call that needs credentials"),
            ("415", has_body, "a call with a body"),
            ("429", true, "every call"),
            ("500", true, "every call"),
        ];
        let described = operation.responses();
        for (code, _, whose) in required.into_iter().filter(|(_, is_required, _)| *is_required) {
            let good = described.iter().any(|(described, _)| *described == code);
            found.expect(good, &operation.place, || format!("does not describe the {code} of {whose}"));
        }
    }
}

/// An error has the same form in all operations, so it is written once. `cargo xtask generate` adds
/// the examples there.
fn errors_shared(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        for (place, response) in children(&operation.place.child("responses"), &operation.value["responses"]) {
            let code = place.keys().last().map_or("", String::as_str);
            if !is_success(code) {
                let is_shared = response["$ref"].as_str().is_some_and(|to| to.starts_with("#/components/responses/"));
                let is_error =
                    code.len() == 3 && code.starts_with(['4', '5']) && code.bytes().all(|b| b.is_ascii_digit());
                found.expect(is_error, &place, || "must be one status, from 400 to 599".to_owned());
                found.expect(is_shared, &place, || "must be a $ref to components/responses".to_owned());
            }
        }
    }
}

/// Of a success, only `application/json` with a schema becomes a type. Other media types, also
/// those with `json` in their names, become streams of bytes.
fn response_media_type(document: &Document, found: &mut Findings) {
    let responses = operations::all(document).iter().flat_map(|op| op.responses()).collect::<Vec<_>>();
    for (_, response) in responses.into_iter().filter(|(code, _)| is_success(code)) {
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
    fn errors_that_calls_share_must_be_described() {
        let check = |operation: &str| breaches(RULES, "errors-described", &get(operation));
        let missing = |code: &str, whose: &str| format!("GET /rooms: does not describe the {code} of {whose}");
        let every = [missing("429", "every call"), missing("500", "every call")];
        let anonymous = "security: [{}]";
        assert_eq!(check(&format!("{{{anonymous}, responses: {{200: {{}}}}}}")), every);
        assert!(check(&format!("{{{anonymous}, responses: {{429: {{}}, 500: {{}}}}}}")).is_empty());
        let needs = |rest: &str| check(&format!("{{{rest}, responses: {{429: {{}}, 500: {{}}}}}}"));
        assert_eq!(needs("security: [{key: []}]"), [missing("401", "a call that needs credentials")]);
        let query = format!("{anonymous}, parameters: [{{name: count, in: query}}]");
        assert_eq!(needs(&query), [missing("400", "a call with a body or a query")]);
        assert_eq!(needs(&format!("{anonymous}, requestBody: {{}}")).len(), 2);
    }

    #[test]
    fn errors_must_be_shared_and_have_a_status() {
        let components = "components: {responses: {NotFound: {}}}";
        let check = |responses: &str| {
            breaches(
                RULES,
                "errors-shared",
                &format!("{}\n{components}", get(&format!("{{responses: {{{responses}}}}}"))),
            )
        };
        assert!(check("404: {$ref: '#/components/responses/NotFound'}").is_empty());
        assert_eq!(check("404: {}"), ["GET /rooms, response 404: must be a $ref to components/responses"]);
        assert_eq!(
            check("4XX: {$ref: '#/components/responses/NotFound'}"),
            ["GET /rooms, response 4XX: must be one status, from 400 to 599"]
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
