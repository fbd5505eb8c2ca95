//! Tests of every kind of difference, each on two documents that differ in one thing.

use super::{answering, differences, with_operation};

/// The only difference between two documents with these answers, without the place of the answer.
fn change(one: &str, other: &str) -> String {
    let found = differences(&answering("3.0.3", one, ""), &answering("3.0.3", other, ""));
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].strip_prefix("GET /a, answer").unwrap_or_else(|| panic!("{found:?}")).to_owned()
}

fn object(field: &str) -> String {
    format!("{{type: object, properties: {{x: {{type: string}}, {field}}}}}")
}

#[test]
fn added_removed_and_required_fields_are_differences() {
    assert_eq!(change(&object("y: {type: integer}"), &object("")), ".y: optional integer -> absent (Removed)");
    let required =
        object("y: {type: array, items: {type: boolean}}").replace("type: object", "type: object, required: [y]");
    assert_eq!(change(&object(""), &required), ".y: absent -> required array of boolean (Added { required: true })");
    let optional = object("y: {type: array, items: {type: boolean}}");
    assert_eq!(change(&optional, &required), ".y: optional -> required (Narrowed)");
    assert_eq!(change(&required, &optional), ".y: required -> optional (Widened)");
}

#[test]
fn type_and_format_changes_are_differences() {
    assert_eq!(change("{type: string}", "{type: integer}"), ": string -> integer (Replaced)");
    assert_eq!(change("{type: string}", "{type: string, format: uuid}"), ": string -> string uuid (Narrowed)");
    assert_eq!(
        change("{type: string, format: uuid}", "{type: string, format: uri}"),
        ": string uuid -> string uri (Replaced)"
    );
    assert_eq!(
        change("{type: integer, format: int32}", "{type: integer, format: int64}"),
        ": integer int32 -> integer int64 (Widened)"
    );
    assert_eq!(change("{type: number}", "{type: integer}"), ": number -> integer (Narrowed)");
    assert_eq!(change("{}", "{type: string}"), ": anything -> string (Narrowed)");
    assert_eq!(
        change("{type: array, items: {type: string}}", "{type: string}"),
        ": array of string -> string (Replaced)"
    );
    assert_eq!(
        change("{type: array, items: {type: string}}", "{type: array, items: {type: integer}}"),
        "[]: string -> integer (Replaced)"
    );
    let map = |values: &str| format!("{{type: object, additionalProperties: {values}}}");
    assert_eq!(change(&map("{type: string}"), &map("{type: integer}")), "{}: string -> integer (Replaced)");
}

#[test]
fn added_and_removed_alternatives_are_differences() {
    let both = "{oneOf: [{type: integer}, {type: string}]}";
    assert_eq!(change(both, "{type: integer}"), ": integer or string -> integer (Narrowed)");
    assert_eq!(change("{type: string}", both), ": string -> integer or string (Widened)");
    assert_eq!(
        change(both, "{oneOf: [{type: integer}, {type: boolean}]}"),
        ": integer or string -> boolean or integer (Replaced)"
    );
    // Each alternative is compared with the most similar one.
    let choice = |field: &str| {
        format!(
            "{{oneOf: [{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}}}, {{type: object, properties: {{c: {{type: string}}, {field}: {{type: string}}, e: {{type: string}}}}}}]}}"
        )
    };
    let found = differences(&answering("3.0.3", &choice("d"), ""), &answering("3.0.3", &choice("f"), ""));
    assert_eq!(
        found,
        [
            "GET /a, answer.d: optional string -> absent (Removed)",
            "GET /a, answer.f: absent -> optional string (Added { required: false })"
        ]
    );
}

#[test]
fn added_and_removed_enum_values_are_differences() {
    assert_eq!(change("{type: string, enum: [a, b]}", "{type: string, enum: [a]}"), ": value b -> absent (Removed)");
    let named = "{type: integer, enum: [1, 2], x-enum-varnames: [One, Two]}";
    assert_eq!(change("{type: integer, enum: [1]}", named), ": absent -> value 2 (Two) (Added { required: false })");
    assert_eq!(change("{type: string}", "{type: string, enum: [a, b]}"), ": any value -> one of a, b (Narrowed)");
    assert_eq!(change("{type: string, enum: [a]}", "{type: string}"), ": one of a -> any value (Widened)");
}

#[test]
fn changes_of_flags_and_limits_are_differences() {
    assert_eq!(change("{type: string}", "{type: string, nullable: true}"), ": never null -> nullable (Widened)");
    assert_eq!(
        change("{type: string, deprecated: true}", "{type: string}"),
        ": deprecated -> not deprecated (Widened)"
    );
    assert_eq!(
        change("{type: string, maxLength: 5}", "{type: string, maxLength: 4}"),
        ": maxLength 5 -> maxLength 4 (Narrowed)"
    );
    assert_eq!(
        change("{type: array, items: {}, minItems: 1}", "{type: array, items: {}}"),
        ": minItems 1 -> no minItems (Widened)"
    );
    assert_eq!(
        change("{type: string, pattern: a}", "{type: string, pattern: b}"),
        ": pattern a -> pattern b (Replaced)"
    );
    let closed = object("").replace("type: object", "type: object, additionalProperties: false");
    assert_eq!(change(&object(""), &closed), ": other fields allowed -> no other fields (Narrowed)");
    let map = object("").replace("type: object", "type: object, additionalProperties: {type: string}");
    assert_eq!(change(&closed, &map), ": no other fields -> other fields are string (Widened)");
}

