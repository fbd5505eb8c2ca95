//! Tests of invalid texts and of `$ref`s.

use super::{Document, Place, Versions};
use crate::error::Result;

fn parse(name: &str, text: &str) -> Result<Document> {
    let document = Document::parse(name, text, Versions::V3_0And3_1)?;
    document.check_references()?;
    Ok(document)
}

fn refusal(name: &str, text: &str) -> String {
    let started = std::time::Instant::now();
    let message = format!("{}", parse(name, text).expect_err("the text was accepted"));
    assert!(message.starts_with(name) && !message.contains('\n'), "{message}");
    assert!(started.elapsed().as_secs() < 5, "{message}");
    message
}

#[test]
fn invalid_text_fails_with_one_line_and_a_place() {
    for (text, expected) in [
        ("", "empty"),
        (" \n", "empty"),
        ("just words", "line 1"),
        ("a: [1, 2", "line 2"),
        ("a: b: c", "line 1"),
        ("a: 1\na: 2", "duplicate"),
        ("title: x", "/openapi"),
        ("{\"openapi\": \"3.0.3\",", "line 2"),
        ("swagger: '2.0'\npaths: {}", "/swagger: Swagger \"2.0\""),
        ("openapi: 4.0.0", "/openapi"),
        ("openapi: 3", "/openapi"),
        ("openapi: 3.0", "/openapi: the version must be a text such as"),
        ("<!doctype html>", "line 1: HTML or XML"),
        ("openapi: 3.0.3\npaths: {}", "/info"),
        ("openapi: 3.0.3\ninfo: {}\npaths: []", "x.yaml:3: /paths"),
        ("openapi: 3.0.3\nopenapi: 3.0.3", "duplicate"),
        ("---\na: 1\n---\nb: 2\n", "more than one document"),
    ] {
        let message = refusal("x.yaml", text);
        assert!(message.contains(expected), "{text:?} gives {message}");
    }
    assert!(refusal("x.json", "{\"openapi\": ").contains("line 1 column"));
    assert!(refusal("x.json", "{\"a\": 1,\n\"a\": 2}").contains("the key \"a\" occurs twice in one mapping at line 2"));
}

#[test]
fn reference_without_a_target_is_reported_with_its_place() {
    let head = "openapi: 3.1.0\ninfo: {}\n";
    let message = refusal(
        "x.yaml",
        &format!("{head}paths: {{/a: {{get: {{x: 1, parameters: [{{$ref: '#/components/parameters/no'}}]}}}}}}"),
    );
    assert!(message.contains("GET /a, parameter 0") && message.contains("#/components/parameters/no"), "{message}");
    assert!(refusal("x.yaml", &format!("{head}paths: {{/a: {{$ref: 'other.yaml#/a'}}}}")).contains("other.yaml"));
    // A `$ref` in data is not followed.
    let data = format!("{head}paths: {{}}\ncomponents: {{schemas: {{A: {{example: {{$ref: nowhere}}}}}}}}");
    assert!(parse("x.yaml", &data).is_ok());
}

#[test]
fn references_may_be_percent_encoded_or_local_to_a_schema() {
    let text = "openapi: 3.1.0\ninfo: {}\npaths: {}\ncomponents: {schemas: {A: {$defs: {B: {type: string}}, items: {$ref: '#/$defs/B'}}}}";
    let document = parse("x.yaml", text).unwrap();
    let place = Place::of_ref("#/components/schemas/A/items").unwrap();
    assert_eq!(document.target(&place, "#/components/schemas/%41").unwrap().0.pointer(), "/components/schemas/A");
    assert_eq!(document.target(&place, "#/$defs/B").unwrap().0.pointer(), "/components/schemas/A/$defs/B");
}

#[test]
fn ten_megabytes_of_nesting_are_rejected_quickly() {
    let size = 10_000_000;
    for unit in ["[", "[\n", "{a: ", "- ", "a: [", "{\"a\":"] {
        refusal("x.yaml", &unit.repeat(size / unit.len()));
    }
    refusal("x.yaml", &format!("openapi: {}", "[".repeat(size)));
    refusal("x.json", &format!("{{\"openapi\": {}{}}}", "[".repeat(size / 2), "]".repeat(size / 2)));
}

#[test]
fn brackets_in_prose_do_not_count_as_nesting() {
    let text =
        format!("openapi: 3.0.3\ninfo: {{description: '{}'}}\npaths: {{}}", "see [x](y) or a[i] ".repeat(10_000));
    assert!(parse("x.yaml", &text).is_ok());
}

#[test]
fn only_requested_versions_are_accepted() {
    let parse = |version: &str, versions| {
        let text = format!("info: {}\nopenapi: {version}\npaths: {}", "{}", "{}");
        Document::parse("x.yaml", text, versions).map(|_| ()).map_err(|error| error.to_string())
    };
    for (version, only_30, both) in
        [("3.0.3", true, true), ("'3.0'", false, true), ("3.1.0", false, true), ("3.2.0", false, false)]
    {
        assert_eq!(parse(version, Versions::V3_0).is_ok(), only_30, "{version}");
        assert_eq!(parse(version, Versions::V3_0And3_1).is_ok(), both, "{version}");
    }
    let message = "x.yaml:2: /openapi: OpenAPI \"3.1.0\" is not supported; use 3.0.x";
    assert_eq!(parse("3.1.0", Versions::V3_0), Err(message.to_owned()));
}

#[test]
fn deep_nesting_is_reported_with_its_line() {
    assert!(
        refusal("x.yaml", &"{a: \n".repeat(100_000)).starts_with("x.yaml: line 501: nested more than 500 levels deep")
    );
    assert!(refusal("x.yaml", &"- ".repeat(10_000)).contains("nested more than"));
}

#[test]
fn circle_of_refs_is_an_error() {
    let text = "openapi: 3.0.3\ninfo: {}\npaths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/A'}}}";
    let document = parse("x.yaml", text).unwrap();
    let (place, value) = document.components("schemas").remove(0);
    assert!(document.resolve(place, value).unwrap_err().to_string().contains("circle"));
}

#[test]
fn missing_file_is_reported_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let error = Document::read(&folder.path().join("none.yaml"), "openapi/none.yaml", Versions::V3_0).err().unwrap();
    assert_eq!(error.to_string(), "openapi/none.yaml: cannot be read");
    assert!(std::error::Error::source(&error).is_some());
}
