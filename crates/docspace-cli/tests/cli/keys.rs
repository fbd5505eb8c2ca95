//! The `docspace keys` commands.

use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn new_key_is_printed_alone_and_works() {
    let world = World::new().await;
    let create = ["keys", "create", "nightly", "--for-rooms", "--expires-in-days", "90"];
    world.owner(&[&create[..], &["--dry-run"]].concat()).assert().success().stdout_eq("").stderr_eq(str![[r#"
dry run: would create the key “nightly”:
  scopes: those for rooms
  expires: in 90 days

"#]]);
    assert_eq!(world.write_count(), 0);
    let secret = stdout(&world.owner(&create).assert().success().stderr_eq(""));
    assert!(secret.starts_with("sk-") && secret.ends_with('\n') && secret.lines().count() == 1, "{secret:?}");
    world.owner(&["rooms", "list"]).env("DOCSPACE_API_KEY", secret.trim()).assert().success();
    let view = ["keys", "view", "nightly", "--json", "name,scopes,active,expires"];
    let viewed = stdout(&world.owner(&view).assert().success());
    assert!(viewed.contains(r#""scopes":["rooms:write","files:write"],"active":true,"expires":"20"#), "{viewed}");
    for arguments in [&["keys", "list"][..], &["keys", "view", "nightly"], &["keys", "list", "--json", "id,name"]] {
        let listed = stdout(&world.owner(arguments).assert().success());
        assert!(listed.contains("nightly") && !listed.contains(secret.trim()), "{listed}");
    }
    let current = world.owner(&["keys", "view", "--json", "name"]).env("DOCSPACE_API_KEY", secret.trim());
    assert_eq!(stdout(&current.assert().success()), "{\"name\":\"nightly\"}\n");
}

/// A table could shorten the secret.
#[tokio::test(flavor = "multi_thread")]
async fn new_key_is_printed_alone_on_a_terminal() {
    let world = World::new().await;
    let create = world.owner(&["keys", "create", "nightly"]).env("DOCSPACE_FORCE_TTY", "20");
    let secret = stdout(&create.assert().success());
    assert!(secret.starts_with("sk-") && secret.lines().count() == 1 && secret.len() > 40, "{secret:?}");
    let create = ["keys", "create", "other", "--json", "name,secret,scopes", "--jq", ".name, .scopes[], .secret"];
    let created = stdout(&world.owner(&create).assert().success());
    assert!(created.starts_with("other\n*\nsk-"), "{created}");
}

#[tokio::test(flavor = "multi_thread")]
async fn key_is_rotated_changed_and_deleted() {
    let world = World::new().await;
    let run = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success().stderr_eq(""));
    let old = run(&["keys", "create", "nightly", "--scope", "rooms:read", "--json", "id", "--jq", ".id"]);
    let old = old.trim();
    let new = run(&["keys", "rotate", "nightly", "--json", "id,scopes,secret"]);
    assert!(new.contains(r#""scopes":["rooms:read"],"secret":"sk-"#) && !new.contains(old), "{new}");
    let ended = world.owner(&["keys", "view", "nightly"]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains(old), "the name is ambiguous: {}", stderr(&ended));
    let edit = ["keys", "edit", old, "--name", "old", "--scope", "files:read", "--active", "off"];
    assert_eq!(
        run(&[&edit[..], &["--json", "name,scopes,active"]].concat()),
        "{\"name\":\"old\",\"scopes\":[\"files:read\"],\"active\":false}\n"
    );
    world
        .owner(&["keys", "delete", "old", "--yes"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ID]	deleted	old

"#]])
        .stderr_eq("");
    world.owner(&["keys", "view", old]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_runs_and_rejected_changes_of_keys_change_nothing() {
    let world = World::new().await;
    world.owner(&["keys", "create", "nightly"]).assert().success();
    let before = world.write_count();
    for (arguments, message) in [
        (&["keys", "rotate", "nightly"][..], "create a key like “nightly”"),
        (&["keys", "edit", "nightly", "--active", "off"], "change the key “nightly”"),
        (&["keys", "delete", "nightly"], "delete the key “nightly” of Administrator"),
    ] {
        let ended = world.owner(&[arguments, &["--dry-run"]].concat()).assert().success().stdout_eq("");
        assert!(stderr(&ended).starts_with(&format!("dry run: would {message}")), "{}", stderr(&ended));
    }
    for (arguments, code) in [
        (&["keys", "delete", "nightly"][..], 2),
        (&["keys", "edit", "nightly"], 2),
        (&["keys", "create", "x", "--scope", "everything"], 2),
        (&["keys", "create", "x", "--expires-in-days", "366"], 2),
        (&["keys", "view", "sk-0123456789"], 2),
        (&["keys", "view", "nosuch"], 3),
    ] {
        let ended = world.owner(arguments).assert().code(code).stdout_eq("");
        assert!(stderr(&ended).starts_with("error: "), "{arguments:?}: {}", stderr(&ended));
    }
    assert_eq!(world.write_count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_of_keys_are_listed() {
    let world = World::new().await;
    let scopes = stdout(&world.owner(&["keys", "scopes"]).assert().success().stderr_eq(""));
    assert!(scopes.lines().any(|scope| scope == "rooms:write"), "{scopes}");
    world.as_person("ann", &["keys", "list", "--mine"]).assert().success();
}