#[test]
fn changes_of_parameters_are_differences() {
    let with = |parameter: &str| {
        with_operation(&format!(
            "{{parameters: [{{in: path, name: id, required: true, schema: {{type: integer}}}}, {parameter}]}}"
        ))
    };
    let plain = with("");
    let found = |one: &str, other: &str| differences(&with(one), &with(other)).join("; ");
    let query = "{in: query, name: q, schema: {type: string}}";
    assert_eq!(
        differences(&plain, &with(query)),
        ["POST /a/{id}, query q: absent -> optional string (Added { required: false })"]
    );
    assert_eq!(differences(&with(query), &plain), ["POST /a/{id}, query q: optional string -> absent (Removed)"]);
    let required = "{in: query, name: q, required: true, schema: {type: string}}";
    assert_eq!(found(query, required), "POST /a/{id}, query q: optional -> required (Narrowed)");
    assert_eq!(
        found(query, "{in: query, name: q, schema: {type: boolean}}"),
        "POST /a/{id}, query q: string -> boolean (Replaced)"
    );
    let list = |style: &str| format!("{{in: query, name: q, {style}schema: {{type: array, items: {{type: string}}}}}}");
    assert_eq!(
        found(&list(""), &list("style: deepObject, ")),
        "POST /a/{id}, query q: style form -> style deepObject (Replaced)"
    );
    assert_eq!(
        found(&list(""), &list("explode: false, ")),
        "POST /a/{id}, query q: style form -> style form, not repeated (Replaced)"
    );
    assert_eq!(found(&list(""), &list("style: form, explode: true, ")), "");
    // Header names are case-insensitive.
    assert_eq!(found("{in: header, name: X-A, schema: {}}", "{in: header, name: x-a, schema: {}}"), "");
    assert_eq!(found(query, "{in: query, name: q, content: {text/plain: {schema: {type: string}}}}"), "");
}

#[test]
fn changes_of_bodies_and_answers_are_differences() {
    let body = |required: bool, media_type: &str| {
        with_operation(&format!(
            "{{requestBody: {{required: {required}, content: {{{media_type}: {{schema: {{type: string}}}}}}}}}}"
        ))
    };
    let empty = "{responses: {200: {description: none}}}";
    let none = with_operation("{}");
    let json = body(false, "application/json");
    assert_eq!(differences(&none, &json), ["POST /a/{id}, body: absent -> optional (Added { required: false })"]);
    assert_eq!(differences(&json, &none), ["POST /a/{id}, body: optional -> absent (Removed)"]);
    assert_eq!(
        differences(&json, &body(true, "application/json")),
        ["POST /a/{id}, body: optional -> required (Narrowed)"]
    );
    assert_eq!(
        differences(&json, &body(false, "text/plain")),
        ["POST /a/{id}, body: application/json -> text/plain (Replaced)"]
    );
    let answer = with_operation(
        "{responses: {404: {content: {text/plain: {}}}, 200: {content: {text/plain: {}, application/json: {}}}}}",
    );
    let none = with_operation(empty);
    assert_eq!(
        differences(&none, &answer),
        ["POST /a/{id}, answer: absent -> application/json (Added { required: false })"]
    );
    assert_eq!(differences(&answer, &none), ["POST /a/{id}, answer: application/json -> absent (Removed)"]);
}

#[test]
fn changes_of_success_codes_are_differences() {
    let with = |answers: &str| with_operation(&format!("{{responses: {answers}}}"));
    let found = |one: &str, other: &str| differences(&with(one), &with(other)).join("; ");
    let text = "{content: {text/plain: {schema: {type: string}}}}";
    assert_eq!(found("{200: {}}", "{201: {}}"), "POST /a/{id}, answer: status 200 -> status 201 (Replaced)");
    assert_eq!(found("{200: {}}", "{2xx: {}}"), "POST /a/{id}, answer: status 200 -> status 2XX (Replaced)");
    assert_eq!(found("{200: {}}", "{default: {}}"), "POST /a/{id}, answer: status 200 -> status default (Replaced)");
    assert_eq!(found("{200: {}}", "{200: {}, default: {}, 404: {}}"), "");
    let both = format!("{{200: {{}}, 202: {text}}}");
    assert_eq!(found("{200: {}}", &both), "POST /a/{id}, answer: status 200 -> status 200 or 202 (Widened)");
    let number = both.replace("string", "integer");
    assert_eq!(found(&both, &number), "POST /a/{id}, answer 202: string -> integer (Replaced)");
    assert_eq!(found("{}", "{200: {}}"), "POST /a/{id}, answer: no success -> status 200 (Added { required: false })");
}

