//! The schemas that successful answers use, and the objects among them.
//!
//! The generator makes one type for each schema, for requests and answers alike. Rules about
//! reading apply only to these schemas.

use std::collections::{BTreeMap, BTreeSet};

use openapi_compare::{Document, Located, Place, children};
use serde_json::Value;

use super::operations::{self, is_success};
use super::schemas::{Node, Role, held_by, within};

/// The schemas that are reachable from a successful response.
pub(crate) struct Answers<'a> {
    /// All of these schemas, including the parts of an `allOf`.
    pub(crate) nodes: Vec<Node<'a>>,
    /// The objects among them, with the parts of their `allOf` merged.
    pub(crate) objects: Vec<Object<'a>>,
}

/// An object as the generator merges it.
#[derive(Default)]
pub(crate) struct Object<'a> {
    pub(crate) properties: BTreeMap<&'a str, Vec<Located<'a>>>,
    pub(crate) required: BTreeSet<&'a str>,
}

impl<'a> Answers<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut answers = Self { nodes: Vec::new(), objects: Vec::new() };
        let mut waiting: Vec<Node<'a>> = Vec::new();
        for operation in operations::all(document) {
            let successes = operation.responses().into_iter().filter(|(code, _)| is_success(code));
            waiting.extend(successes.flat_map(|(_, response)| held_by(&response, Role::Content)));
        }
        let (mut followed, mut noted) = (BTreeSet::new(), BTreeSet::new());
        while let Some(root) = waiting.pop() {
            let as_part = root.role == Role::Part;
            if !followed.insert((root.place.clone(), as_part)) {
                continue;
            }
            for node in within(root) {
                if node.value.get("$ref").is_some() {
                    let role = if node.role == Role::Part { Role::Part } else { Role::Component };
                    let target = document.resolve(node.place.clone(), node.value).ok();
                    waiting.extend(target.map(|(place, value)| Node { place, value, role }));
                } else if node.role != Role::Part {
                    // A part is only read as a part of the whole, which may require more of its
                    // properties.
                    answers.objects.extend(Object::of(document, &node));
                }
                if noted.insert(node.place.clone()) {
                    answers.nodes.push(node);
                }
            }
        }
        answers
    }
}

impl<'a> Object<'a> {
    /// Merges the node with its parts. `None` if the result has no properties.
    fn of(document: &'a Document, node: &Node<'a>) -> Option<Self> {
        let mut object = Self::default();
        object.merge(document, (node.place.clone(), node.value), &mut BTreeSet::new());
        (!object.properties.is_empty()).then_some(object)
    }

    fn merge(&mut self, document: &'a Document, (place, value): Located<'a>, seen: &mut BTreeSet<Place>) {
        if !seen.insert(place.clone()) {
            return;
        }
        let properties = place.child("properties");
        for (name, value) in value["properties"].as_object().into_iter().flatten() {
            self.properties.entry(name).or_default().push((properties.child(name), value));
        }
        self.required.extend(value["required"].as_array().into_iter().flatten().filter_map(Value::as_str));
        for (place, part) in children(&place.child("allOf"), &value["allOf"]) {
            if let Ok(part) = document.resolve(place, part) {
                self.merge(document, part, seen);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::document;

    #[test]
    fn answers_contain_only_schemas_reachable_from_responses() {
        let spec = document(
            "paths:
  /rooms:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewRoom'}}}}
      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}}
components:
  schemas:
    NewRoom: {type: object, properties: {title: {type: string}}}
    Entry: {type: object, properties: {id: {type: integer}}}
    Room:
      allOf:
        - {$ref: '#/components/schemas/Entry'}
        - {type: object, required: [id], properties: {parent: {$ref: '#/components/schemas/Room'}}}",
        );
        let answers = Answers::of(&spec);
        let places: Vec<_> = answers.nodes.iter().map(|node| node.place.to_string()).collect();
        assert!(places.contains(&"schema Entry, property id".to_owned()));
        assert!(!places.iter().any(|place| place.contains("NewRoom")));
        let [room] = answers.objects.as_slice() else { panic!("a part is not an object by itself") };
        assert_eq!(room.properties.keys().collect::<Vec<_>>(), [&"id", &"parent"]);
        assert!(room.required.contains("id"));
    }
}
