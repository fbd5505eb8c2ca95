//! Tests of the commands as a script uses them: exit codes, one-line errors, and nothing
//! overwritten after an error.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn kept(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../crates/openapi-compare/tests/published/{version}.json"))
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

fn drift(new: &Path, old: &Path) -> (Option<i32>, String) {
    let output = xtask(&["drift", new.to_str().unwrap(), "--against", old.to_str().unwrap()]);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn drift_exit_codes_distinguish_no_change_additions_and_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let old = kept("3.7.0");
    assert_eq!(drift(&old, &old).0, Some(0));
    assert_eq!(drift(&old, &kept("3.6.0")).0, Some(5));
    let mut more: Value = serde_json::from_slice(&std::fs::read(&old).unwrap()).unwrap();
    let parameters = &mut more["paths"]["/api/2.0/files/rooms"]["get"]["parameters"];
    parameters.as_array_mut().unwrap().push(json!({"in": "query", "name": "new", "schema": {"type": "string"}}));
    let path = folder.path().join("more.json");
    std::fs::write(&path, more.to_string()).unwrap();
    let (code, text) = drift(&path, &old);
    assert_eq!(code, Some(4));
    assert!(text.contains("- `GET /api/2.0/files/rooms, query new`: new parameter, optional string\n"), "{text}");
    assert_eq!(drift(&old, &path).0, Some(5));
}

#[test]
fn operations_out_of_scope_do_not_count_as_drift() {
    let mut large: Value = serde_json::from_slice(&std::fs::read(kept("3.7.0")).unwrap()).unwrap();
    for number in 0..10_000 {
        let name = format!("Unrelated{number}");
        let answer =
            json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}});
        let operation = json!({"tags": ["Unrelated"], "summary": "Prose. ".repeat(20), "responses": {"200": answer}});
        large["paths"][format!("/api/2.0/unrelated/{number}")] = json!({"get": operation});
        let next = format!("#/components/schemas/Unrelated{}", (number + 1) % 10_000);
        large["components"]["schemas"][name] =
            json!({"type": "object", "description": "Prose. ".repeat(20), "properties": {"next": {"$ref": next}}});
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    std::fs::write(&path, large.to_string()).unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 4_000_000);
    let (code, text) = drift(&path, &kept("3.7.0"));
    assert_eq!((code, text.lines().last()), (Some(0), Some("Nothing changed for us.")));
}

#[test]
fn invalid_document_fails_with_one_line_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/upstream.json");
    let before = std::fs::read(&upstream).unwrap();
    let whole = String::from_utf8(std::fs::read(kept("3.7.0")).unwrap()).unwrap();
    for (name, text, place) in [
        ("empty.yaml", String::new(), "empty"),
        ("words.yaml", "just words".into(), "line 1"),
        ("list.json", "[1, 2]".into(), "line 1"),
        ("other.yaml", "title: something".into(), "/openapi"),
        ("swagger.json", r#"{"swagger": "2.0", "info": {}, "paths": {}}"#.into(), "/swagger"),
        ("cut.json", whole[..whole.len() / 2].into(), "line"),
        ("cut.yaml", whole[..whole.len() / 3].into(), "line"),
        (
            "wrong-ref.json",
            whole.replacen("#/components/schemas/FolderType", "#/components/schemas/None", 1),
            "/components/schemas/",
        ),
        ("deep.json", "[".repeat(10_000_000), "line 1"),
        ("deep.yaml", format!("a: {}", "[".repeat(10_000_000)), "line 1"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        for command in ["import", "drift", "adopt"] {
            refused(&xtask(&[command, path.to_str().unwrap()]), name, place);
        }
    }
    refused(&xtask(&["drift", folder.path().to_str().unwrap()]), "", "directory");
    refused(&xtask(&["import", "none.json"]), "none.json", "No such file");
    assert_eq!(std::fs::read(&upstream).unwrap(), before);
}

#[test]
fn copied_checkout_uses_its_own_files() {
    let copy = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("Cargo.toml", "[workspace]\n"),
        ("xtask/Cargo.toml", "[package]\n"),
        ("openapi/docspace.yaml", "not the spec that this program was compiled beside"),
    ] {
        let path = copy.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("check").current_dir(copy.path());
        command
    };
    refused(
        &check().env("CARGO_MANIFEST_DIR", copy.path().join("xtask")).output().unwrap(),
        "docspace.yaml",
        "mapping",
    );
    refused(&check().env_remove("CARGO_MANIFEST_DIR").output().unwrap(), "docspace.yaml", "mapping");
}

fn refused(output: &Output, name: &str, place: &str) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(output.stdout.is_empty(), "{name}");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains(name) && message.contains(place), "{message}");
}
