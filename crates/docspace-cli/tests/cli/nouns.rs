//! What the commands for all nouns have in common: tables, JSON, failures and closed pipes.

use std::process::Stdio;

use crate::support::{World, stderr, stdout};

/// A portal with one of everything.
async fn with_everything() -> (World, String, String) {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let template = ["templates", "create", &room, "Template", "--json", "id", "--jq", ".id"];
    let template = stdout(&world.owner(&template).assert().success()).trim().to_owned();
    world.owner(&["tags", "create", "audit"]).assert().success();
    world.owner(&["groups", "create", "Clients", &room, "--icon", "flag"]).assert().success();
    world.owner(&["keys", "create", "nightly"]).assert().success();
    world.people_group("Auditors", &["ann"]);
    (world, room, template)
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_headings_on_a_terminal() {
    let (world, room, template) = with_everything().await;
    for (arguments, headings) in [
        (&["members", "list", &room][..], &["ID", "NAME", "EMAIL", "TYPE", "ACCESS", "STATE"][..]),
        (&["templates", "members", "list", &template], &["ID", "NAME", "EMAIL", "TYPE", "ACCESS", "STATE"]),
        (&["tags", "list"], &["TAG", "ROOMS", "TEMPLATES"]),
        (&["groups", "list"], &["ID", "NAME", "SIZE", "ICON"]),
        (&["people", "list"], &["ID", "NAME", "EMAIL", "TYPE", "STATE"]),
        (&["people", "groups", "list"], &["ID", "NAME", "SIZE", "MANAGER"]),
        (&["keys", "list"], &["ID", "NAME", "SCOPES", "ACTIVE", "EXPIRES", "LAST USED"]),
        (&["keys", "scopes"], &["SCOPE"]),
        (&["quotas", "view"], &["ID", "TITLE", "USED", "LIMIT", "PERCENT"]),
        (&["covers", "list"], &["ID"]),
    ] {
        let list = world.owner(arguments).env("DOCSPACE_FORCE_TTY", "160").env("NO_COLOR", "1");
        let shown = stdout(&list.assert().success());
        let line = shown.lines().next().expect("a line of headings");
        let found: Vec<_> = line.split("  ").map(str::trim).filter(|heading| !heading.is_empty()).collect();
        assert_eq!(found, headings, "{arguments:?}");
        assert!(shown.lines().count() > 1, "{arguments:?}: {shown}");
    }
}

/// What people copy is printed whole, or its column is left out.
#[tokio::test(flavor = "multi_thread")]
async fn ids_addresses_and_names_of_keys_are_not_cut_in_a_narrow_table() {
    let (world, room, template) = with_everything().await;
    let ann = world.mock.email("ann");
    world.owner(&["members", "add", &room, &ann, "--access", "read"]).assert().success();
    for width in ["40", "60", "80", "120"] {
        for (arguments, whole) in [
            (&["members", "list", &room][..], &ann[..]),
            (&["templates", "members", "list", &template], &world.mock.email("owner")),
            (&["people", "list"], &ann),
            (&["keys", "list"], "nightly"),
            (&["tags", "list"], "audit"),
            (&["groups", "list"], "Clients"),
            (&["people", "groups", "list"], "Auditors"),
            (&["quotas", "view"], &room),
        ] {
            let list = world.owner(arguments).env("DOCSPACE_FORCE_TTY", width).env("NO_COLOR", "1");
            let shown = stdout(&list.assert().success());
            let words: Vec<_> = shown.split_whitespace().collect();
            assert!(words.contains(&whole), "{arguments:?} at {width}: {shown}");
            let cut = |word: &&str| word.ends_with('…') && (word.contains('@') || word.matches('-').count() > 1);
            assert!(!words.iter().any(cut), "{arguments:?} at {width}: {shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_named_by_title_or_address_in_all_commands() {
    let (world, room, _) = with_everything().await;
    let address = format!("{}/rooms/shared/{room}/filter", world.mock.url());
    for name in ["audit", &address] {
        for arguments in [
            &["members", "list", name][..],
            &["rooms", "content", name],
            &["rooms", "news", name],
            &["rooms", "pin", name],
            &["rooms", "open", name],
            &["links", "list", name],
            &["quotas", "view", name],
            &["quotas", "set", "default", name, "--dry-run"],
            &["groups", "edit", "Clients", "--remove-room", name, "--dry-run"],
        ] {
            world.owner(arguments).assert().success();
        }
    }
    for arguments in [&["templates", "view", "template"][..], &["templates", "members", "list", "Template"]] {
        world.owner(arguments).assert().success();
    }
    let ids = ["rooms", "list", "--json", "id", "--jq", ".[].id"];
    let ids = stdout(&world.owner(&ids).assert().success());
    let quotas = world.owner(&["quotas", "view", "-", "--json", "id", "--jq", ".[].id"]).stdin(ids.clone());
    quotas.assert().success().stdout_eq(ids);
    let none = world.owner(&["quotas", "view", "-"]).stdin("");
    none.assert().success().stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_on_a_terminal_say_how_many_there_are() {
    let (world, room, _) = with_everything().await;
    let ann = world.mock.email("ann");
    world.owner(&["members", "add", &room, &ann, "--access", "read"]).assert().success();
    for (arguments, line) in [
        (&["members", "list", &room][..], "Showing 1 of 2 members; use --limit to see more\n\n"),
        (&["people", "list"], "Showing 1 of 2 people; use --limit to see more\n\n"),
    ] {
        let list = world.owner(&[arguments, &["--limit", "1"]].concat()).env("DOCSPACE_FORCE_TTY", "80");
        let shown = stdout(&list.assert().success());
        assert!(shown.starts_with(line), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_in_a_pipe_have_the_same_number_of_cells() {
    let (world, room, template) = with_everything().await;
    for (arguments, count) in [
        (&["members", "list", &room][..], 6),
        (&["templates", "members", "list", &template], 6),
        (&["tags", "list"], 3),
        (&["groups", "list"], 4),
        (&["people", "list"], 5),
        (&["people", "groups", "list"], 4),
        (&["keys", "list"], 6),
        (&["quotas", "view"], 5),
    ] {
        let printed = stdout(&world.owner(arguments).assert().success().stderr_eq(""));
        assert!(!printed.is_empty(), "{arguments:?}");
        assert!(printed.lines().all(|line| line.split('\t').count() == count), "{arguments:?}: {printed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_of_all_nouns_are_json_with_json_output() {
    let world = World::new().await;
    for arguments in [
        &["members", "list", "4711", "--json", "id"][..],
        &["rooms", "pin", "4711", "--json", "id", "--dry-run"],
        &["tags", "delete", "nosuch", "--yes", "--json", "tag"],
        &["groups", "view", "4711", "--json", "id"],
        &["people", "view", "unknown@acme.com", "--json", "id"],
        &["people", "groups", "view", "nosuch", "--json", "id"],
        &["keys", "view", "nosuch", "--json", "id"],
        &["quotas", "view", "4711", "--json", "id"],
        &["operations", "view", "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "--json", "id"],
        &["templates", "view", "4711", "--json", "id"],
        &["links", "view", "4711", "primary", "--json", "id"],
    ] {
        let ended = world.owner(arguments).assert().code(3).stdout_eq("");
        let failure: serde_json::Value = serde_json::from_str(&stderr(&ended)).expect("JSON");
        assert_eq!(failure["kind"], "not_found", "{arguments:?}: {failure}");
        assert!(failure["advice"].as_str().is_some_and(|advice| !advice.is_empty()), "{arguments:?}: {failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_fields_are_rejected_before_any_call() {
    let world = World::new().await;
    for arguments in [
        &["members", "list", "7"][..],
        &["rooms", "open", "7"],
        &["tags", "list"],
        &["groups", "list"],
        &["people", "groups", "list"],
        &["keys", "create", "nightly"],
        &["quotas", "set", "2GiB", "7"],
        &["operations", "list"],
        &["templates", "members", "list", "7"],
    ] {
        let ended = world.owner(&[arguments, &["--json", "nosuch"]].concat()).assert().code(2).stdout_eq("");
        assert!(stderr(&ended).contains("there is no field `nosuch`"), "{arguments:?}: {}", stderr(&ended));
    }
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_pipe_ends_the_command_without_an_error() {
    let world = World::new().await;
    for arguments in [&["api", "people/@self"][..], &["api", "people/@self", "-i"], &["keys", "scopes"]] {
        let mut command = world.std_command_as_owner(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the command ends");
        let errors = String::from_utf8(ended.stderr).expect("text");
        assert_eq!((ended.status.code(), errors.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
