//! All schemas of a spec, each once, at the place where it is written.

use openapi_compare::{Document, Located, Place, children};
use serde_json::Value;

use super::operations::{self, media_types};

/// The role of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A member of `components/schemas`, which becomes a type of that name.
    Component,
    /// The content of a body or a response.
    Content,
    /// The value of a parameter.
    Parameter,
    /// A property of an object.
    Property,
    /// The elements of an array or a map, or a branch of `oneOf` or `anyOf`.
    Element,
    /// A part of `allOf`, which is merged into the enclosing schema.
    Part,
}

/// One schema as written. A `$ref` and its target are two nodes.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) place: Place,
    pub(crate) value: &'a Value,
    pub(crate) role: Role,
}

/// All schemas of the document, used or not.
pub(crate) fn all(document: &Document) -> Vec<Node<'_>> {
    let mut roots: Vec<Node<'_>> = document.components("schemas").into_iter().map(node(Role::Component)).collect();
    for (kind, role) in
        [("parameters", Role::Parameter), ("requestBodies", Role::Content), ("responses", Role::Content)]
    {
        roots.extend(document.components(kind).iter().flat_map(|holder| held_by(holder, role)));
    }
    for (place, item) in children(&Place::root().child("paths"), &document.root()["paths"]) {
        let parameters = children(&place.child("parameters"), &item["parameters"]);
        roots.extend(parameters.iter().flat_map(|holder| held_by(holder, Role::Parameter)));
    }
    for operation in operations::all(document) {
        let parameters = children(&operation.place.child("parameters"), &operation.value["parameters"]);
        roots.extend(parameters.iter().flat_map(|holder| held_by(holder, Role::Parameter)));
        let responses = children(&operation.place.child("responses"), &operation.value["responses"]);
        roots.extend(responses.iter().flat_map(|holder| held_by(holder, Role::Content)));
        let body = (operation.place.child("requestBody"), &operation.value["requestBody"]);
        roots.extend(held_by(&body, Role::Content));
    }
    roots.into_iter().flat_map(within).collect()
}

/// The schemas that are written directly in a parameter, a body or a response.
pub(crate) fn held_by<'a>(holder: &Located<'a>, role: Role) -> Vec<Node<'a>> {
    let (place, value) = holder;
    let mut held: Vec<Located<'a>> = media_types(holder).into_iter().map(|(_, media_type)| media_type).collect();
    held.push((place.clone(), value));
    held.into_iter()
        .filter_map(|(place, value)| Some((place.child("schema"), value.get("schema")?)))
        .map(node(role))
        .collect()
}

/// The node, and all schemas written inside it.
pub(crate) fn within(root: Node<'_>) -> Vec<Node<'_>> {
    let mut nodes = vec![root];
    let mut next = 0;
    while let Some(current) = nodes.get(next).cloned() {
        nodes.extend(inside(&current));
        next += 1;
    }
    nodes
}

/// The schemas written directly inside this one.
fn inside<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    let Some(members) = node.value.as_object() else { return found };
    for (key, value) in members {
        let place = node.place.child(key);
        let role = match key.as_str() {
            "properties" => Role::Property,
            "allOf" => Role::Part,
            "oneOf" | "anyOf" | "items" | "additionalProperties" | "not" => Role::Element,
            _ => continue,
        };
        match key.as_str() {
            "properties" | "allOf" | "oneOf" | "anyOf" => {
                found.extend(children(&place, value).into_iter().map(self::node(role)));
            }
            // `additionalProperties` may also be a boolean, which is not a schema.
            _ if value.is_object() => found.push(Node { place, value, role }),
            _ => {}
        }
    }
    found
}

fn node<'a>(role: Role) -> impl Fn(Located<'a>) -> Node<'a> {
    move |(place, value)| Node { place, value, role }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::document;

    #[test]
    fn schemas_are_found_in_all_places() {
        let spec = document(
            "paths:
  /a:
    parameters: [{name: a, in: query, schema: {type: string}}]
    get:
      parameters: [{name: b, in: query, schema: {type: string}}]
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {200: {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
components:
  schemas:
    A: {type: object, additionalProperties: {type: string}, properties: {x: {oneOf: [{type: string}]}}}
    B: {allOf: [{$ref: '#/components/schemas/A'}], additionalProperties: false}
  responses: {R: {content: {application/json: {schema: {type: string}}}}}",
        );
        let mut found: Vec<_> = all(&spec).iter().map(|node| (node.place.to_string(), node.role)).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let expected = [
            ("/a, parameter 0", Role::Parameter),
            ("GET /a, parameter 0", Role::Parameter),
            ("GET /a, requestBody, content text/plain", Role::Content),
            ("GET /a, response 200, content application/json", Role::Content),
            ("GET /a, response 200, content application/json, items", Role::Element),
            ("response R, content application/json", Role::Content),
            ("schema A", Role::Component),
            ("schema A, additionalProperties", Role::Element),
            ("schema A, property x", Role::Property),
            ("schema A, property x, oneOf 0", Role::Element),
            ("schema B", Role::Component),
            ("schema B, allOf 0", Role::Part),
        ];
        assert_eq!(found, expected.map(|(place, role)| (place.to_owned(), role)));
    }
}
