//! Rules about request bodies.

use openapi_compare::Document;

use crate::check::finding::{Findings, Rule};
use crate::check::operations::{self, media_types};

pub(crate) const RULES: &[Rule] =
    &[Rule { name: "body-media-type", check: body_media_type }, Rule { name: "body-required", check: body_required }];

/// The media types of a body that the generator supports. Calls with multipart bodies are written
/// by hand.
const SUPPORTED: [&str; 5] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "text/plain",
    "text/x-markdown",
];

fn body_media_type(document: &Document, found: &mut Findings) {
    for body in operations::all(document).iter().filter_map(|op| op.body()) {
        let types = media_types(&body);
        let count = types.len();
        found.expect(count == 1, &body.0, || format!("has {count} media types; it must have one"));
        for (name, (place, media_type)) in types {
            let schema = document.resolve(place.child("schema"), &media_type["schema"]).ok().map(|(_, schema)| schema);
            if !SUPPORTED.contains(&name) {
                found.breach(&place, format!("the generator does not support bodies of {name}"));
            } else if media_type.get("schema").is_none() {
                found.breach(&place, "has no schema");
            } else if name == "application/octet-stream"
                && schema.is_some_and(|schema| schema["type"] != "string" || schema["format"] != "binary")
            {
                found.breach(&place, "must have the schema `type: string, format: binary`");
            }
        }
    }
}

/// The generated client always sends the body, and without `required` it would count as optional.
fn body_required(document: &Document, found: &mut Findings) {
    for (place, body) in operations::all(document).iter().filter_map(|op| op.body()) {
        found.expect(body["required"] == true, &place, || {
            "must be `required: true` because it is always sent".to_owned()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{breaches, get};

    fn check(rule: &str, body: &str) -> Vec<String> {
        breaches(RULES, rule, &get(&format!("{{requestBody: {{{body}}}}}")))
    }

    #[test]
    fn body_must_have_one_supported_media_type() {
        let content = |types: &str| check("body-media-type", &format!("content: {{{types}}}"));
        assert!(content("application/json: {schema: {}}").is_empty());
        assert!(content("application/octet-stream: {schema: {type: string, format: binary}}").is_empty());
        assert_eq!(content(""), ["GET /rooms, requestBody: has 0 media types; it must have one"]);
        assert_eq!(content("application/json: {schema: {}}, text/plain: {schema: {}}").len(), 1);
        assert_eq!(
            content("multipart/form-data: {schema: {}}"),
            [
                "GET /rooms, requestBody, content multipart/form-data: the generator does not support bodies of multipart/form-data"
            ]
        );
        assert!(content("application/json: {}")[0].ends_with("has no schema"));
        assert!(content("application/octet-stream: {schema: {type: string}}")[0].contains("format: binary"));
    }

    #[test]
    fn body_must_be_required() {
        assert!(check("body-required", "required: true").is_empty());
        assert_eq!(check("body-required", "content: {}").len(), 1);
    }
}
