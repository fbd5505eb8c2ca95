//! Logging in and out, and the choice of credentials.

use std::fs;

use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn commands_without_credentials_send_nothing() {
    let world = World::new().await;
    let list = ["rooms", "list"];
    world.without_login(&list).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    world.without_login(&list).env("DOCSPACE_URL", world.mock.url()).assert().code(4).stdout_eq("").stderr_eq(str![[
        r#"
error: DOCSPACE_URL is set, but DOCSPACE_API_KEY is not
hint: set DOCSPACE_API_KEY too, or unset DOCSPACE_URL to use the stored login

"#
    ]]);
    world.without_login(&list).env("DOCSPACE_API_KEY", "sk-1").assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: DOCSPACE_API_KEY is set, but DOCSPACE_URL is not
hint: set DOCSPACE_URL too, or unset DOCSPACE_API_KEY to use the stored login

"#]]);
    world.without_login(&["auth", "status"]).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    world.without_login(&["tour", "--live"]).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_addresses_and_keys_are_rejected_before_any_call() {
    let world = World::new().await;
    let with = |url: &str, key: &str| {
        world.without_login(&["rooms", "list"]).env("DOCSPACE_URL", url).env("DOCSPACE_API_KEY", key).assert().code(2)
    };
    with("acme.onlyoffice.com", "sk-1").stderr_eq(str![[r#"
error: `acme.onlyoffice.com` is not the address of a portal: relative URL without a base
hint: write it like https://acme.onlyoffice.com

"#]]);
    with("sk-1234", "sk-1").stderr_eq(str![[r#"
error: the given text is not the address of a portal: relative URL without a base
hint: write it like https://acme.onlyoffice.com

"#]]);
    with("https://ann:secret@acme.com", "sk-1").stderr_eq(str![[r#"
error: the address contains a user name or password
hint: pass credentials separately

"#]]);
    with(&world.mock.url(), "hunter2").stderr_eq(str![[r#"
error: the API key does not start with `sk-`
hint: copy the whole key

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn api_key_is_checked_stored_used_and_removed() {
    let world = World::new().await;
    let (url, key) = (world.mock.url(), world.mock.owner_key());
    let login =
        world.without_login(&["auth", "login", &url, "--with-key"]).stdin(format!("{key}\n")).assert().success();
    assert!(stderr(&login).starts_with(&format!("logged in to {url} as Administrator\n")), "{}", stderr(&login));
    assert!(!stderr(&login).contains(&key));
    world
        .without_login(&["auth", "status"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
portal	[URL]/
portalName	127.0.0.1:[..]
name	Administrator
email	owner@example.com
role	owner
credential	API key
source	stored login
storedIn	[..]login.json
notAllowed	

"#]])
        .stderr_eq("");
    world.without_login(&["rooms", "list"]).assert().success().stdout_eq("").stderr_eq("");
    world.without_login(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
removed the stored login to [URL]/

"#]]);
    world.without_login(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
there is no stored login

"#]]);
    world.without_login(&["rooms", "list"]).assert().code(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn password_is_exchanged_for_a_session_token() {
    let world = World::new().await;
    let (url, email, password) = (world.mock.url(), world.mock.email("ann"), world.mock.password("ann"));
    let login = ["auth", "login", &url, "--email", &email, "--password-stdin"];
    world.without_login(&login).stdin(password.clone()).assert().success();
    let stored = fs::read_to_string(world.config.path().join("login.json")).expect("a login");
    assert!(!stored.contains(&password), "the password is stored");
    let status = world.without_login(&["auth", "status", "--json", "name,role,credential,source"]);
    status
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"name":"Ann Tester","role":"room administrator","credential":"session token","source":"stored login"}

"#]])
        .stderr_eq("");
    world.without_login(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
removed the stored login to [URL]/
the session token still works until it expires; to revoke it now, end the session in your profile on the portal

"#]]);
    world.without_login(&login).stdin("wrong").assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot log in as ann@example.com: the portal does not accept the credentials (401): User authentication failed
hint: check the e-mail address and the password; see `docspace explain credentials/failures`

"#]]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn stored_login_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    world.without_login(&["auth", "login", &world.mock.url()]).stdin(world.mock.owner_key()).assert().success();
    let metadata = fs::metadata(world.config.path().join("login.json")).expect("a login");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_api_key_is_not_stored() {
    let world = World::new().await;
    let login = world.without_login(&["auth", "login", &world.mock.url(), "--with-key"]).stdin("sk-wrong");
    login.assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot read your profile: the portal does not accept the credentials (401)
hint: check the API key, or sign in again; see `docspace explain credentials/when-the-portal-refuses-a-credential`

"#]]);
    let login = world.without_login(&["auth", "login", &world.mock.url(), "--with-key"]).stdin("");
    login.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no API key on standard input
hint: redirect a file that contains it, for example with `< FILE`

"#]]);
    let login = world.without_login(&["auth", "login", "--with-key"]).stdin("sk-1");
    login.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the portal address is missing
hint: pass it as in `docspace auth login https://acme.onlyoffice.com`, or set DOCSPACE_URL

"#]]);
    assert!(!world.config.path().join("login.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn api_key_without_the_profile_scope_is_accepted() {
    let world = World::new().await;
    let key = world.key_with_scopes(&["rooms:write"]);
    let login = world.without_login(&["auth", "login", &world.mock.url(), "--with-key"]).stdin(key).assert().success();
    assert!(stderr(&login).contains("the API key needs the scope accounts.self:read"), "{}", stderr(&login));
    world
        .without_login(&["auth", "status"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
portal	[URL]/
portalName	127.0.0.1:[..]
name	
email	
role	
credential	API key
source	stored login
storedIn	[..]login.json
notAllowed	[..]

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn environment_variables_take_precedence_over_the_stored_login() {
    let world = World::new().await;
    world.without_login(&["auth", "login", &world.mock.url()]).stdin(world.mock.key("ann")).assert().success();
    let status = ["auth", "status", "--json", "role,source", "--jq", "\"\\(.role), \\(.source)\""];
    assert_eq!(stdout(&world.without_login(&status).assert().success()), "room administrator, stored login\n");
    assert_eq!(stdout(&world.owner(&status).assert().success()), "owner, environment\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_login_is_reported_without_its_content() {
    let world = World::new().await;
    // The file that the command creates is private.
    world.without_login(&["auth", "login", &world.mock.url()]).stdin(world.mock.owner_key()).assert().success();
    fs::write(world.config.path().join("login.json"), "{\"url\":\"sk-hunter2").expect("a file");
    let ended = world.without_login(&["rooms", "list"]).assert().code(4);
    assert!(stderr(&ended).contains("is damaged") && !stderr(&ended).contains("hunter2"), "{}", stderr(&ended));
    world.without_login(&["auth", "logout"]).assert().success();
}

/// Uses the mock portal as the HTTP proxy, so that it receives the requests to other hosts.
fn with_mock_as_proxy(world: &World, command: snapbox::cmd::Command) -> snapbox::cmd::Command {
    command.env("HTTP_PROXY", world.mock.url()).env("http_proxy", world.mock.url()).env_remove("NO_PROXY")
}

/// A proxy on another computer could read credentials that are sent to this computer unencrypted.
#[tokio::test(flavor = "multi_thread")]
async fn unencrypted_credentials_for_this_computer_bypass_the_proxy() {
    let world = World::new().await;
    for portal in ["http://127.0.0.1:9", "http://localhost:9", "http://acme.localhost:9"] {
        let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", portal);
        let _ = with_mock_as_proxy(&world, list).assert();
        assert!(world.mock.requests().is_empty(), "{portal}: the proxy got the key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_not_sent_over_plain_http_by_default() {
    let world = World::new().await;
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", "http://docspace.internal/docs");
    with_mock_as_proxy(&world, list).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: http://docspace.internal is not encrypted: others on the network could read the credentials
hint: use an https:// address; on a network that you trust, add --allow-http or set DOCSPACE_ALLOW_HTTP=1

"#]]);
    for arguments in [
        &["auth", "login", "http://docspace.internal", "--with-key"][..],
        &["auth", "login", "http://docspace.internal", "--email", "ann@acme.com", "--password-stdin"],
    ] {
        let login = world.without_login(arguments).stdin("sk-hunter2");
        let ended = with_mock_as_proxy(&world, login).assert().code(2).stdout_eq("");
        assert!(stderr(&ended).contains("--allow-http") && !stderr(&ended).contains("hunter2"), "{}", stderr(&ended));
    }
    let unclear = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", "http://docspace.internal");
    with_mock_as_proxy(&world, unclear.env("DOCSPACE_ALLOW_HTTP", "0")).assert().code(2);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_works_if_it_is_allowed() {
    let world = World::new().await;
    let owner = |arguments: &[&str]| {
        with_mock_as_proxy(&world, world.owner(arguments).env("DOCSPACE_URL", "http://docspace.internal"))
    };
    owner(&["--allow-http", "rooms", "list"]).assert().success();
    owner(&["rooms", "list", "--allow-http"]).assert().success();
    for yes in ["1", "true"] {
        owner(&["rooms", "list"]).env("DOCSPACE_ALLOW_HTTP", yes).assert().success();
    }
    assert_eq!(world.mock.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn stored_login_keeps_the_permission_for_plain_http() {
    let world = World::new().await;
    let without_login = |arguments: &[&str]| with_mock_as_proxy(&world, world.without_login(arguments));
    let login = without_login(&["auth", "login", "http://docspace.internal", "--allow-http"]);
    login.stdin(world.mock.owner_key()).assert().success();
    without_login(&["rooms", "list"]).assert().success();
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn login_readable_or_writable_by_others_is_rejected() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    let login =
        || world.without_login(&["auth", "login", &world.mock.url()]).stdin(world.mock.owner_key()).assert().success();
    login();
    let file = world.config.path().join("login.json");
    let before = world.mock.requests().len();
    for (mode, reason) in [
        (0o644, "can be read by other users"),
        (0o640, "can be read by other users"),
        (0o666, "can be written by other users"),
        (0o622, "can be written by other users"),
    ] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("the mode is changed");
        let ended = world.without_login(&["rooms", "list"]).assert().code(4).stdout_eq("");
        let text = stderr(&ended);
        assert!(text.contains(reason) && text.contains(&format!("chmod 600 {}", file.display())), "{text}");
    }
    assert_eq!(world.mock.requests().len(), before, "a call was sent");
    login();
    world.without_login(&["rooms", "list"]).assert().success();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("the mode is changed");
    world.without_login(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
removed the stored login, which could not be read or was not private

"#]]);
    assert!(!file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_with_closed_standard_error() {
    let world = World::new().await;
    let closed = || std::io::pipe().expect("a pipe").1;
    let key = world.config.path().join("key");
    fs::write(&key, world.mock.owner_key()).expect("a file");
    let mut login = world.std_command(&["auth", "login", &world.mock.url(), "--with-key"]);
    login.stdin(fs::File::open(&key).expect("the file")).stderr(closed());
    assert_eq!(login.status().expect("the command starts").code(), Some(0));
    world.without_login(&["rooms", "list"]).assert().success();
    for (arguments, code) in [(&["auth", "logout"][..], 0), (&["rooms", "list"], 4), (&["rooms", "view", "0"], 2)] {
        assert_eq!(
            world.std_command(arguments).stderr(closed()).status().expect("the command starts").code(),
            Some(code)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn login_and_logout_say_which_variables_take_precedence() {
    let world = World::new().await;
    let with = |arguments: &[&str], url: &str, key: &str| {
        let command = world.without_login(arguments).env("DOCSPACE_URL", url).env("DOCSPACE_API_KEY", key);
        stderr(&command.stdin(world.mock.owner_key()).assert().success())
    };
    let url = world.mock.url();
    let login = ["auth", "login", "--with-key"];
    let text = with(&login, &url, "");
    assert!(text.contains("note: DOCSPACE_URL is set without DOCSPACE_API_KEY, so commands fail"), "{text}");
    let text = with(&login, &url, "sk-1");
    assert!(text.contains("note: DOCSPACE_URL and DOCSPACE_API_KEY are set, so commands use them"), "{text}");
    let text = with(&["auth", "login", &url, "--with-key"], "", "");
    assert!(!text.contains("note:"), "{text}");
    let text = with(&["auth", "logout"], &url, "sk-1");
    assert!(text.contains("so commands go on with that key"), "{text}");
    let text = with(&["auth", "logout"], "", "");
    assert!(!text.contains("note:"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn login_says_which_login_it_replaces() {
    let (world, other) = (World::new().await, World::new().await);
    let login = |to: &World| {
        let command = world.without_login(&["auth", "login", &to.mock.url(), "--with-key"]);
        stderr(&command.stdin(to.mock.owner_key()).assert().success())
    };
    assert!(!login(&world).contains("replaces"));
    let text = login(&world);
    assert!(text.contains(&format!("it replaces the login to {}\n", world.mock.url())), "{text}");
    let text = login(&other);
    assert!(!text.contains("replaces") && text.contains("commands now use"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn state_that_cannot_be_saved_stops_the_mock_portal_at_its_start() {
    let world = World::new().await;
    let file = world.config.path().join("missing").join("state.json");
    let mock = ["mock", "--port", "0", "--state", file.to_str().expect("text")];
    let ended = world.without_login(&mock).assert().code(1).stdout_eq("");
    assert!(stderr(&ended).starts_with("error: the state cannot be saved in "), "{}", stderr(&ended));
}
