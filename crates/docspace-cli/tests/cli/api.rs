//! The `docspace api` command.

use std::io::Write;
use std::process::Stdio;

use docspace_mock::{Fault, MockPortal};
use serde_json::{Value, json};
use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn answer_is_printed_as_the_portal_sent_it() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let plain = format!("files/rooms/{room}");
    let body = stdout(&world.owner(&["api", &plain]).assert().success().stderr_eq(""));
    let answer: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((&answer["response"]["title"], &answer["statusCode"]), (&json!("Audit"), &json!(200)));
    for path in [format!("/api/2.0/{plain}"), format!("{}/api/2.0/{plain}", world.mock.url())] {
        assert_eq!(stdout(&world.owner(&["api", "get", &path]).assert().success()), body, "{path}");
    }
    let terminal = world.owner(&["api", &plain]).env("DOCSPACE_FORCE_TTY", "80").env("NO_COLOR", "1");
    assert!(stdout(&terminal.assert().success()).contains("\n    \"title\": \"Audit\""));
    let title = world.owner(&["api", &plain, "-q", ".response.title"]).assert().success();
    assert_eq!(stdout(&title), "Audit\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_become_the_body_or_the_query() {
    let world = World::new().await;
    let create = ["api", "files/rooms", "-f", "title=Audit", "-F", "roomType=5", "-f", "tags[]=a", "-f", "tags[]=b"];
    world.owner(&[&create[..], &["--jq", ".response.title"]].concat()).assert().success().stdout_eq("Audit\n");
    let sent = world.mock.requests().pop().expect("a request");
    assert_eq!((&*sent.method, sent.header("content-type")), ("POST", Some("application/json")));
    assert_eq!(sent.json(), Some(json!({"title": "Audit", "roomType": 5, "tags": ["a", "b"]})));

    let list = ["api", "GET", "files/rooms", "-f", "filterValue=a&b", "-F", "count=7", "-H", "Accept-Language: de"];
    world.owner(&list).assert().success();
    let sent = world.mock.requests().pop().expect("a request");
    assert_eq!((sent.query.as_str(), &*sent.body), ("filterValue=a%26b&count=7", ""));
    assert_eq!(sent.header("accept-language"), Some("de"));
}

