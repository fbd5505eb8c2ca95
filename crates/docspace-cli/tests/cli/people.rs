//! The `docspace people` commands.

use std::io::Write;
use std::process::{Output, Stdio};

use docspace_mock::{MockPortal, Role};
use snapbox::str;

use crate::support::{World, stderr, stdout, today};

/// A portal with Ann, a room administrator, and Bob, a user.
async fn with_people() -> World {
    let builder = MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).person("bob", Role::User);
    World::on(builder.start().await.expect("a free port"))
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_by_filters() {
    let world = with_people().await;
    let (ann, bob) = (world.mock.email("ann"), world.mock.email("bob"));
    world.people_group("Auditors", &["bob"]);
    let emails = |arguments: &[&str]| {
        let list = [&["people", "list", "--json", "email", "--jq", ".[].email"], arguments].concat();
        stdout(&world.owner(&list).assert().success().stderr_eq(""))
    };
    assert_eq!(emails(&[]).lines().count(), 3);
    assert_eq!(emails(&["--type", "room-admin"]), format!("{ann}\n"));
    assert_eq!(emails(&["--group", "auditors"]), format!("{bob}\n"));
    assert_eq!(emails(&["--search", "bob"]), format!("{bob}\n"));
    assert_eq!(emails(&["--status", "pending"]), "");
    assert_eq!(emails(&["--limit", "1"]).lines().count(), 1);
    world.owner(&["people", "list", "--type", "boss"]).assert().code(2).stdout_eq("");
    world.as_person("bob", &["people", "list"]).assert().code(5).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn person_is_viewed_by_address_id_or_default() {
    let world = with_people().await;
    let (ann, id) = (world.mock.email("ann"), world.mock.person_id("ann"));
    let view = |arguments: &[&str]| {
        let view = [&["people", "view", "--json", "id,type,state"], arguments].concat();
        stdout(&world.owner(&view).assert().success().stderr_eq(""))
    };
    let expected = format!("{{\"id\":\"{id}\",\"type\":\"room-admin\",\"state\":\"active\"}}\n");
    assert_eq!((view(&[&ann]), view(&[&id])), (expected.clone(), expected));
    assert!(view(&[]).contains("\"type\":\"owner\""));
    world.owner(&["people", "view", "unknown@acme.com"]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_invited() {
    let world = with_people().await;
    let invite = ["people", "invite", "new@acme.com", "--type", "user"];
    let dry_run = [&invite[..], &["--dry-run"]].concat();
    world.owner(&dry_run).assert().success().stdout_eq("").stderr_eq(str![[r#"
dry run: would invite new@acme.com as user

"#]]);
    assert_eq!(world.write_count(), 0);
    let invited = [&invite[..], &["--json", "email,type,state"]].concat();
    world
        .owner(&invited)
        .assert()
        .success()
        .stdout_eq("[{\"email\":\"new@acme.com\",\"type\":\"user\",\"state\":\"pending\"}]\n")
        .stderr_eq("");
    let ended = world.owner(&["people", "invite", "new", "--type", "user"]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("is not an e-mail address"), "{}", stderr(&ended));
    world.owner(&dry_run).assert().success().stdout_eq("").stderr_eq(str![[r#"
dry run: would send no invitation, because all of these people have an account

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn account_is_created_with_a_password_from_standard_input() {
    let world = with_people().await;
    let create = ["people", "create", "eve@acme.com", "Eve", "Adams", "--type", "user"];
    let ended = world.owner(&create).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("--password-stdin"), "{}", stderr(&ended));
    world.owner(&[&create[..], &["--dry-run"]].concat()).assert().success().stdout_eq("");
    assert_eq!(world.write_count(), 0);
    let arguments = [&create[..], &["--password-stdin", "--json", "email,name,state"]].concat();
    let ended = with_input(&world, &arguments, "Hunter2hunter2\n");
    let output = String::from_utf8(ended.stdout).expect("text");
    assert_eq!(output, "{\"email\":\"eve@acme.com\",\"name\":\"Eve Adams\",\"state\":\"active\"}\n");
    assert!(world.mock.requests().iter().any(|request| request.body.contains("Hunter2hunter2")));
    let ended = with_input(&world, &arguments, "Hunter2hunter2\n");
    assert_eq!(ended.status.code(), Some(6), "the address is taken");
}

/// Runs a command with this text on standard input.
fn with_input(world: &World, arguments: &[&str], text: &str) -> Output {
    let mut command = world.std_command_as_owner(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn people_group_is_created_viewed_and_deleted() {
    let world = with_people().await;
    let (ann, bob) = (world.mock.email("ann"), world.mock.email("bob"));
    let run = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success().stderr_eq(""));
    let create = ["people", "groups", "create", "Auditors", "--member", &bob, "--manager", &ann];
    let dry_run = [&create[..], &["--dry-run"]].concat();
    world.owner(&dry_run).assert().success().stdout_eq("").stderr_eq(str![[r#"
dry run: would create the people group `Auditors` with 2 people

"#]]);
    let created = run(&[&create[..], &["--json", "name,size,manager"]].concat());
    assert_eq!(created, format!("{{\"name\":\"Auditors\",\"size\":2,\"manager\":\"{ann}\"}}\n"));
    assert_eq!(run(&["people", "groups", "list"]).lines().count(), 1);
    let people = run(&["people", "groups", "view", "auditors", "--json", "people", "--jq", ".people | sort | .[]"]);
    assert_eq!(people, format!("{ann}\n{bob}\n"));
    world.owner(&["people", "groups", "delete", "Auditors"]).assert().code(2).stdout_eq("");
    let delete = ["people", "groups", "delete", "Auditors", "--dry-run"];
    world.owner(&delete).assert().success().stdout_eq("").stderr_eq(str![[r#"
dry run: would delete the people group “Auditors” with 2 people

"#]]);
    assert!(run(&["people", "groups", "delete", "Auditors", "--yes"]).ends_with("\tdeleted\tAuditors\n"));
    world.owner(&["people", "groups", "view", "Auditors"]).assert().code(3).stdout_eq("");
    let create = ["people", "groups", "create", "Auditors", "--member", "unknown@acme.com"];
    world.owner(&create).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_disabled_and_enabled() {
    let world = with_people().await;
    let (ann, bob, owner) = (world.mock.email("ann"), world.mock.email("bob"), world.mock.email("owner"));
    let disable = ["people", "disable", &ann, &bob, &ann];
    world.owner(&disable).assert().code(2).stdout_eq("");
    let ended = world.owner(&[&disable[..], &["--dry-run"]].concat()).assert().success().stdout_eq("");
    assert!(
        stderr(&ended).starts_with("dry run: would disable ") && stderr(&ended).contains(&bob),
        "{}",
        stderr(&ended)
    );
    assert_eq!(world.write_count(), 0);
    let disable = [&disable[..], &["--yes", "--json", "email,state", "--jq", ".[] | .email, .state"]].concat();
    let expected = format!("{ann}\ndisabled\n{bob}\ndisabled\n");
    assert_eq!(stdout(&world.owner(&disable).assert().success().stderr_eq("")), expected);
    let listed = stdout(&world.owner(&["people", "list", "--status", "disabled"]).assert().success());
    assert_eq!(listed.lines().count(), 2);

    let ended = world.owner(&["people", "disable", &owner, "--yes"]).assert().code(1).stdout_eq("");
    assert!(stderr(&ended).contains("but did not do it for Administrator"), "{}", stderr(&ended));
    let enable = ["people", "enable", &ann, "--json", "state"];
    world.owner(&[&enable[..], &["--dry-run"]].concat()).assert().success().stdout_eq("");
    world.owner(&enable).assert().success().stdout_eq("[{\"state\":\"active\"}]\n").stderr_eq("");
    world.owner(&enable).assert().code(2).stdout_eq("");
    world.as_person("ann", &["people", "disable", &bob, "--yes"]).assert().code(5).stdout_eq("");
}
