//! `--debug`: it shows the requests, and no secret.

use docspace_mock::Fault;

use crate::support::{World, stderr, stdout};

const PASSWORD: &str = "Hunter2hunter2";

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_shown_without_secrets() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let mut shown = String::new();
    let mut run = |arguments: &[&str], input: &str| {
        let command = world.owner(&[&["--debug"], arguments].concat()).stdin(input);
        let ended = command.assert().success();
        shown += &stderr(&ended);
        stdout(&ended)
    };
    let create = ["links", "create", &room, "--access", "read", "--password-stdin", "--json", "url", "--jq", ".url"];
    let address = run(&create, PASSWORD);
    let link_key = address.trim().rsplit('/').next().expect("a key").to_owned();
    run(&["api", &format!("files/share/{link_key}")], "");
    run(&["api", &format!("files/rooms?count=5&key={link_key}&q={}", world.mock.owner_key())], "");
    let made = run(&["keys", "create", "nightly"], "");
    let (url, email) = (world.mock.url(), world.mock.email("ann"));
    run(&["auth", "login", &url, "--email", &email, "--password-stdin"], &world.mock.password("ann"));
    let token = stdout(&world.without_login(&["auth", "token"]).assert().success());
    run(&["--portal", url.trim_start_matches("http://"), "rooms", "list"], "");
    for secret in [
        PASSWORD,
        &link_key,
        made.trim(),
        token.trim(),
        &world.mock.owner_key(),
        &world.mock.password("ann"),
        &world.mock.token("ann"),
    ] {
        assert!(!secret.is_empty() && !shown.contains(secret), "{secret} is shown:\n{shown}");
    }
    for part in [
        format!("debug: POST {url}/api/2.0/authentication: 200 ("),
        format!("debug: GET {url}/api/2.0/files/share/…: 200 ("),
        format!("debug: GET {url}/api/2.0/files/rooms?count=5&key=…&q=…: 200 ("),
    ] {
        assert!(shown.contains(&part), "{part}:\n{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn retries_are_shown_and_the_output_is_the_same() {
    let world = World::new().await;
    world.room("Audit", "public");
    let plain = stdout(&world.owner(&["rooms", "list"]).assert().success().stderr_eq(""));
    world.mock.faults().next("GET /files/rooms", Fault::status(503));
    let ended = world.owner(&["rooms", "list"]).env("DOCSPACE_DEBUG", "1").assert().success();
    assert_eq!(stdout(&ended), plain);
    let text = stderr(&ended);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].contains("/api/2.0/files/rooms?") && lines[0].contains(": 503 ("), "{text}");
    assert!(lines[1].starts_with("debug: the call is sent again after ") && lines[1].ends_with(": 503"), "{text}");
    assert!(lines[2].contains(": 200 (attempt 2, "), "{text}");
    world.owner(&["rooms", "list"]).env("DOCSPACE_DEBUG", "0").assert().success().stderr_eq("");
}
