//! The program: its output, its state file and its end.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// Starts the program on a free port. Returns what it printed.
fn start(state: &Path) -> (Child, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docspace-mock"));
    command.args(["--port", "0", "--json", "--state"]).arg(state);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    (child, serde_json::from_str(&line).expect("JSON"))
}

fn stop(mut child: Child) {
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(sent.expect("kill is installed").success());
    assert!(child.wait().expect("the program ends").success());
}

/// Calls the portal as the first person, who is the owner.
async fn call(printed: &Value, method: reqwest::Method, body: Value) -> Value {
    let url = format!("{}/api/2.0/files/rooms", printed["url"].as_str().expect("an address"));
    let key = printed["people"][0]["key"].as_str().expect("a key");
    let sent = reqwest::Client::new().request(method, url).bearer_auth(key).json(&body).send().await;
    sent.expect("an answer").json().await.expect("JSON")
}

#[tokio::test]
async fn program_keeps_its_state_across_a_restart() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-state.json");
    // Removes the file of an earlier run, if it exists.
    let _ = std::fs::remove_file(&file);
    let (child, first) = start(&file);
    let room = call(&first, reqwest::Method::POST, json!({"title": "Kept", "roomType": "CustomRoom"})).await;
    assert_eq!(room["statusCode"], 200, "{room}");
    stop(child);
    let (child, second) = start(&file);
    assert_eq!(second["people"], first["people"], "the same people with the same keys");
    let rooms = call(&second, reqwest::Method::GET, json!({})).await;
    assert_eq!(rooms["response"]["folders"][0]["title"], "Kept");
    stop(child);
    std::fs::write(&file, "[").expect("a file");
    let broken =
        Command::new(env!("CARGO_BIN_EXE_docspace-mock")).arg("--state").arg(&file).output().expect("the program ran");
    assert_eq!(broken.status.code(), Some(1));
    let message = String::from_utf8_lossy(&broken.stderr);
    assert!(message.contains("cannot read the state from") && message.contains("program-state.json"), "{message}");
}

#[tokio::test]
async fn program_reports_a_call_that_is_not_modeled_once() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-report.json");
    let _ = std::fs::remove_file(&file);
    let (mut child, printed) = start(&file);
    let errors = child.stderr.take().expect("a pipe");
    let key = printed["people"][0]["key"].as_str().expect("a key");
    for path in ["settings/storage", "settings/storage", "settings/machine", "files/rooms"] {
        let url = format!("{}/api/2.0/{path}", printed["url"].as_str().expect("an address"));
        reqwest::Client::new().get(url).bearer_auth(key).send().await.expect("an answer");
    }
    stop(child);
    let lines: Vec<String> = BufReader::new(errors).lines().map(|line| line.expect("a line")).collect();
    let reported = |path: &str| format!("docspace-mock does not model GET /api/2.0/{path} and answered 501");
    assert_eq!(lines, [reported("settings/storage"), reported("settings/machine")]);
}

#[test]
fn program_that_is_stopped_at_once_saves_its_state() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stopped-at-once.json");
    for _ in 0..20 {
        let _ = std::fs::remove_file(&file);
        let (child, _) = start(&file);
        stop(child);
        assert!(file.exists());
    }
}
