//! Several portals: their names, and which of them a command uses.

use std::fs;

use snapbox::str;

use crate::support::{World, stderr, stdout};

/// Two portals, whose logins are stored in the same directory: the first under the name of its
/// host, the second, which is the current one, as `test`.
async fn with_two() -> (World, World) {
    let (first, second) = (World::new().await, World::new().await);
    let login = |url: &str, key: String, more: &[&str]| {
        let login = [&["auth", "login", url, "--with-key"], more].concat();
        stderr(&first.without_login(&login).stdin(key).assert().success())
    };
    login(&first.mock.url(), first.mock.owner_key(), &[]);
    let text = login(&second.mock.url(), second.mock.key("ann"), &["--portal", "test"]);
    assert!(text.contains("as `test`\ncommands now use `test`; add --portal NAME"), "{text}");
    let text = login(&second.mock.url(), second.mock.owner_key(), &["--portal", "test"]);
    assert!(text.contains(&format!("it replaces the login to {}\n", second.mock.url())), "{text}");
    first.mock.clear_requests();
    second.mock.clear_requests();
    (first, second)
}

/// The name of the first portal.
fn host(world: &World) -> String {
    world.mock.url().trim_start_matches("http://").to_owned()
}

/// The number of requests to both portals since the last count.
fn requests(first: &World, second: &World) -> (usize, usize) {
    let counts = (first.mock.requests().len(), second.mock.requests().len());
    first.mock.clear_requests();
    second.mock.clear_requests();
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_use_the_current_portal_or_the_selected_one() {
    let (first, second) = with_two().await;
    let name = host(&first);
    let list = ["rooms", "list"];
    first.without_login(&list).assert().success();
    assert_eq!(requests(&first, &second), (0, 1), "the last login is the current one");
    first.without_login(&["rooms", "list", "--portal", &name]).assert().success();
    first.without_login(&list).env("DOCSPACE_PORTAL", &name).assert().success();
    // The flag is stronger than all variables.
    first.owner(&["--portal", "test", "rooms", "list"]).env("DOCSPACE_PORTAL", &name).assert().success();
    assert_eq!(requests(&first, &second), (2, 1));
    let text = stderr(&first.without_login(&["auth", "switch", &name]).assert().success());
    assert_eq!(text, format!("commands now use `{name}`, the portal at {}\n", first.mock.url()));
    first.without_login(&list).assert().success();
    assert_eq!(requests(&first, &second), (1, 0));
    for mistake in
        [&["auth", "switch", "nope"][..], &["rooms", "list", "--portal", "nope"], &["auth", "logout", "nope"]]
    {
        let text = stderr(&first.without_login(mistake).assert().code(4).stdout_eq(""));
        assert!(text.contains("name `nope`") && text.contains(&format!("the names are {name}, test")), "{text}");
    }
    first.without_login(&["auth", "switch"]).assert().code(2).stdout_eq("");
    let both = first.owner(&list).env("DOCSPACE_PORTAL", "test");
    both.assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: DOCSPACE_PORTAL is set together with a login in variables
hint: unset DOCSPACE_PORTAL, or unset DOCSPACE_URL and DOCSPACE_API_KEY, or select a stored login with --portal NAME

"#]]);
    assert_eq!(requests(&first, &second), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_listed_and_removed_by_name() {
    let (first, second) = with_two().await;
    let name = host(&first);
    let list = ["auth", "list", "--json", "portalName,portal,current,credential"];
    assert_eq!(
        stdout(&first.without_login(&list).assert().success().stderr_eq("")),
        format!(
            "[{{\"portalName\":\"{name}\",\"portal\":\"{}/\",\"current\":false,\"credential\":\"API key\"}},\
             {{\"portalName\":\"test\",\"portal\":\"{}/\",\"current\":true,\"credential\":\"API key\"}}]\n",
            first.mock.url(),
            second.mock.url()
        )
    );
    let token = |arguments: &[&str]| stdout(&first.without_login(arguments).assert().success().stderr_eq(""));
    assert_eq!(token(&["auth", "token"]), format!("{}\n", second.mock.owner_key()));
    assert_eq!(token(&["auth", "token", "--portal", &name]), format!("{}\n", first.mock.owner_key()));
    let text = stderr(&first.without_login(&["auth", "logout"]).assert().success());
    assert_eq!(text, format!("removed the stored login to {}/\ncommands now use `{name}`\n", second.mock.url()));
    first.without_login(&["auth", "logout", &name]).assert().success();
    assert!(!first.config.path().join("login.json").exists());
    first.without_login(&["auth", "list"]).assert().success().stdout_eq("").stderr_eq("");
    assert_eq!(requests(&first, &second), (0, 0));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn login_that_an_earlier_version_has_stored_is_used() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    let file = world.config.path().join("login.json");
    let (url, key) = (world.mock.url(), world.mock.owner_key());
    let old = format!(r#"{{"url":"{url}/","credential":{{"kind":"api-key","secret":"{key}"}},"saved":null}}"#);
    fs::write(&file, old).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("the mode is changed");
    let status = ["auth", "status", "--json", "portalName", "--jq", ".portalName"];
    assert_eq!(stdout(&world.without_login(&status).assert().success()), format!("{}\n", host(&world)));
    let login = ["auth", "login", &url, "--with-key"];
    let text = stderr(&world.without_login(&login).stdin(key).assert().success());
    assert!(text.contains(&format!("it replaces the login to {url}\n")), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn host_without_a_scheme_is_called_with_encryption() {
    let world = World::new().await;
    let address = format!("localhost:{}", world.mock.address().port());
    let login = world.without_login(&["auth", "login", &address, "--with-key"]).stdin(world.mock.owner_key());
    let text = stderr(&login.env("NO_PROXY", "*").assert().code(1).stdout_eq(""));
    assert!(text.contains(&address) && !text.contains("not the address"), "{text}");
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn name_of_a_portal_and_the_keyring_variable_are_checked() {
    let world = World::new().await;
    let login = |name: &str| world.without_login(&["auth", "login", &world.mock.url(), "--portal", name]).stdin("sk-1");
    let text = stderr(&login("sk-hunter2").assert().code(2).stdout_eq(""));
    assert!(text.contains("not a name for a portal") && !text.contains("hunter2"), "{text}");
    login("acme").env("DOCSPACE_KEYRING", "maybe").assert().code(2).stderr_eq(str![[r#"
error: DOCSPACE_KEYRING is `maybe`
hint: set it to on or off, or unset it

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn status_lists_the_commands_that_the_scopes_do_not_allow() {
    let world = World::new().await;
    let key = world.key_with_scopes(&["rooms:write", "files:read", "accounts:write"]);
    let status = ["auth", "status", "--json", "notAllowed", "--jq", ".notAllowed | join(\", \")"];
    let limited = world.without_login(&status).env("DOCSPACE_URL", world.mock.url()).env("DOCSPACE_API_KEY", &key);
    limited.assert().success().stdout_eq(str![[r#"
rooms logo, rooms owner, folders create, folders edit, folders copy, folders move, folders delete, files upload, files edit, files copy, files move, files delete, templates create, tags create, tags rename, tags delete, groups create, groups edit, groups delete, people groups list, people groups view, people groups delete, keys list, keys create, keys edit, keys rotate, keys delete, keys scopes, webhooks, audit events, audit logins, apply, operations cancel

"#]]);
    let status = ["auth", "status", "--json", "notAllowed", "--jq", ".notAllowed"];
    world.owner(&status).assert().success().stdout_eq("null\n");
    // The list is right about commands that cannot be sent.
    let with_key = |arguments: &[&str]| {
        world.without_login(arguments).env("DOCSPACE_URL", world.mock.url()).env("DOCSPACE_API_KEY", &key).assert()
    };
    with_key(&["tags", "list"]).success();
    for not_allowed in [&["tags", "create", "audit"][..], &["people", "groups", "list"], &["keys", "list"]] {
        with_key(not_allowed).code(5).stdout_eq("");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn address_that_is_not_a_portal_is_reported_before_the_questions() {
    let world = World::new().await;
    let page = format!("{}/rooms/shared", world.mock.url());
    let (shown, code) = crate::terminal::end(crate::terminal::start(&world, &["auth", "login", &page]));
    assert!(shown.contains("it must not be that of a page") && code == 3, "{shown}");
    assert!(!shown.contains("How do you want"), "{shown}");
}
