//! Rules about parameters. Each parameter becomes a setter of its operation's builder.

use std::collections::BTreeSet;

use openapi_compare::Document;
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::names::{expect_distinct, snake};
use crate::check::operations;

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "parameter-kind", check: parameter_kind },
    Rule { name: "parameter-style", check: parameter_style },
    Rule { name: "parameter-names-unique", check: parameter_names_unique },
    Rule { name: "parameter-not-body", check: parameter_not_body },
    Rule { name: "path-template", check: path_template },
];

/// The generator supports neither cookies nor parameters with a media type.
fn parameter_kind(document: &Document, found: &mut Findings) {
    for (place, parameter) in operations::all(document).iter().flat_map(|op| op.parameters()) {
        let kind = parameter["in"].as_str().unwrap_or_default();
        found.expect(["path", "query", "header"].contains(&kind), &place, || {
            format!("is in {kind:?}; the generator supports path, query and header")
        });
        found.expect(parameter.get("content").is_none(), &place, || {
            "must have `schema` instead of `content`".to_owned()
        });
    }
}

/// The generator supports only query values of the form `name=value`. A list repeats the name.
fn parameter_style(document: &Document, found: &mut Findings) {
    for (place, parameter) in operations::all(document).iter().flat_map(|op| op.parameters()) {
        let usual = if parameter["in"] == "query" { "form" } else { "simple" };
        let style = parameter["style"].as_str().unwrap_or(usual);
        found.expect(style == usual, &place, || format!("has the style {style}; the generator supports only {usual}"));
        if parameter["in"] != "query" {
            continue;
        }
        if parameter["explode"] == Value::Bool(false) {
            found.breach(&place, "has `explode: false`, but the client sends a list by repeating the name; remove it");
        }
        let schema = document.resolve(place.child("schema"), &parameter["schema"]).ok();
        if schema.is_some_and(|(_, schema)| schema["type"] == "object" || schema.get("properties").is_some()) {
            found.breach(&place, "is an object; write its properties as parameters instead");
        }
    }
}

/// The generator identifies parameters by name, regardless of their place in the request, and
/// panics on two with the same name.
fn parameter_names_unique(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let parameters = operation.parameters();
        let names = parameters.into_iter().filter_map(|(place, value)| Some((value["name"].as_str()?, (place, value))));
        expect_distinct(names, snake, "the parameters", found);
    }
}

/// `body` is the builder's own setter for the request body.
fn parameter_not_body(document: &Document, found: &mut Findings) {
    for (place, parameter) in operations::all(document).iter().flat_map(|op| op.parameters()) {
        let name = parameter["name"].as_str().unwrap_or_default();
        found.expect(snake(name) != "body", &place, || {
            format!("`{name}` would collide with the setter of the request body; rename the parameter")
        });
    }
}

/// Each `{name}` in a path needs a parameter, and each path parameter needs its `{name}`.
fn path_template(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let wanted: BTreeSet<_> = template_names(operation.path).collect();
        let parameters = operation.parameters();
        let in_path = parameters.iter().filter(|(_, parameter)| parameter["in"] == "path");
        let given: BTreeSet<_> = in_path.clone().filter_map(|(_, parameter)| parameter["name"].as_str()).collect();
        found.examine();
        for name in wanted.difference(&given) {
            found.breach(&operation.place, format!("has no path parameter for {{{name}}}"));
        }
        for name in given.difference(&wanted) {
            found.breach(&operation.place, format!("has a path parameter `{name}` that is not in its path"));
        }
        for (place, _) in in_path.filter(|(_, parameter)| parameter["required"] != true) {
            found.breach(place, "is in the path and must be `required: true`");
        }
    }
}

fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{breaches, get};

    fn check(rule: &str, parameters: &str) -> Vec<String> {
        breaches(RULES, rule, &get(&format!("{{parameters: [{parameters}]}}")))
    }

    #[test]
    fn parameter_must_be_of_a_supported_kind() {
        assert!(check("parameter-kind", "{in: query, schema: {type: string}}").is_empty());
        let cookie = check("parameter-kind", "{in: cookie, schema: {type: string}}");
        assert_eq!(
            cookie,
            ["GET /rooms, parameter 0: is in \"cookie\"; the generator supports path, query and header"]
        );
        assert_eq!(check("parameter-kind", "{in: query, content: {}}").len(), 1);
    }

    #[test]
    fn parameter_must_have_a_supported_style() {
        assert!(check("parameter-style", "{in: query, style: form, schema: {type: array}}").is_empty());
        assert!(check("parameter-style", "{in: path}, {in: header, style: simple}").is_empty());
        for bad in ["style: deepObject", "explode: false", "schema: {type: object}", "schema: {properties: {}}"] {
            assert_eq!(check("parameter-style", &format!("{{in: query, {bad}}}")).len(), 1, "{bad}");
        }
    }

    #[test]
    fn parameter_names_must_be_distinct_across_locations() {
        assert!(check("parameter-names-unique", "{name: id, in: path}, {name: ids, in: query}").is_empty());
        assert_eq!(
            check("parameter-names-unique", "{name: roomId, in: path}, {name: room-id, in: query}"),
            ["GET /rooms, parameter 0: the parameters `roomId` and `room-id` are both `room_id` in Rust"]
        );
    }

    #[test]
    fn parameter_must_not_be_called_body() {
        assert!(check("parameter-not-body", "{name: bodies, in: query}").is_empty());
        assert_eq!(check("parameter-not-body", "{name: Body, in: query}").len(), 1);
    }

    #[test]
    fn path_template_and_parameters_must_agree() {
        let spec = |parameters: &str| format!("paths: {{'/rooms/{{id}}': {{get: {{parameters: [{parameters}]}}}}}}");
        assert!(breaches(RULES, "path-template", &spec("{name: id, in: path, required: true}")).is_empty());
        assert_eq!(
            breaches(RULES, "path-template", &spec("{name: room, in: path}")),
            [
                "GET /rooms/{id}: has a path parameter `room` that is not in its path",
                "GET /rooms/{id}: has no path parameter for {id}",
                "GET /rooms/{id}, parameter 0: is in the path and must be `required: true`",
            ]
        );
    }
}
