//! `docspace doctor`.

use docspace_mock::Fault;
use snapbox::str;

use crate::connections::with_tls;
use crate::support::{World, stderr, stdout};

const RESULTS: [&str; 5] = ["doctor", "--json", "check,result", "--jq", ".[] | \"\\(.result) \\(.check)\""];

#[tokio::test(flavor = "multi_thread")]
async fn all_checks_succeed_and_only_read() {
    let world = World::today().await;
    world.owner(&RESULTS).assert().success().stderr_eq("").stdout_eq(str![[r#"
ok login
ok address
ok encryption
ok clock
ok version
ok response time
ok credential
ok scopes
ok expiry
ok limits

"#]]);
    let text = stdout(&world.owner(&["doctor"]).assert().success());
    for part in ["ok\tversion\tDocSpace 3.7.2\t\n", "of Administrator, owner", "full access", "does not expire"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(world.write_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_of_a_key_are_reported() {
    let world = World::today().await;
    let body = serde_json::json!({"name": "ci", "permissions": ["rooms:read"], "expiresInDays": 5});
    let key = world.call("POST", "keys", &body)["key"].as_str().expect("a key").to_owned();
    let ended = world.owner(&["doctor"]).env("DOCSPACE_API_KEY", key).assert().success().stderr_eq("");
    let text = stdout(&ended);
    assert!(text.contains("ok\tcredential\tAPI key `ci` of Administrator\t\n"), "{text}");
    assert!(text.contains("ok\tscopes\tlimited to rooms:read; `docspace auth status` lists"), "{text}");
    assert!(text.contains("warning\texpiry\tthe key expires on 20") && text.contains("keys rotate"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn first_failure_decides_the_exit_code() {
    let world = World::new().await;
    world.without_login(&["doctor"]).env("DOCSPACE_FORCE_TTY", "80").env("NO_COLOR", "1").assert().code(4).stdout_eq(
        str![[r#"
failed   login          you are not logged in to a portal
         hint: run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY

"#]],
    );
    let wrong_key = world.owner(&RESULTS).env("DOCSPACE_API_KEY", "sk-wrong").assert().code(4);
    assert!(stdout(&wrong_key).ends_with("ok response time\nfailed credential\n"), "{}", stdout(&wrong_key));
    assert!(stderr(&wrong_key).contains(r#""kind":"several""#), "{}", stderr(&wrong_key));
    let closed = world.owner(&RESULTS).env("DOCSPACE_URL", "http://127.0.0.1:1").env("NO_PROXY", "*").assert().code(1);
    assert_eq!(stdout(&closed), "ok login\nfailed address\n");
    let wrong_scheme = world.owner(&RESULTS).env("DOCSPACE_URL", "http://docspace.internal").assert().code(2);
    assert_eq!(stdout(&wrong_scheme), "ok login\nfailed address\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn address_of_a_page_leads_to_that_of_the_portal() {
    let world = World::new().await;
    let page = format!("{}/rooms/shared", world.mock.url());
    let text = stdout(&world.owner(&["doctor"]).env("DOCSPACE_URL", page).assert().code(3));
    assert!(text.contains("failed\taddress\t") && text.contains(&format!("use {}, as in", world.mock.url())), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn certificate_that_is_not_trusted_fails_the_check_of_the_encryption() {
    let world = World::new().await;
    let (url, certificate) = with_tls(&world.mock).await;
    let file = world.config.path().join("certificate.pem");
    std::fs::write(&file, certificate).expect("a file");
    let doctor = || world.owner(&RESULTS).env("DOCSPACE_URL", &url).env("NO_PROXY", "*");
    let text = stdout(&doctor().env_remove("SSL_CERT_FILE").assert().code(1));
    assert_eq!(text, "ok login\nok address\nfailed encryption\n");
    let text = stdout(&doctor().env("SSL_CERT_FILE", file).assert().success());
    assert!(text.contains("ok encryption\n"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_versions_and_clocks_are_warnings() {
    let world = World::new().await;
    let answer = Fault::status(200)
        .header("Content-Type", "application/json")
        .header("Date", "Wed, 21 Oct 2015 07:28:00 GMT")
        .body(r#"{"response":{"docSpace":"2.9.1","communityServer":"","documentServer":"","mailServer":""},"count":1,"links":[],"status":0,"statusCode":200}"#)
        .times(2);
    world.mock.faults().next("GET /settings/version/build", answer);
    let text = stdout(&world.owner(&["doctor"]).assert().success().stderr_eq(""));
    assert!(text.contains("warning\tversion\tDocSpace 2.9.1; this program is tested with 3.7.2"), "{text}");
    assert!(text.contains("warning\tclock\tthis computer is "), "{text}");
}
