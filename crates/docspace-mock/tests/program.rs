//! The program: what it says, what it keeps, how it ends.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// The program on a free port, and what it says of itself.
fn start(state: &Path) -> (Child, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docspace-mock"));
    command.args(["--port", "0", "--json", "--state"]).arg(state);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    (child, serde_json::from_str(&line).expect("JSON"))
}

fn stop(mut child: Child) {
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(sent.expect("kill is there").success());
    assert!(child.wait().expect("it ends").success());
}

/// A call as the first of the people, the owner.
async fn call(told: &Value, method: reqwest::Method, body: Value) -> Value {
    let url = format!("{}/api/2.0/files/rooms", told["url"].as_str().expect("an address"));
    let key = told["people"][0]["key"].as_str().expect("a key");
    let sent = reqwest::Client::new().request(method, url).bearer_auth(key).json(&body).send().await;
    sent.expect("an answer").json().await.expect("JSON")
}

#[tokio::test]
async fn it_stops_gracefully_and_goes_on_from_its_state() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-state.json");
    // The file of an earlier run, if there was one.
    let _ = std::fs::remove_file(&file);
    let (child, first) = start(&file);
    let room = call(&first, reqwest::Method::POST, json!({"title": "Kept", "roomType": 5})).await;
    assert_eq!(room["statusCode"], 200, "{room}");
    stop(child);
    let (child, second) = start(&file);
    assert_eq!(second["people"], first["people"], "the same people with the same keys");
    let rooms = call(&second, reqwest::Method::GET, json!({})).await;
    assert_eq!(rooms["response"]["folders"][0]["title"], "Kept");
    stop(child);
    std::fs::write(&file, "[").expect("a file");
    let broken = Command::new(env!("CARGO_BIN_EXE_docspace-mock")).arg("--state").arg(&file).output().expect("it ran");
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("program-state.json holds no state"));
}