#[test]
fn changes_of_authentication_are_differences() {
    let with = |ways: &str| {
        let schemes = "{key: {type: apiKey, in: header, name: Authorization}, jwt: {type: http, scheme: bearer}, own: {type: apiKey, in: cookie, name: c}}";
        super::read(&format!(
            "openapi: 3.0.3\ninfo: {}\nsecurity: [{{key: []}}]\ncomponents: {{securitySchemes: {schemes}}}\npaths: {{/a: {{get: {{{ways}}}}}}}", "{}"
        ))
        .unwrap()
    };
    let found = |one: &str, other: &str| differences(&with(one), &with(other)).join("; ");
    assert_eq!(found("", "security: [{key: []}]"), "");
    assert_eq!(
        found("", "security: []"),
        "GET /a: authentication by header authorization -> no authentication (Widened)"
    );
    assert_eq!(
        found("", "security: [{key: []}, {jwt: [], own: []}]"),
        "GET /a: authentication by header authorization -> authentication by cookie c and http bearer or header authorization (Widened)"
    );
    assert_eq!(
        found("", "security: [{jwt: []}]"),
        "GET /a: authentication by header authorization -> authentication by http bearer (Replaced)"
    );
    assert_eq!(found("security: []", "security: [{}, {key: []}]"), "");
}

#[test]
fn names_of_numbers_in_an_enum_are_differences() {
    let named = |names: &str| format!("{{type: integer, enum: [1, 2], x-enum-varnames: [{names}]}}");
    assert_eq!(change(&named("Red, Blue"), &named("Red, Azure")), ": value 2 (Blue) -> value 2 (Azure) (Renamed)");
    let found = |one: &str, other: &str| differences(&answering("3.0.3", one, ""), &answering("3.0.3", other, ""));
    assert_eq!(
        found(&named("Red, Blue"), &named("Blue, Red")),
        [
            "GET /a, answer: value 1 (Red) -> value 1 (Blue) (Replaced)",
            "GET /a, answer: value 2 (Blue) -> value 2 (Red) (Replaced)"
        ]
    );
    assert_eq!(found(&named("Red, Blue"), &named("RED, blue")), [""; 0]);
    assert_eq!(found(&named("Red, Blue"), "{type: integer, enum: [1, 2]}"), [""; 0]);
}

#[test]
fn defaults_and_read_only_values_are_differences_in_requests() {
    let with = |schema: &str| {
        with_operation(&format!("{{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}"))
    };
    let found = |one: &str, other: &str| differences(&with(one), &with(other)).join("; ");
    let field = |rest: &str| format!("{{type: object, properties: {{x: {{type: integer{rest}}}}}}}");
    assert_eq!(found(&field(""), &field(", default: 5")), "POST /a/{id}, body.x: no default -> default 5 (Replaced)");
    assert_eq!(found(&field(""), &field(", readOnly: true")), "POST /a/{id}, body.x: writable -> read-only (Narrowed)");
    let deprecated = |flag: &str| with_operation(&format!("{{parameters: [{{in: query, name: q{flag}}}]}}"));
    assert_eq!(
        differences(&deprecated(""), &deprecated(", deprecated: true")),
        ["POST /a/{id}, query q: not deprecated -> deprecated (Narrowed)"]
    );
}

#[test]
fn added_removed_and_deprecated_operations_are_differences() {
    let (none, one) = (super::read("openapi: 3.0.3\ninfo: {}\npaths: {}").unwrap(), with_operation("{}"));
    assert_eq!(differences(&none, &one), ["POST /a/{id}: absent -> present (Added { required: false })"]);
    assert_eq!(differences(&one, &none), ["POST /a/{id}: present -> absent (Removed)"]);
    assert_eq!(
        differences(&one, &with_operation("{deprecated: true}")),
        ["POST /a/{id}: not deprecated -> deprecated (Narrowed)"]
    );
}

#[test]
fn named_schema_is_reported_once_and_other_schemas_at_their_uses() {
    let schema = "{type: object, properties: {a: {$ref: '#/components/schemas/P'}, b: {$ref: '#/components/schemas/P'}, c: {$ref: '#/components/schemas/P'}}}";
    let person = "{type: object, properties: {id: {type: integer}, name: {type: string}}}";
    let old = answering("3.0.3", schema, &format!("P: {person}"));
    let changed = "Q: {type: object, properties: {id: {type: string}, name: {type: string}}}, R: {type: object, properties: {id: {type: string}}}";
    let new = schema.replace("schemas/P", "schemas/Q").replacen("schemas/Q", "schemas/R", 1);
    let found = differences(&old, &answering("3.0.3", &new, changed));
    assert_eq!(
        found,
        ["GET /a, answer.a.name: optional string -> absent (Removed)", "P.id: integer -> string (Replaced)"]
    );
}
