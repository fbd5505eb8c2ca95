//! Tests of documents that are malformed inside.

use super::read;

fn refusal(rest: &str) -> String {
    let message =
        format!("{}", read(&format!("openapi: 3.1.0\ninfo: {{}}\n{rest}")).expect_err("the document was accepted"));
    assert!(message.starts_with("test.yaml: ") && !message.contains('\n'), "{message}");
    message
}

/// The error for a document that uses the schema `A` and has these other schemas.
fn schema(schema: &str, others: &str) -> String {
    refusal(&format!(
        "paths: {{/a: {{get: {{responses: {{200: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}
components: {{schemas: {{A: {schema}, {others}}}}}"
    ))
}

#[test]
fn malformed_parts_are_reported_with_their_place() {
    assert!(refusal("paths: {/a: {get: 1}}").contains("GET /a (/paths/~1a/get)"));
    assert!(refusal("paths: {/a: {get: {parameters: {}}}}").contains("/paths/~1a/get/parameters"));
    assert!(refusal("paths: {/a: {get: {parameters: [{in: query}]}}}").contains("parameters/0"));
    assert!(refusal("paths: {/a: {get: {}}, /A/: {get: {}}}").contains("twice"));
    assert!(schema("{$ref: 5}", "").contains("/components/schemas/A): the `$ref` must be a text"));
    let field = "openapi: 3.1.0\ninfo: {}\npaths: {}\ncomponents: {schemas: {A: {properties: {$ref: {type: string}}}}}";
    assert!(read(field).is_ok(), "a field may have this name");
    assert!(refusal("x: &x {get: {}}\npaths: {/a: {<<: *x}}").contains("/paths/~1a): merge keys"));
    assert!(schema("1", "").contains("/components/schemas/A"));
    assert!(schema("{type: 1}", "").contains("/components/schemas/A/type"));
    assert!(schema("{type: text}", "").contains("there is no type \"text\""));
    assert!(schema("{enum: 1}", "").contains("/components/schemas/A/enum"));
    assert!(schema("{allOf: {}}", "").contains("/components/schemas/A/allOf"));
    assert!(schema("{oneOf: 1}", "").contains("/components/schemas/A/oneOf"));
    assert!(schema("{properties: []}", "").contains("/components/schemas/A/properties"));
    assert!(
        schema("{properties: {x: {items: {type: no}}, type: {type: array}}}", "").contains("/properties/x/items/type")
    );
}

#[test]
fn endless_circles_of_references_are_rejected() {
    let reference = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let (a, b) = (reference("A"), reference("B"));
    for (one, other) in [
        (format!("{{allOf: [{b}, {{type: object}}]}}"), format!("{{allOf: [{a}, {{type: object}}]}}")),
        (format!("{{type: object, oneOf: [{a}, {b}]}}"), "{type: object}".to_owned()),
        (
            format!("{{allOf: [{{properties: {{x: {a}}}}}, {{properties: {{x: {b}}}}}]}}"),
            format!("{{allOf: [{{properties: {{x: {b}}}}}, {{properties: {{x: {a}}}}}]}}"),
        ),
    ] {
        assert!(schema(&one, &format!("B: {other}")).contains("circle"));
    }
    for alias in [a, "{allOf: [{$ref: '#/components/schemas/A'}]}".to_owned(), b] {
        assert!(schema(&alias, "B: {$ref: '#/components/schemas/A'}").contains("circle"));
    }
}

#[test]
fn long_chains_do_not_exhaust_the_stack() {
    let chain: Vec<_> = (0..20_000)
        .map(|number| {
            format!(
                "    A{number}: {{type: object, properties: {{x: {{$ref: '#/components/schemas/A{}'}}}}}}",
                number + 1
            )
        })
        .collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{}}\npaths: {{/a: {{get: {{parameters: [{{in: query, name: q, schema: {{$ref: '#/components/schemas/A0'}}}}]}}}}}}
components:\n  schemas:\n{}\n    A20000: {{type: string}}",
        chain.join("\n")
    );
    let (one, other) = (read(&text).unwrap(), read(&text.replace("type: string", "type: integer")).unwrap());
    assert_eq!(super::differences(&one, &other), ["A20000: string -> integer (Replaced)"]);
}

#[test]
fn exponential_documents_are_rejected_quickly() {
    let twice = |name: &str| {
        format!("allOf: [{{$ref: '#/components/schemas/{name}'}}, {{$ref: '#/components/schemas/{name}'}}]")
    };
    let doubling: Vec<_> =
        (0..40).map(|number| format!("B{number}: {{{}, type: object}}", twice(&format!("B{}", number + 1)))).collect();
    assert!(
        schema(&format!("{{{}}}", twice("B0")), &format!("{}, B40: {{type: object}}", doubling.join(", ")))
            .contains("circle")
    );
    let choice = format!("{{oneOf: [{}]}}", ["{type: string}"; 60].join(", "));
    assert!(schema(&format!("{{allOf: [{}]}}", [choice.as_str(); 9].join(", ")), "").contains("too many combinations"));
    // YAML anchors multiply too.
    let bomb: Vec<_> = (1..30)
        .map(|number| format!("x{number}: &a{number} [{}]", vec![format!("*a{}", number - 1); 9].join(", ")))
        .collect();
    assert!(refusal(&format!("paths: {{}}\nx0: &a0 [words]\n{}", bomb.join("\n"))).contains("limit"));
}
