//! Rules about prose, which becomes rustdoc and help texts.

use openapi_compare::{Document, Place, children};
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::operations;
use crate::check::schemas::{Role, all};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "document-described", check: document_described },
    Rule { name: "operation-described", check: operation_described },
    Rule { name: "parameter-described", check: parameter_described },
    Rule { name: "schema-described", check: schema_described },
    Rule { name: "property-described", check: property_described },
];

/// Expects a text under the key that is not blank.
fn expect_text(place: &Place, value: &Value, key: &str, found: &mut Findings) {
    let has_text = value[key].as_str().is_some_and(|text| !text.trim().is_empty());
    found.expect(has_text, place, || format!("has no {key}"));
}

fn document_described(document: &Document, found: &mut Findings) {
    expect_text(&Place::root().child("info"), &document.root()["info"], "description", found);
    for (place, tag) in children(&Place::root().child("tags"), &document.root()["tags"]) {
        expect_text(&place, tag, "description", found);
    }
}

fn operation_described(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        expect_text(&operation.place, operation.value, "summary", found);
        expect_text(&operation.place, operation.value, "description", found);
        for (_, (place, response)) in operation.responses() {
            expect_text(&place, response, "description", found);
        }
    }
}

fn parameter_described(document: &Document, found: &mut Findings) {
    for (place, parameter) in operations::all(document).iter().flat_map(|op| op.parameters()) {
        expect_text(&place, parameter, "description", found);
    }
}

/// Schemas with names, and unnamed objects that become types.
fn schema_described(document: &Document, found: &mut Findings) {
    for node in all(document) {
        let is_type = node.value.get("properties").is_some() && matches!(node.role, Role::Content | Role::Element);
        if node.value.get("$ref").is_none() && (is_type || node.role == Role::Component) {
            expect_text(&node.place, node.value, "description", found);
        }
    }
}

/// A property that is only a `$ref` gets the description of its target.
fn property_described(document: &Document, found: &mut Findings) {
    for node in all(document).into_iter().filter(|node| node.role == Role::Property) {
        if node.value.get("$ref").is_some() {
            found.examine();
        } else {
            expect_text(&node.place, node.value, "description", found);
        }
    }
}

#[cfg(test)]
mod tests {
    use openapi_compare::Versions;

    use super::*;
    use crate::check::testing::{breaches, get};

    #[test]
    fn document_and_its_tags_must_be_described() {
        let document = |info: &str, tag: &str| {
            let text = format!("openapi: 3.0.3\ninfo: {{{info}}}\ntags: [{{{tag}}}]\npaths: {{}}\n");
            let mut found = Findings::default();
            document_described(&Document::parse("t", text, Versions::V3_0).unwrap(), &mut found);
            found.breaches.into_iter().map(|(place, message)| format!("{place}: {message}")).collect::<Vec<_>>()
        };
        assert!(document("description: d", "description: d").is_empty());
        assert_eq!(document("title: t", "name: n"), ["info: has no description", "tag 0: has no description"]);
    }

    #[test]
    fn operations_and_their_responses_must_be_described() {
        let good = get("{summary: s, description: d, responses: {200: {description: d}}}");
        assert!(breaches(RULES, "operation-described", &good).is_empty());
        let bad = breaches(RULES, "operation-described", &get("{description: ' ', responses: {200: {}}}"));
        assert_eq!(
            bad,
            [
                "GET /rooms: has no description",
                "GET /rooms: has no summary",
                "GET /rooms, response 200: has no description"
            ]
        );
    }

    #[test]
    fn parameters_must_be_described() {
        let spec = |parameter: &str| get(&format!("{{parameters: [{{{parameter}}}]}}"));
        assert!(breaches(RULES, "parameter-described", &spec("name: a, description: d")).is_empty());
        assert_eq!(breaches(RULES, "parameter-described", &spec("name: a")).len(), 1);
    }

    #[test]
    fn types_must_be_described() {
        let check =
            |schemas: &str| breaches(RULES, "schema-described", &format!("components: {{schemas: {{{schemas}}}}}"));
        assert!(check("A: {description: d, allOf: [{properties: {}}]}").is_empty());
        assert_eq!(
            check("A: {items: {properties: {}}}"),
            ["schema A: has no description", "schema A, items: has no description"]
        );
    }

    #[test]
    fn properties_must_be_described() {
        let check = |property: &str| {
            breaches(
                RULES,
                "property-described",
                &format!("components: {{schemas: {{A: {{properties: {{a: {property}}}}}}}}}"),
            )
        };
        assert!(check("{description: d}").is_empty());
        assert!(check("{$ref: '#/components/schemas/B'}").is_empty());
        assert_eq!(check("{type: string}"), ["schema A, property a: has no description"]);
    }
}