#[tokio::test(flavor = "multi_thread")]
async fn body_is_read_from_a_file_or_standard_input() {
    let world = World::new().await;
    let file = world.config.path().join("tag.json");
    std::fs::write(&file, "{\"name\": \"audit\"}").expect("a file");
    let file = file.to_str().expect("a path");
    world.owner(&["api", "files/tags", "--input", file]).assert().success();
    assert_eq!(&*world.mock.requests().pop().expect("a request").body, "{\"name\": \"audit\"}");
    world.owner(&["api", "files/tags", "-F", &format!("name=@{file}")]).assert().success();

    let mut command = world.std_command_as_owner(&["api", "files/tags", "--input", "-", "--jq", ".response"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    child.stdin.take().expect("a pipe").write_all(b"{\"name\": \"open\"}").expect("the command reads");
    let ended = child.wait_with_output().expect("the command ends");
    assert_eq!(String::from_utf8(ended.stdout).expect("text"), "open\n");

    let ended = world.owner(&["api", "files/tags", "--input", "missing.json"]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).starts_with("error: cannot read missing.json: "), "{}", stderr(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_of_a_list_are_read() {
    let world = World::new().await;
    for title in ["One", "Two", "Three", "Four", "Five"] {
        world.room(title, "custom");
    }
    let titles = |arguments: &[&str]| {
        let list = [&["api", "--paginate", "--jq", ".response.folders[].title"], arguments].concat();
        let titles = stdout(&world.owner(&list).assert().success().stderr_eq(""));
        titles.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = world.mock.requests().len();
    assert_eq!(titles(&["files/rooms?count=2&sortBy=AZ"]), ["Five", "Four", "One", "Three", "Two"]);
    assert_eq!(world.mock.requests().len() - before, 3);
    assert_eq!(titles(&["files/rooms", "-f", "filterValue=Three"]), ["Three"]);
    let documents = world.owner(&["api", "people?count=1", "--paginate"]).assert().success();
    assert_eq!(stdout(&documents).lines().count(), 2, "one document for each page");
    let before = world.mock.requests().len();
    world.owner(&["api", "people/@self", "--paginate"]).assert().success();
    assert_eq!(world.mock.requests().len() - before, 1, "it is not a list");
    world.owner(&["api", "POST", "files/rooms", "--paginate"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: --paginate is only for GET, not for POST
hint: leave it out, or write GET before the path

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_decides_the_exit_code_and_the_body_is_printed() {
    let world = World::new().await;
    let ended =
        world.owner(&["api", "files/rooms/4711", "--jq", ".response.title"]).assert().code(3).stderr_eq(str![[r#"
error: GET files/rooms/4711: not found (404): The required folder was not found
hint: check the id and the portal's address

"#]]);
    let body: Value = serde_json::from_str(&stdout(&ended)).expect("JSON");
    assert_eq!(body["statusCode"], 404);
    for (status, code) in [(400, 1), (403, 5), (402, 6), (500, 1)] {
        world.mock.faults().next("GET /files/rooms", Fault::status(status));
        world.owner(&["api", "files/rooms"]).assert().code(code);
    }
    world.mock.faults().next("GET /files/rooms", Fault::html(404));
    world.owner(&["api", "files/rooms"]).assert().code(3).stdout_eq("");
    world.owner(&["api", "files/rooms"]).env("DOCSPACE_API_KEY", "sk-wrong").assert().code(4).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_change_is_reported_as_unknown_outcome_and_sent_once() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset());
    let create = ["api", "files/rooms", "-f", "title=Audit", "-F", "roomType=5"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: POST files/rooms: [..]the connection broke: [..]
unknown: whether the portal executed POST files/rooms
hint: run `docspace api files/rooms` to check before you try again

"#]]);
    assert_eq!(world.write_count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_headers_are_printed_on_request() {
    let world = World::new().await;
    let ended = world.owner(&["api", "people/@self", "-i"]).assert().success();
    let output = stdout(&ended);
    let (head, body) = output.split_once("\n\n").expect("an empty line");
    assert!(head.starts_with("HTTP/1.1 200 OK\n") && head.contains("\ncontent-type: application/json"), "{head}");
    assert!(body.starts_with('{'), "{body}");
    let ended = world.owner(&["api", "files/rooms/4711", "--include"]).assert().code(3);
    assert!(stdout(&ended).starts_with("HTTP/1.1 404 Not Found\n"), "{}", stdout(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_shows_the_call() {
    let world = World::new().await;
    world
        .owner(&["api", "PUT", "files/rooms/17", "-f", "title=Audit", "--dry-run"])
        .assert()
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
dry run: would send PUT [URL]/api/2.0/files/rooms/17 with the body {"title":"Audit"}

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn credential_is_sent_only_to_the_portal() {
    let world = World::new().await;
    let other = MockPortal::builder().start().await.expect("a free port");
    for path in [
        format!("{}/api/2.0/people/@self", other.url()),
        format!("//{}/api/2.0/people/@self", other.address()),
        "https://evil.example/api/2.0/people/@self".to_owned(),
        format!("{}/products/files", world.mock.url()),
        "../products/files".to_owned(),
        "files/%2e%2e/%2e%2e/products".to_owned(),
    ] {
        let ended = world.owner(&["api", &path]).assert().code(2).stdout_eq("");
        assert!(stderr(&ended).contains("\nhint: "), "{}", stderr(&ended));
    }
    world.owner(&["api", "people/@self", "-H", "Authorization: Bearer sk-0"]).assert().code(2).stdout_eq("");
    assert!(other.requests().is_empty() && world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn redirect_is_not_followed() {
    let world = World::new().await;
    let other = MockPortal::builder().start().await.expect("a free port");
    let location = format!("{}/api/2.0/people/@self", other.url());
    world.mock.faults().next("GET /people/@self", Fault::status(302).header("Location", &location));
    world.owner(&["api", "people/@self"]).assert().code(1);
    assert!(other.requests().is_empty());
}
