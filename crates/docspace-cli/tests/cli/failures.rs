//! What the portal refuses: the message, the exit code, and the same as JSON.

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, said, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_room_is_not_found() {
    let world = World::new().await;
    world.owner(&["rooms", "view", "4711"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: cannot get room [ROOM]: not found (404): The required folder was not found
hint: check the id and the portal's address

"#]]);
    world.owner(&["rooms", "view", "4711", "--json", "id"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
{"kind":"not_found","status":404,"call":"get_room","message":"cannot get room [ROOM]: not found (404): The required folder was not found","advice":"check the id and the portal's address"}

"#]]);
    world.owner(&["links", "list", "4711"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: cannot list room links in room [ROOM]: not found (404): Item not found
hint: check the id and the portal's address

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_not_authenticated() {
    let world = World::new().await;
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_API_KEY", "sk-wrong");
    list.assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot list rooms: the portal does not accept the credentials (401)
hint: check the API key, or sign in again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_room_is_forbidden() {
    let world = World::new().await;
    let id = world.room("Mine", "custom");
    world.as_person("ann", &["rooms", "view", &id, "--json", "id"]).assert().code(5).stdout_eq("").stderr_eq(str![[r#"
{"kind":"forbidden","status":403,"call":"get_room","message":"cannot get room [ROOM]: the portal refuses (403): You don't have enough permission to view the folder content","advice":"use an account, or a key with the scopes, that may do this"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_quota_is_a_conflict() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::status(402));
    let create = ["rooms", "create", "One too many", "--type", "custom"];
    world.owner(&create).assert().code(6).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `One too many`: a quota is used up (402)
hint: free some space, or raise the quota in the portal's settings

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_say_when_to_come_back() {
    let world = World::new().await;
    world.mock.faults().next("GET /files/rooms", Fault::status(429).header("Retry-After", "3600"));
    world.owner(&["rooms", "list", "--json", "id"]).assert().code(8).stdout_eq("").stderr_eq(str![[r#"
{"kind":"rate_limited","status":429,"call":"list_rooms","message":"cannot list rooms: too many calls (429)","retryAfter":3600,"advice":"try again in 3600 s"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_found_when_the_answer_to_its_creation_is_lost() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset().executed());
    let create = ["rooms", "create", "Offer 7/2026: Acme & Co?", "--type", "custom", "--json", "title"];
    let ended = world.owner(&create).assert().success().stderr_eq("");
    assert_eq!(text(&ended), "{\"title\":\"Offer 7_2026_ Acme & Co_\"}\n");
    assert_eq!(world.writes(), 1, "it is never sent twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_creation_is_reported_as_not_known() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset());
    let create = ["rooms", "create", "Offer 7/2026: It's  two", "--type", "custom"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Offer 7/2026: It's  two`: the connection broke: [..]
not known: whether the room “Offer 7/2026: It's  two” was made
hint: look with `docspace rooms list --search 'It'/''s  two'` before you try again

"#]]);
    assert_eq!(world.writes(), 1, "it is never sent twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxys_page_is_a_failure_of_the_server() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::html(502));
    let create = ["rooms", "create", "Audit", "--type", "custom"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Audit`: the portal failed (502): a web page instead of an answer of the API
not known: whether the room “Audit” was made
hint: look with `docspace rooms list --search Audit` before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_finds_wrong_is_told_field_by_field() {
    let world = World::new().await;
    let body =
        r#"{"response":{"title":"Wrong","status":400,"errors":{"Title":["too long"]}},"status":1,"statusCode":400}"#;
    world.mock.faults().next("POST /files/rooms", Fault::status(400).body(body));
    let create = ["rooms", "create", "Audit", "--type", "custom", "--json", "id"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
{"kind":"invalid","status":400,"call":"create_room","message":"cannot create room `Audit`: the portal finds the request wrong (400): Wrong; Title: too long","details":{"Title":["too long"]},"advice":"correct the input"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_cannot_command_the_terminal() {
    let world = World::new().await;
    world.room("Audit \u{1b}[2J", "custom");
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_FORCE_TTY", "80").env("NO_COLOR", "1").assert().success();
    assert!(!crate::support::text(&list).contains('\u{1b}'));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_said_holds_the_key() {
    let world = World::new().await;
    for arguments in [&["rooms", "view", "4711"][..], &["auth", "status"], &["rooms", "list", "--json", "nosuch"]] {
        let ended = world.owner(arguments).assert();
        let all = said(&ended) + &crate::support::text(&ended);
        assert!(!all.contains(&world.mock.owner_key()), "{all}");
    }
}

/// A server that redirects the call did not create the room, so there is nothing to look for.
#[tokio::test(flavor = "multi_thread")]
async fn a_redirected_write_is_reported_as_not_done_and_names_the_address() {
    let world = World::new().await;
    let create = ["rooms", "create", "Audit", "--type", "custom"];
    for status in [301, 302, 307, 308] {
        let location = "https://127.0.0.1:8443/docs/api/2.0/files/rooms";
        world.mock.faults().next("POST /files/rooms", Fault::status(status).header("Location", location));
        let ended = world.owner(&create).assert().code(1).stdout_eq("");
        let expected = format!(
            "error: cannot create room `Audit`: the address leads elsewhere ({status})\n\
             hint: use https://127.0.0.1:8443/docs\n"
        );
        assert_eq!(said(&ended), expected);
    }
    let location = "https://evil.example/stolen?key=1";
    world.mock.faults().next("POST /files/rooms", Fault::status(307).header("Location", location));
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Audit`: the address leads to another host, https://evil.example (307)
hint: ask the portal's operator for its address; the redirect was not followed

"#]]);
    // After a 303 the portal may have created the room: the new address is where the result is.
    world.mock.faults().next("POST /files/rooms", Fault::status(303).header("Location", location));
    assert!(said(&world.owner(&create).assert().code(1)).contains("not known: whether the room “Audit” was made"));
}

/// The first attempt was executed; the second is refused because of that, or for another reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_after_an_attempt_that_may_have_been_executed_is_reported_as_not_known() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    for status in [302, 401] {
        world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(502).executed());
        world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(status));
        let message = said(&world.owner(&["rooms", "archive", &id]).assert().failure());
        assert!(message.contains(&format!("not known: whether room {id} is archived")), "{message}");
    }
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(401));
    let message = said(&world.owner(&["rooms", "archive", &id]).assert().failure());
    assert!(!message.contains("not known"), "{message}");
}

/// The variables that name proxies, and the one with which the HTTP client detects a CGI
/// environment.
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

/// Lists the rooms with these variables and none of the outer environment's.
fn list_rooms_with(world: &World, variables: &[(&str, &str)]) -> snapbox::cmd::OutputAssert {
    let list = world.owner(&["rooms", "list"]);
    let list = PROXY_VARIABLES.iter().fold(list, |command, name| command.env_remove(name));
    list.envs(variables.iter().copied()).assert()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_star_in_no_proxy_turns_proxies_off_for_ip_addresses() {
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
async fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
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

/// Checks that a text has nothing that controls a terminal, and no forged line.
fn harmless(text: &str) {
    assert!(!text.contains(|c: char| c != '\n' && c != '\t' && docspace::api::is_unprintable(c)), "{text:?}");
    assert!(!text.lines().any(|line| line.trim_start().starts_with("FORGED")), "{text:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_others_never_controls_a_terminal_or_forges_a_line() {
    let world = World::new().await;
    let room = world.room(EVIL, "public");
    world.room(EVIL, "custom");
    let evil_link = ["links", "create", &room, "--access", "read", "--title", EVIL];
    while world.owner(&evil_link).assert().get_output().status.success() {}
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
            let all = said(&ended) + &crate::support::text(&ended);
            assert!(all.contains("evil"), "{arguments:?}: {all}");
            harmless(&all);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_harmless_on_a_terminal_and_exact_in_a_pipe() {
    let world = World::new().await;
    let room = world.room(EVIL, "custom");
    let request = docspace_mock::Request::new("GET", &format!("/api/2.0/files/rooms/{room}"))
        .header("Authorization", &format!("Bearer {}", world.mock.owner_key()));
    let stored = world.mock.portal(|portal| portal.handle(&request)).json().expect("a room");
    let stored = stored["response"]["title"].as_str().expect("a title").to_owned();
    let view = |more: &[&str], columns: &str| {
        let arguments = [&["rooms", "view", &room, "--json", "title"], more].concat();
        let view = world.owner(&arguments).env("DOCSPACE_FORCE_TTY", columns).env("NO_COLOR", "1");
        crate::support::text(&view.assert().success())
    };
    for columns in ["", "80"] {
        let json: serde_json::Value = serde_json::from_str(&view(&[], columns)).expect("JSON");
        assert_eq!(json["title"], stored, "the JSON has the same value everywhere");
    }
    harmless(&view(&[], "80"));
    assert_eq!(view(&["--jq", ".title"], ""), format!("{stored}\n"), "a pipe gets every byte");
    assert_eq!(view(&["--jq", ".title"], "80"), format!("{}\n", docspace::printable(&stored)));
    assert_eq!(view(&["--jq", "\"a\\tb\\n\" + .title[:4]"], "80"), "a\tb\nevil\n", "its own lines stay");
    harmless(&view(&["--jq", ".title | explode, tojson, @json, ([27] | implode)"], "80"));
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_jq_recursion_is_an_error() {
    let world = World::new().await;
    let list = ["rooms", "list", "--json", "id", "--jq", "1, (def f: 1+f; f)"];
    world.owner(&list).assert().code(1).stdout_eq("1\n").stderr_eq(str![[r#"
{"kind":"failed","status":null,"call":null,"message":"the jq expression failed: the recursion is too deep","advice":""}

"#]]);
}
