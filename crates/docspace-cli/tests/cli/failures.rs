//! Failures of calls: the message, the exit code, and the JSON form.

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn missing_room_exits_with_code_3() {
    let world = World::new().await;
    world.owner(&["rooms", "view", "4711"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: cannot get room [ROOM]: not found (404): The required folder was not found
hint: check the id and the portal's address; see `docspace explain errors/missing-room-ids`

"#]]);
    world.owner(&["rooms", "view", "4711", "--json", "id"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
{"kind":"not_found","status":404,"call":"get_room","message":"cannot get room [ROOM]: not found (404): The required folder was not found","advice":"check the id and the portal's address","topic":"errors/missing-room-ids"}

"#]]);
    world.owner(&["links", "list", "4711"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: cannot list the links in room [ROOM]: not found (404): Item not found
hint: check the id and the portal's address

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_key_exits_with_code_4() {
    let world = World::new().await;
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_API_KEY", "sk-wrong");
    list.assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot list rooms: the portal does not accept the credentials (401)
hint: check the API key, or sign in again; see `docspace explain credentials/when-the-portal-refuses-a-credential`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn room_without_access_exits_with_code_5() {
    let world = World::new().await;
    let id = world.room("Mine", "custom");
    world.as_person("ann", &["rooms", "view", &id, "--json", "id"]).assert().code(5).stdout_eq("").stderr_eq(str![[r#"
{"kind":"forbidden","status":403,"call":"get_room","message":"cannot get room [ROOM]: the portal does not allow it (403): You don't have enough permission to view the folder content","advice":"use an account that is allowed to do this, or a key with the required scopes","topic":"permissions"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn exceeded_quota_exits_with_code_6() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::status(402));
    let create = ["rooms", "create", "One too many", "--type", "custom"];
    world.owner(&create).assert().code(6).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `One too many`: a quota is used up (402)
hint: free some space, or raise the quota in the portal's settings; see `docspace explain tags-groups-logos-quotas/over-the-quota`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rate_limit_reports_when_to_retry() {
    let world = World::new().await;
    world.mock.faults().next("GET /files/rooms", Fault::status(429).header("Retry-After", "3600"));
    world.owner(&["rooms", "list", "--json", "id"]).assert().code(8).stdout_eq("").stderr_eq(str![[r#"
{"kind":"rate_limited","status":429,"call":"list_rooms","message":"cannot list rooms: too many calls (429)","retryAfter":3600,"advice":"try again in 3600 s","topic":"limits/the-answer-429"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn created_room_is_found_after_a_lost_answer() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset().executed());
    let create = ["rooms", "create", "Offer 7/2026: Acme & Co?", "--type", "custom", "--json", "title"];
    let ended = world.owner(&create).assert().success().stderr_eq("");
    assert_eq!(stdout(&ended), "{\"title\":\"Offer 7_2026_ Acme & Co_\"}\n");
    assert_eq!(world.write_count(), 1, "the room was created twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_creation_is_reported_as_unknown_outcome() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset());
    let create = ["rooms", "create", "Offer 7/2026: It's  two", "--type", "custom"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Offer 7/2026: It's  two`: the connection broke: [..]
unknown: whether the room “Offer 7/2026: It's  two” was created
hint: run `docspace rooms list --search 'It'/''s  two'` to check before you try again

"#]]);
    assert_eq!(world.write_count(), 1, "the room was created twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn web_page_of_a_proxy_is_reported_as_server_failure() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::html(502));
    let create = ["rooms", "create", "Audit", "--type", "custom"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Audit`: the portal failed (502): a web page instead of an API answer
unknown: whether the room “Audit” was created
hint: run `docspace rooms list --search Audit` to check before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn validation_errors_are_reported_for_each_field() {
    let world = World::new().await;
    let body =
        r#"{"response":{"title":"Wrong","status":400,"errors":{"Title":["too long"]}},"status":1,"statusCode":400}"#;
    world.mock.faults().next("POST /files/rooms", Fault::status(400).body(body));
    let create = ["rooms", "create", "Audit", "--type", "custom", "--json", "id"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
{"kind":"invalid","status":400,"call":"create_room","message":"cannot create room `Audit`: the portal does not accept the input (400): Wrong; Title: too long","details":{"Title":["too long"]},"advice":"change what the portal names; --debug shows the request"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_sequences_in_titles_are_not_printed() {
    let world = World::new().await;
    world.room_with_any_title("Audit \u{1b}[2J", 5);
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_FORCE_TTY", "80").env("NO_COLOR", "1").assert().success();
    assert!(!crate::support::stdout(&list).contains('\u{1b}'));
}

#[tokio::test(flavor = "multi_thread")]
async fn output_never_contains_the_key() {
    let world = World::new().await;
    for arguments in [&["rooms", "view", "4711"][..], &["auth", "status"], &["rooms", "list", "--json", "nosuch"]] {
        let ended = world.owner(arguments).assert();
        let all = stderr(&ended) + &crate::support::stdout(&ended);
        assert!(!all.contains(&world.mock.owner_key()), "{all}");
    }
}

/// A server that redirects the call has not created the room, so the outcome is known.
#[tokio::test(flavor = "multi_thread")]
async fn redirected_write_is_reported_as_not_executed_with_the_new_address() {
    let world = World::new().await;
    let create = ["rooms", "create", "Audit", "--type", "custom"];
    for status in [301, 302, 307, 308] {
        let location = "https://127.0.0.1:8443/docs/api/2.0/files/rooms";
        world.mock.faults().next("POST /files/rooms", Fault::status(status).header("Location", location));
        let ended = world.owner(&create).assert().code(1).stdout_eq("");
        let expected = format!(
            "error: cannot create room `Audit`: the address redirects to another address ({status})\n\
             hint: use https://127.0.0.1:8443/docs\n"
        );
        assert_eq!(stderr(&ended), expected);
    }
    let location = "https://evil.example/stolen?key=1";
    world.mock.faults().next("POST /files/rooms", Fault::status(307).header("Location", location));
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Audit`: the address redirects to another host, https://evil.example (307)
hint: ask the portal's operator for its address; the redirect was not followed

"#]]);
    // After a 303 the portal may have created the room, because the new address is that of the
    // result.
    world.mock.faults().next("POST /files/rooms", Fault::status(303).header("Location", location));
    assert!(stderr(&world.owner(&create).assert().code(1)).contains("unknown: whether the room “Audit” was created"));
}

/// The portal executed the first attempt and rejects the second one.
#[tokio::test(flavor = "multi_thread")]
async fn rejection_after_an_executed_attempt_is_reported_as_unknown_outcome() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    for status in [302, 401] {
        world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(502).executed());
        world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(status));
        let message = stderr(&world.owner(&["rooms", "archive", &id]).assert().failure());
        assert!(message.contains(&format!("unknown: whether room {id} is archived")), "{message}");
    }
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(401));
    let message = stderr(&world.owner(&["rooms", "archive", &id]).assert().failure());
    assert!(!message.contains("unknown:"), "{message}");
}

/// The variables for proxies, and the variable by which the HTTP client detects a CGI environment.
const PROXY_VARIABLES: [&str; 9] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// Lists the rooms with these proxy variables, without those of the outer environment.
fn list_rooms_with(world: &World, variables: &[(&str, &str)]) -> snapbox::cmd::OutputAssert {
    let list = world.owner(&["rooms", "list"]);
    let list = PROXY_VARIABLES.iter().fold(list, |command, name| command.env_remove(name));
    list.envs(variables.iter().copied()).assert()
}

#[tokio::test(flavor = "multi_thread")]
async fn star_in_no_proxy_disables_proxies_for_ip_addresses() {
    let world = World::new().await;
    let proxy = ("HTTP_PROXY", "http://ann:hunter2@127.0.0.1:9");
    for no_proxy in [("NO_PROXY", "*"), ("no_proxy", "*"), ("NO_PROXY", "localhost,*"), ("NO_PROXY", "127.0.0.0/8")] {
        list_rooms_with(&world, &[proxy, no_proxy]).success();
    }
    let allowed = ("DOCSPACE_ALLOW_HTTP", "1");
    for no_proxy in [("NO_PROXY", ""), ("NO_PROXY", "*.acme.com")] {
        list_rooms_with(&world, &[proxy, allowed, no_proxy, ("no_proxy", "*")]).failure();
    }
    list_rooms_with(&world, &[]).success();
}

#[tokio::test(flavor = "multi_thread")]
async fn unreachable_proxy_is_reported_without_its_password() {
    let world = World::new().await;
    let ended =
        list_rooms_with(&world, &[("HTTP_PROXY", "http://ann:hunter2@127.0.0.1:9"), ("DOCSPACE_ALLOW_HTTP", "1")]);
    ended.code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot list rooms: the proxy cannot be reached: 127.0.0.1:9 refuses the connection: Connection refused (os error [..])
hint: check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or bypass the proxy with NO_PROXY; nothing was sent

"#]]);
}

/// A title that tries to control the terminal, reorder a line and forge a line.
const EVIL: &str = "evil\u{1b}]0;pwned\u{7}\u{1b}[2J\nFORGED \u{202e}rtl\u{2028}\u{9b}31m\u{7f}";

/// Checks that a text contains no characters that control a terminal, and no forged line.
fn assert_harmless(text: &str) {
    assert!(!text.contains(|c: char| c != '\n' && c != '\t' && docspace::api::is_unprintable(c)), "{text:?}");
    assert!(!text.lines().any(|line| line.trim_start().starts_with("FORGED")), "{text:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_cannot_control_a_terminal_or_forge_a_line() {
    let world = World::new().await;
    let room = world.room_with_any_title(EVIL, 6);
    world.room_with_any_title(EVIL, 5);
    let link = serde_json::json!({"linkType": 1, "access": 2, "title": EVIL});
    for _ in 0..6 {
        world.call("PUT", &format!("files/rooms/{room}/links"), &link);
    }
    for arguments in [
        &["rooms", "list"][..],
        &["rooms", "view", &room],
        &["links", "list", &room],
        &["links", "create", &room, "--access", "read"],
        &["rooms", "edit", &room, "--title", EVIL, "--add-tag", EVIL],
        &["rooms", "archive", &room],
        &["templates", "create", &room, EVIL],
        &["rooms", "list", "--json", EVIL],
        &["rooms", "list", "--json", "id", "--jq", EVIL],
        &["rooms", "view", EVIL],
        &["rooms", "list", &format!("--type={EVIL}")],
        &["rooms", "list", "--json", "title", "--jq", "error(.[0].title)"],
    ] {
        for columns in ["", "80"] {
            let ended = world.owner(arguments).env("DOCSPACE_FORCE_TTY", columns).env("NO_COLOR", "1").assert();
            let all = stderr(&ended) + &crate::support::stdout(&ended);
            assert!(all.contains("evil"), "{arguments:?}: {all}");
            assert_harmless(&all);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_escaped_on_a_terminal_and_exact_in_a_pipe() {
    let world = World::new().await;
    let room = world.room_with_any_title(EVIL, 5);
    let request = docspace_mock::Request::new("GET", &format!("/api/2.0/files/rooms/{room}"))
        .header("Authorization", &format!("Bearer {}", world.mock.owner_key()));
    let stored = world.mock.portal(|portal| portal.handle(&request)).json().expect("a room");
    let stored = stored["response"]["title"].as_str().expect("a title").to_owned();
    let view = |more: &[&str], columns: &str| {
        let arguments = [&["rooms", "view", &room, "--json", "title"], more].concat();
        let view = world.owner(&arguments).env("DOCSPACE_FORCE_TTY", columns).env("NO_COLOR", "1");
        crate::support::stdout(&view.assert().success())
    };
    for columns in ["", "80"] {
        let json: serde_json::Value = serde_json::from_str(&view(&[], columns)).expect("JSON");
        assert_eq!(json["title"], stored, "the value of the JSON differs");
    }
    assert_harmless(&view(&[], "80"));
    assert_eq!(view(&["--jq", ".title"], ""), format!("{stored}\n"), "the output in a pipe is not exact");
    assert_eq!(view(&["--jq", ".title"], "80"), format!("{}\n", docspace::printable(&stored)));
    assert_eq!(
        view(&["--jq", "\"a\\tb\\n\" + .title[:4]"], "80"),
        "a\tb\nevil\n",
        "line breaks of the expression are lost"
    );
    assert_harmless(&view(&["--jq", ".title | explode, tojson, @json, ([27] | implode)"], "80"));
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_jq_recursion_is_an_error() {
    let world = World::new().await;
    let list = ["rooms", "list", "--json", "id", "--jq", "1, (def f: 1+f; f)"];
    world.owner(&list).assert().code(1).stdout_eq("1\n").stderr_eq(str![[r#"
{"kind":"failed","status":null,"call":null,"message":"the jq expression failed: the recursion is too deep","advice":"run the command without --jq to see the JSON that the expression filters"}

"#]]);
}
