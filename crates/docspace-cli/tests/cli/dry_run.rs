//! The flag `--dry-run` of every command that changes something.

use std::path::Path;

use crate::support::{World, stderr, stdout};

/// A command line for each command with the flag. Words in braces stand for ids.
const COMMAND_LINES: &[&str] = &[
    "api files/rooms --field title=Audit",
    "apply --file {manifest}",
    "files copy {file} --to {vault}",
    "files delete {file}",
    "files edit {file} --title new",
    "files move {file} --to {vault}",
    "files upload {room} {manifest}",
    "folders copy {folder} --to {vault}",
    "folders create {room} Contracts/2027",
    "folders delete {folder}",
    "folders edit {folder} --title New",
    "folders move {folder} --to {vault}",
    "groups create Clients {room} --icon flag",
    "groups delete {group}",
    "groups edit {group} --name Clients",
    "keys create nightly",
    "keys delete {key}",
    "keys edit {key} --name weekly",
    "keys rotate {key}",
    "members add {room} {ann} --access read",
    "members edit {room} {ann} --access editing",
    "members remove {room} {ann}",
    "members resend {room} --all",
    "members sync {room} --file {team}",
    "operations cancel --all",
    "people create eve@acme.com Eve Adams --type user",
    "people disable {ann}",
    "people enable {bob}",
    "people invite eve@acme.com --type user",
    "people offboard {ann} --to owner@example.com",
    "people groups create Auditors",
    "people groups delete {people}",
    "quotas set 2GiB {room}",
    "rooms archive {room}",
    "rooms create Deal --type custom",
    "rooms delete {room}",
    "rooms edit {room} --title New",
    "rooms export-index {room}",
    "links create {room} --access read",
    "links create folder:{folder} --access editing",
    "links primary file:{file} --create",
    "links edit {room} {link} --expires 30days",
    "links primary {room} --create",
    "links revoke {room} {link}",
    "rooms leave {room}",
    "rooms logo {room} --remove",
    "rooms owner {room} {ann}",
    "rooms pin {room}",
    "rooms reorder {vault}",
    "rooms restore {archived}",
    "rooms sync-database {forms}",
    "rooms unpin {room}",
    "tags create audit",
    "tags delete {tag}",
    "tags rename {tag} closed",
    "templates create {room} Template",
    "templates delete {template}",
    "templates edit {template} --title New",
    "templates use {template} Deal",
    "templates members add {template} {ann}",
    "templates members remove {template} {ann}",
    "webhooks create backup https://hooks.acme.com/d",
    "webhooks delete {webhook}",
    "webhooks edit {webhook} --active off",
    "webhooks retry {delivery}",
];

#[tokio::test(flavor = "multi_thread")]
async fn dry_runs_only_read() {
    let world = World::new().await;
    let id = |arguments: &[&str]| {
        let create = [arguments, &["--json", "id", "--jq", ".id"]].concat();
        stdout(&world.owner(&create).assert().success()).trim().to_owned()
    };
    let run = |arguments: &[&str]| drop(world.owner(arguments).assert().success());
    let (room, archived) = (world.room("Audit", "custom"), world.room("Old", "custom"));
    let (vault, forms) = (world.room("Vault", "virtual-data"), world.room("Forms", "filling-forms"));
    let ann = world.mock.email("ann");
    run(&["members", "add", &room, &ann, "--access", "read"]);
    run(&["rooms", "archive", &archived]);
    run(&["rooms", "edit", &vault, "--indexing", "on", "--tag", "open"]);
    let create = ["people", "create", "bob@acme.com", "Bob", "Adams", "--type", "user", "--password-stdin"];
    world.owner(&create).stdin("Hunter2hunter2").assert().success();
    run(&["people", "disable", "bob@acme.com", "--yes"]);
    run(&["keys", "create", "daily"]);
    let file = |name: &str, content: &str| {
        let path = world.config.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path.display().to_string()
    };
    let first = |arguments: &[&str]| {
        let create = [arguments, &["--json", "id", "--jq", ".[0].id"]].concat();
        stdout(&world.owner(&create).assert().success()).trim().to_owned()
    };
    let folder = first(&["folders", "create", &room, "Contracts"]);
    let note = file("note.txt", "hello");
    let uploaded = first(&["files", "upload", &room, &note]);
    let ids = [
        ("{folder}", folder),
        ("{file}", uploaded),
        ("{manifest}", file("rooms.yaml", "rooms: [{title: Deal, type: custom}]")),
        ("{team}", file("team.csv", &format!("email,access\n{ann},editing\n"))),
        ("{link}", id(&["links", "create", &room, "--invite", "--access", "read"])),
        ("{template}", id(&["templates", "create", &room, "Audit template"])),
        ("{group}", id(&["groups", "create", "Partners", &room, "--icon", "flag"])),
        ("{people}", world.people_group("Legal", &["ann"])),
        ("{room}", room),
        ("{archived}", archived),
        ("{vault}", vault),
        ("{forms}", forms),
        ("{ann}", ann),
        ("{bob}", "bob@acme.com".to_owned()),
        ("{key}", "daily".to_owned()),
        ("{tag}", "open".to_owned()),
        ("{webhook}", world.webhook("crm")),
        ("{delivery}", {
            world.room("Event", "custom");
            first(&["webhooks", "log"])
        }),
    ];
    let before = world.write_count();
    for line in COMMAND_LINES {
        let line = ids.iter().fold((*line).to_owned(), |line, (word, id)| line.replace(word, id));
        let arguments: Vec<_> = line.split(' ').chain(["--dry-run"]).collect();
        let ended = world.owner(&arguments).assert().success();
        // These show the call, the members or the rooms that they would change as data.
        if !["api", "members", "people offboard"].iter().any(|words| line.starts_with(words)) {
            let said = stderr(&ended.stdout_eq(""));
            assert!(said.contains("dry run: would "), "{line}: {said}");
        }
        assert_eq!(world.write_count(), before, "{line}");
    }
}

