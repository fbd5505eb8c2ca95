//! Logging in and out, and which credentials are used.

use std::fs;

use snapbox::str;

use crate::support::{World, said, text};

#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_nothing_is_sent() {
    let world = World::new().await;
    let list = ["rooms", "list"];
    world.anybody(&list).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    world.anybody(&list).env("DOCSPACE_URL", world.mock.url()).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: DOCSPACE_URL is set, but DOCSPACE_API_KEY is not
hint: set both, or neither to use the stored login

"#]]);
    world.anybody(&list).env("DOCSPACE_API_KEY", "sk-1").assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: DOCSPACE_API_KEY is set, but DOCSPACE_URL is not
hint: set both, or neither to use the stored login

"#]]);
    world.anybody(&["auth", "status"]).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    world.anybody(&["tour", "--live"]).assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: you are not logged in to a portal
hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_address_or_a_key_is_told() {
    let world = World::new().await;
    let with = |url: &str, key: &str| {
        world.anybody(&["rooms", "list"]).env("DOCSPACE_URL", url).env("DOCSPACE_API_KEY", key).assert().code(2)
    };
    with("acme.onlyoffice.com", "sk-1").stderr_eq(str![[r#"
error: `acme.onlyoffice.com` is no address of a portal: relative URL without a base
hint: write it like https://acme.onlyoffice.com

"#]]);
    with("sk-1234", "sk-1").stderr_eq(str![[r#"
error: `what was given` is no address of a portal: relative URL without a base
hint: write it like https://acme.onlyoffice.com

"#]]);
    with("https://ann:secret@acme.com", "sk-1").stderr_eq(str![[r#"
error: the address holds a user name or password
hint: pass credentials separately

"#]]);
    with(&world.mock.url(), "hunter2").stderr_eq(str![[r#"
error: the API key does not start with `sk-`
hint: copy the whole key

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_checked_kept_used_and_forgotten() {
    let world = World::new().await;
    let (url, key) = (world.mock.url(), world.mock.owner_key());
    let login = world.anybody(&["auth", "login", &url, "--with-key"]).stdin(format!("{key}\n")).assert().success();
    assert!(said(&login).starts_with(&format!("logged in to {url} as Administrator\n")), "{}", said(&login));
    assert!(!said(&login).contains(&key));
    world
        .anybody(&["auth", "status"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
portal	[URL]/
name	Administrator
email	owner@example.com
role	owner
credential	API key
source	stored login

"#]])
        .stderr_eq("");
    world.anybody(&["rooms", "list"]).assert().success().stdout_eq("").stderr_eq("");
    world.anybody(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
forgot the login to [URL]/

"#]]);
    world.anybody(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
there was no stored login

"#]]);
    world.anybody(&["rooms", "list"]).assert().code(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_exchanged_for_a_token() {
    let world = World::new().await;
    let (url, email, password) = (world.mock.url(), world.mock.email("ann"), world.mock.password("ann"));
    let login = ["auth", "login", &url, "--email", &email, "--password-stdin"];
    world.anybody(&login).stdin(password.clone()).assert().success();
    let kept = fs::read_to_string(world.config.path().join("login.json")).expect("a login");
    assert!(!kept.contains(&password), "the password is not kept");
    let status = world.anybody(&["auth", "status", "--json", "name,role,credential,source"]);
    status
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"name":"Ann Tester","role":"room administrator","credential":"session token","source":"stored login"}

"#]])
        .stderr_eq("");
    world.anybody(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
forgot the login to [URL]/
the portal accepts the session token until it expires; to end it earlier, end the session on the portal

"#]]);
    world.anybody(&login).stdin("wrong").assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot authenticate as ann@example.com: the portal does not accept the credentials (401): User authentication failed
hint: check the API key, or sign in again

"#]]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_read_the_login() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    world.anybody(&["auth", "login", &world.mock.url()]).stdin(world.mock.owner_key()).assert().success();
    let kept = fs::metadata(world.config.path().join("login.json")).expect("a login");
    assert_eq!(kept.permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_not_accepted_is_not_kept() {
    let world = World::new().await;
    let login = world.anybody(&["auth", "login", &world.mock.url(), "--with-key"]).stdin("sk-wrong");
    login.assert().code(4).stdout_eq("").stderr_eq(str![[r#"
error: cannot get self (the profile of the caller): the portal does not accept the credentials (401)
hint: check the API key, or sign in again

"#]]);
    let login = world.anybody(&["auth", "login", &world.mock.url(), "--with-key"]).stdin("");
    login.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no API key on standard input

"#]]);
    let login = world.anybody(&["auth", "login", "--with-key"]).stdin("sk-1");
    login.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the address of the portal is missing
hint: write it like `docspace auth login https://acme.onlyoffice.com`

"#]]);
    assert!(!world.config.path().join("login.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_without_the_scope_for_the_profile_is_good_all_the_same() {
    let world = World::new().await;
    let key = world.limited_key(&["rooms:write"]);
    let login = world.anybody(&["auth", "login", &world.mock.url(), "--with-key"]).stdin(key).assert().success();
    assert!(said(&login).contains("the key may not tell whose it is"), "{}", said(&login));
    world
        .anybody(&["auth", "status"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
portal	[URL]/
name	
email	
role	
credential	API key
source	stored login

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environment_goes_before_the_stored_login() {
    let world = World::new().await;
    world.anybody(&["auth", "login", &world.mock.url()]).stdin(world.mock.key("ann")).assert().success();
    let status = ["auth", "status", "--json", "role,source", "--jq", "\"\\(.role), \\(.source)\""];
    assert_eq!(text(&world.anybody(&status).assert().success()), "room administrator, stored login\n");
    assert_eq!(text(&world.owner(&status).assert().success()), "owner, environment\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_login_is_told_without_its_content() {
    let world = World::new().await;
    fs::write(world.config.path().join("login.json"), "{\"url\":\"sk-hunter2").expect("a file");
    let ended = world.anybody(&["rooms", "list"]).assert().code(4);
    assert!(said(&ended).contains("is damaged") && !said(&ended).contains("hunter2"), "{}", said(&ended));
    world.anybody(&["auth", "logout"]).assert().success();
}

/// Uses the mock portal as the proxy, so it receives everything that would be sent to another host.
fn through_the_mock(world: &World, command: snapbox::cmd::Command) -> snapbox::cmd::Command {
    command.env("HTTP_PROXY", world.mock.url()).env("http_proxy", world.mock.url()).env_remove("NO_PROXY")
}

/// What goes to this computer by way of a proxy elsewhere can be read on the way.
#[tokio::test(flavor = "multi_thread")]
async fn credentials_for_this_computer_go_to_no_proxy_unencrypted() {
    let world = World::new().await;
    for portal in ["http://127.0.0.1:9", "http://localhost:9", "http://acme.localhost:9"] {
        let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", portal);
        let _ = through_the_mock(&world, list).assert();
        assert!(world.mock.requests().is_empty(), "{portal}: the proxy got the key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_not_sent_over_plain_http() {
    let world = World::new().await;
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", "http://docspace.internal/docs");
    through_the_mock(&world, list).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: http://docspace.internal is not encrypted: others on the network could read the credentials
hint: use https://; or, on a network that you trust, add --allow-http or set DOCSPACE_ALLOW_HTTP=1

"#]]);
    for arguments in [
        &["auth", "login", "http://docspace.internal", "--with-key"][..],
        &["auth", "login", "http://docspace.internal", "--email", "ann@acme.com", "--password-stdin"],
    ] {
        let login = world.anybody(arguments).stdin("sk-hunter2");
        let ended = through_the_mock(&world, login).assert().code(2).stdout_eq("");
        assert!(said(&ended).contains("--allow-http") && !said(&ended).contains("hunter2"), "{}", said(&ended));
    }
    let unclear = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", "http://docspace.internal");
    through_the_mock(&world, unclear.env("DOCSPACE_ALLOW_HTTP", "0")).assert().code(2);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_works_when_it_is_allowed() {
    let world = World::new().await;
    let owner = |arguments: &[&str]| {
        through_the_mock(&world, world.owner(arguments).env("DOCSPACE_URL", "http://docspace.internal"))
    };
    owner(&["--allow-http", "rooms", "list"]).assert().success();
    owner(&["rooms", "list", "--allow-http"]).assert().success();
    for yes in ["1", "true"] {
        owner(&["rooms", "list"]).env("DOCSPACE_ALLOW_HTTP", yes).assert().success();
    }
    assert_eq!(world.mock.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_remembers_that_plain_http_is_allowed() {
    let world = World::new().await;
    let anybody = |arguments: &[&str]| through_the_mock(&world, world.anybody(arguments));
    let login = anybody(&["auth", "login", "http://docspace.internal", "--allow-http"]);
    login.stdin(world.mock.owner_key()).assert().success();
    anybody(&["rooms", "list"]).assert().success();
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_others_can_read_or_write_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    let login =
        || world.anybody(&["auth", "login", &world.mock.url()]).stdin(world.mock.owner_key()).assert().success();
    login();
    let file = world.config.path().join("login.json");
    let before = world.mock.requests().len();
    for (mode, reason) in [
        (0o644, "can be read by others"),
        (0o640, "can be read by others"),
        (0o666, "can be written by others"),
        (0o622, "can be written by others"),
    ] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("the owner may change the mode");
        let ended = world.anybody(&["rooms", "list"]).assert().code(4).stdout_eq("");
        assert!(said(&ended).contains(reason) && said(&ended).contains("auth login"), "{}", said(&ended));
    }
    assert_eq!(world.mock.requests().len(), before, "nothing was sent");
    login();
    world.anybody(&["rooms", "list"]).assert().success();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("the owner may change the mode");
    world.anybody(&["auth", "logout"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
forgot an unusable login

"#]]);
    assert!(!file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_stored_when_standard_error_is_closed() {
    let world = World::new().await;
    let closed = || std::io::pipe().expect("a pipe").1;
    let key = world.config.path().join("key");
    fs::write(&key, world.mock.owner_key()).expect("a file");
    let mut login = world.raw(&["auth", "login", &world.mock.url(), "--with-key"]);
    login.stdin(fs::File::open(&key).expect("the file")).stderr(closed());
    assert_eq!(login.status().expect("it starts").code(), Some(0));
    world.anybody(&["rooms", "list"]).assert().success();
    for (arguments, code) in [(&["auth", "logout"][..], 0), (&["rooms", "list"], 4), (&["rooms", "view", "x"], 2)] {
        assert_eq!(world.raw(arguments).stderr(closed()).status().expect("it starts").code(), Some(code));
    }
}
