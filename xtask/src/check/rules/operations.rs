//! Rules about operations: each becomes a method and a builder.

use openapi_compare::{Document, Place, children};

use crate::check::finding::{Findings, Rule};
use crate::check::names::{expect_distinct, snake};
use crate::check::operations;

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "path-item-inline", check: path_item_inline },
    Rule { name: "operation-id", check: operation_id },
    Rule { name: "operation-id-unique", check: operation_id_unique },
    Rule { name: "one-tag", check: one_tag },
];

/// The generator rejects a path that is a `$ref`.
fn path_item_inline(document: &Document, found: &mut Findings) {
    for (place, item) in children(&Place::root().child("paths"), &document.root()["paths"]) {
        found.expect(item.get("$ref").is_none(), &place, || "a path must not be a $ref; write it out".to_owned());
    }
}

fn operation_id(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let good = operation.id().is_some_and(|id| !snake(id).is_empty());
        found.expect(good, &operation.place, || "has no operationId".to_owned());
    }
}

/// The generator compares ids as written, so two ids can give two functions of the same name.
fn operation_id_unique(document: &Document, found: &mut Findings) {
    let operations = operations::all(document);
    let ids = operations.iter().filter_map(|op| Some((op.id()?, (op.place.child("operationId"), op.value))));
    expect_distinct(ids, snake, "the operationIds", found);
}

/// The generator writes a method for each tag of an operation, so a second tag gives the same
/// method twice. An operation without a tag gets an additional trait.
fn one_tag(document: &Document, found: &mut Findings) {
    for operation in operations::all(document) {
        let count = operation.value["tags"].as_array().map_or(0, Vec::len);
        found.expect(count == 1, &operation.place, || format!("has {count} tags; it must have one"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{breaches, get};

    #[test]
    fn path_must_not_be_a_reference() {
        assert!(breaches(RULES, "path-item-inline", &get("{}")).is_empty());
        assert_eq!(
            breaches(RULES, "path-item-inline", "paths: {/rooms: {$ref: 'other.yaml'}}"),
            ["/rooms: a path must not be a $ref; write it out"]
        );
    }

    #[test]
    fn operation_must_have_an_id() {
        assert!(breaches(RULES, "operation-id", &get("{operationId: getRooms}")).is_empty());
        assert_eq!(breaches(RULES, "operation-id", &get("{}")), ["GET /rooms: has no operationId"]);
        assert_eq!(breaches(RULES, "operation-id", &get("{operationId: '-'}")).len(), 1);
    }

    #[test]
    fn operation_ids_must_be_distinct_in_snake_case() {
        let spec = |second: &str| {
            format!("paths: {{/a: {{get: {{operationId: getFile}}}}, /b: {{get: {{operationId: {second}}}}}}}")
        };
        assert!(breaches(RULES, "operation-id-unique", &spec("getFiles")).is_empty());
        assert_eq!(
            breaches(RULES, "operation-id-unique", &spec("get_file")),
            ["GET /b, operationId: the operationIds `get_file` and `getFile` are both `get_file` in Rust"]
        );
    }

    #[test]
    fn operation_must_have_one_tag() {
        assert!(breaches(RULES, "one-tag", &get("{tags: [Rooms]}")).is_empty());
        assert_eq!(breaches(RULES, "one-tag", &get("{}")), ["GET /rooms: has 0 tags; it must have one"]);
        assert_eq!(breaches(RULES, "one-tag", &get("{tags: [A, B]}")), ["GET /rooms: has 2 tags; it must have one"]);
    }
}