#[test]
fn every_help_with_the_flag_belongs_to_a_tested_command() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/help");
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file").path();
        let name = file.file_stem().expect("a name").to_str().expect("text").to_owned();
        let has_flag = std::fs::read_to_string(&file).expect("a text").contains("  --dry-run ");
        let is_tested = COMMAND_LINES
            .iter()
            .any(|line| format!("{line} ").replace(['-', ' '], "_").starts_with(&format!("{name}_")));
        assert!(is_tested || !has_flag, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_of_an_edit_shows_each_setting() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    world.owner(&["rooms", "edit", &room, "--tag", "open"]).assert().success();
    let dry_run = |arguments: &[&str]| {
        let edit = [&["rooms", "edit", &room][..], arguments, &["--dry-run"]].concat();
        stderr(&world.owner(&edit).assert().success().stdout_eq(""))
    };
    assert_eq!(
        dry_run(&["--title", "Audit 2027", "--add-tag", "closed", "--remove-tag", "open", "--cover", "flag"]),
        format!(
            "dry run: would change room {room} “Audit”:\n  title: Audit → Audit 2027\n  tags: open → closed\n  \
             cover: none → flag\n"
        )
    );
    assert_eq!(
        dry_run(&["--title", "Audit", "--add-tag", "OPEN"]),
        format!("dry run: would change nothing, because room {room} “Audit” already has these settings\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_of_several_rooms_lists_those_that_would_change() {
    let world = World::new().await;
    let (one, two, three) = (world.room("One", "custom"), world.room("Two", "custom"), world.room("Three", "custom"));
    world.owner(&["rooms", "archive", &three]).assert().success();
    let dry_run = |arguments: &[&str]| {
        let line = [&["rooms"], arguments, &["--dry-run"]].concat();
        stderr(&world.owner(&line).assert().success().stdout_eq(""))
    };
    let said = dry_run(&["archive", &one, &two, &three]);
    assert!(said.starts_with("ID  TITLE  UPDATED"), "{said}");
    assert!(said.contains("One") && said.contains("Two") && !said.contains("Three"), "{said}");
    assert!(said.ends_with(&format!("already archived: {three}\ndry run: would archive 2 rooms\n")), "{said}");
    let said = dry_run(&["archive", &three]);
    assert_eq!(said, format!("already archived: {three}\ndry run: would change nothing\n"));
    let said = dry_run(&["delete", &one]);
    assert!(said.contains("MEMBERS") && said.ends_with(&format!("would delete room {one} “One”\n")), "{said}");
    let said = dry_run(&["delete", "--archived"]);
    assert!(said.contains("Three") && !said.contains("MEMBERS"), "{said}");
    world.owner(&["rooms", "archive", &one, "4711", "--dry-run"]).assert().code(3).stdout_eq("");
}
