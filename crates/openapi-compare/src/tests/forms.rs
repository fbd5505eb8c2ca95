//! Tests of equivalent forms in OpenAPI 3.0 and 3.1.

use super::{answering, differences};

/// Asserts that two documents with these answers have no differences.
fn same(one: (&str, &str, &str), other: (&str, &str, &str)) {
    let (left, right) = (answering(one.0, one.1, one.2), answering(other.0, other.1, other.2));
    assert_eq!(differences(&left, &right), [""; 0], "{one:?} and {other:?}");
    assert_eq!(differences(&right, &left), [""; 0], "{other:?} and {one:?}");
}

#[test]
fn nullable_flag_null_type_and_null_alternative_are_equal() {
    let old = ("3.0.3", "{type: string, nullable: true}", "");
    same(old, ("3.1.0", "{type: [string, 'null']}", ""));
    same(old, ("3.1.0", "{oneOf: [{type: string}, {type: 'null'}]}", ""));
    same(old, ("3.1.0", "{anyOf: [{type: 'null'}, {type: string}]}", ""));
    let old = (
        "3.0.3",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}",
        "A: {type: object, properties: {x: {type: string}}}",
    );
    same(
        old,
        (
            "3.1.0",
            "{oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}",
            "B: {type: object, properties: {x: {type: string}}}",
        ),
    );
    same(
        ("3.0.3", "{type: integer, nullable: true, enum: [1]}", ""),
        ("3.1.0", "{type: [integer, 'null'], enum: [1, null]}", ""),
    );
}

#[test]
fn constant_equals_an_enum_with_one_value() {
    same(("3.0.3", "{type: string, enum: [a]}", ""), ("3.1.0", "{const: a}", ""));
    same(("3.0.3", "{type: integer, enum: [1]}", ""), ("3.1.0", "{type: integer, const: 1}", ""));
}

#[test]
fn choice_of_constants_equals_an_enum() {
    let old = ("3.0.3", "{type: integer, format: int32, enum: [1, 2], x-enum-varnames: [One, Two]}", "");
    same(old, ("3.1.0", "{oneOf: [{const: 1, title: One}, {const: 2, title: Two}]}", ""));
    same(old, ("3.1.0", "{type: integer, format: int32, anyOf: [{const: 2, title: Two}, {const: 1}]}", ""));
    let other = "{oneOf: [{const: 1, title: Two}, {const: 2, title: One}]}";
    assert_eq!(differences(&answering(old.0, old.1, ""), &answering("3.1.0", other, "")).len(), 2);
}

#[test]
fn parameters_of_media_types_do_not_matter() {
    let with = |media_type: &str| {
        super::with_operation(&format!("{{responses: {{200: {{content: {{'{media_type}': {{schema: {{}}}}}}}}}}}}"))
    };
    assert_eq!(differences(&with("application/json"), &with("Application/JSON; charset=utf-8")), [""; 0]);
}

#[test]
fn path_of_the_server_belongs_to_each_path() {
    let with = |server: &str, path: &str| {
        super::read(&format!(
            "openapi: 3.0.3\ninfo: {{}}\nservers: [{{url: '{server}'}}]\npaths: {{{path}: {{get: {{}}}}}}"
        ))
        .unwrap()
    };
    let whole = with("https://example.com", "/api/2.0/a");
    for (server, path) in [("https://example.com/api/2.0/", "/a"), ("/api/2.0", "/a"), ("{base}", "/api/2.0/a")] {
        assert_eq!(differences(&whole, &with(server, path)), [""; 0], "{server}");
    }
    assert_eq!(differences(&whole, &with("/api/3.0", "/a")).len(), 2);
}

#[test]
fn several_types_equal_a_choice() {
    same(("3.0.3", "{oneOf: [{type: integer}, {type: string}]}", ""), ("3.1.0", "{type: [string, integer]}", ""));
    same(
        ("3.0.3", "{anyOf: [{type: string}, {type: integer}]}", ""),
        ("3.0.3", "{oneOf: [{type: integer}, {type: string}]}", ""),
    );
    same(("3.0.3", "{oneOf: [{type: integer}]}", ""), ("3.0.3", "{type: integer}", ""));
    let nested = "{oneOf: [{oneOf: [{type: integer}, {type: string}]}, {type: string}, {type: boolean}]}";
    same(("3.0.3", nested, ""), ("3.1.0", "{type: [boolean, integer, string]}", ""));
}

#[test]
fn place_of_a_definition_does_not_matter() {
    let old = ("3.0.3", "{$ref: '#/components/schemas/A'}", "A: {type: array, items: {type: string}}");
    same(
        old,
        ("3.1.0", "{$ref: '#/components/schemas/X/$defs/Y'}", "X: {$defs: {Y: {type: array, items: {type: string}}}}"),
    );
    let own = "X: {$defs: {Item: {type: string}}, type: array, items: {$ref: '#/$defs/Item'}}";
    same(old, ("3.1.0", "{$ref: '#/components/schemas/X'}", own));
}

#[test]
fn siblings_of_a_reference_count_only_in_3_1() {
    let component = "A: {type: string}";
    same(
        ("3.0.3", "{type: string, maxLength: 5}", ""),
        ("3.1.0", "{$ref: '#/components/schemas/A', maxLength: 5}", component),
    );
    same(("3.0.3", "{type: string}", ""), ("3.0.3", "{$ref: '#/components/schemas/A', maxLength: 5}", component));
    same(("3.0.3", "{type: string}", ""), ("3.1.0", "{$ref: '#/components/schemas/A', description: words}", component));
}

#[test]
fn prose_examples_and_names_are_not_compared() {
    let plain = ("3.0.3", "{type: object, properties: {x: {type: string}}}", "");
    same(
        plain,
        (
            "3.0.3",
            "{type: object, title: T, description: words, example: {y: 1}, properties: {x: {type: string, example: a}}}",
            "",
        ),
    );
    same(
        plain,
        (
            "3.1.0",
            "{type: object, examples: [{y: 1}], $comment: words, properties: {x: {type: string, examples: [a]}}}",
            "",
        ),
    );
    same(plain, ("3.0.3", "{properties: {x: {type: string, readOnly: true, default: a}}}", ""));
    let named = "{type: integer, enum: [1, 2], x-enum-varnames: [One, Two]}";
    same(("3.0.3", named, ""), ("3.0.3", "{type: integer, enum: [2, 1]}", ""));
}

#[test]
fn all_of_equals_the_merged_schema() {
    let flat = "{type: object, required: [x], properties: {x: {type: string}, y: {type: integer}}, additionalProperties: false}";
    let base = "A: {type: object, additionalProperties: false, properties: {x: {type: string}}}";
    let derived =
        "{allOf: [{$ref: '#/components/schemas/A'}, {type: object, required: [x], properties: {y: {type: integer}}}]}";
    same(("3.0.3", flat, ""), ("3.0.3", derived, base));
    same(("3.0.3", "{type: string, maxLength: 5}", ""), ("3.0.3", "{allOf: [{type: string}, {maxLength: 5}]}", ""));
    // Keywords beside a choice apply to each alternative.
    let choice = "{type: object, properties: {x: {type: string}}, oneOf: [{properties: {y: {type: string}}}, {properties: {z: {type: string}}}]}";
    let spread = "{oneOf: [{type: object, properties: {x: {type: string}, y: {type: string}}}, {type: object, properties: {x: {type: string}, z: {type: string}}}]}";
    same(("3.0.3", choice, ""), ("3.0.3", spread, ""));
}

#[test]
fn both_forms_of_exclusive_limits_are_equal() {
    same(
        ("3.0.3", "{type: integer, minimum: 1, exclusiveMinimum: true}", ""),
        ("3.1.0", "{type: integer, exclusiveMinimum: 1}", ""),
    );
    same(("3.0.3", "{type: string, minLength: 0}", ""), ("3.0.3", "{type: string}", ""));
}

#[test]
fn comparison_of_recursive_schemas_ends() {
    let tree = "A: {type: object, properties: {inner: {type: array, items: {$ref: '#/components/schemas/A'}}}}";
    let twice = "B: {type: object, properties: {inner: {type: array, items: {$ref: '#/components/schemas/C'}}}},
                 C: {type: object, properties: {inner: {type: array, items: {$ref: '#/components/schemas/B'}}}}";
    same(("3.0.3", "{$ref: '#/components/schemas/A'}", tree), ("3.0.3", "{$ref: '#/components/schemas/B'}", twice));
}

#[test]
fn written_api_equals_its_document() {
    let schema = "{nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}";
    let component = "A: {type: object, required: [x], properties: {x: {type: integer, format: int32, minimum: 1, exclusiveMinimum: true, nullable: true},
        y: {oneOf: [{type: string, enum: [a, b]}, {type: array, items: {}}]}, z: {type: object, additionalProperties: {type: boolean}},
        self: {deprecated: true, allOf: [{$ref: '#/components/schemas/A'}]}}}";
    let one = answering("3.0.3", schema, component);
    let other = super::read(&one.to_openapi()).unwrap();
    assert_eq!(differences(&one, &other), [""; 0]);
    assert_eq!(one.to_openapi(), other.to_openapi());
}
