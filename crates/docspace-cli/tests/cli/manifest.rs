//! Rooms as code: `docspace plan`, `docspace apply` and `docspace export`.

use docspace_mock::{Clock, Fault, MockPortal, Role};
use snapbox::str;

use crate::support::{World, stderr, stdout, today};

pub(crate) const MANIFEST: &str = r#"name: acme
rooms:
  - title: Audit
    type: custom
    tags: [audit]
    color: "FF5733"
    members:
      ann@example.com: room-manager
      bob@example.com: read
    links:
      For the client:
        access: read
        expires: 2030-01-31
        password: {env: CLIENT_PASSWORD}
"#;

pub(crate) async fn world(clock: Clock) -> World {
    let builder = MockPortal::builder().clock(clock).person("ann", Role::RoomAdmin).person("bob", Role::RoomAdmin);
    World::on(builder.start().await.expect("a free port"))
}

/// Writes a file, and returns its path.
pub(crate) fn file(world: &World, name: &str, content: &str) -> String {
    let path = world.config.path().join(name);
    std::fs::write(&path, content).expect("a file");
    path.to_str().expect("a path").to_owned()
}

/// Runs a command from the directory of the files, with a password in the environment.
pub(crate) fn run(world: &World, arguments: &[&str]) -> snapbox::cmd::Command {
    world.owner(arguments).current_dir(world.config.path()).env("CLIENT_PASSWORD", "correct-horse")
}

#[tokio::test(flavor = "multi_thread")]
async fn manifest_is_planned_applied_and_exported() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", MANIFEST);
    let plan = ["plan", "--file", "rooms.yaml"];
    run(&world, &plan).assert().success().stderr_eq("").stdout_eq(str![[r#"
Audit (custom, new, rooms.yaml:3)
  + create the room
  + color: FF5733
  + tag audit
  + member ann@example.com: room-manager
  + member bob@example.com: read
  + external link For the client: read, expires [DATE], with a password

6 to add, 0 to change, 0 to remove, 0 unchanged, 0 not managed

"#]]);
    run(&world, &[&plan[..], &["--exit-code"]].concat()).assert().code(9);
    run(&world, &["apply", "--file", "rooms.yaml"]).assert().code(2).stdout_eq("");
    let dry = run(&world, &["apply", "--file", "rooms.yaml", "--dry-run"]).assert().success().stdout_eq("");
    assert!(stderr(&dry).ends_with("dry run: would make 6 changes\n"), "{}", stderr(&dry));
    assert_eq!(world.write_count(), 0);

    let applied = run(&world, &["apply", "--file", "rooms.yaml", "--yes", "--json", "state,change,what"]).assert();
    let done = stdout(&applied.success().stderr_eq(""));
    assert_eq!(done.matches(r#""state":"done","change":"add""#).count(), 6, "{done}");

    run(&world, &[&plan[..], &["--exit-code"]].concat()).assert().success().stdout_eq(str![[r#"
Nothing to do: 6 unchanged, 0 not managed

"#]]);
    assert_eq!(stdout(&run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success()), "");
    run(&world, &["export", "--name", "acme"]).assert().success().stdout_eq(str![[r#"
# yaml-language-server: $schema=docspace-manifest.schema.json
name: acme
rooms:
- title: Audit
  type: custom
  tags:
  - audit
  color: FF5733
  indexing: false
  deny-download: false
  members:
    ann@example.com: room-manager
    bob@example.com: read
  groups: {}
  links:
    For the client:
      access: read
      expires: [DATE]
      password:
        env: AUDIT_FOR_THE_CLIENT

"#]]);
    let people = file(&world, "people.csv", "here,there\nann@example.com,anna@other.example\n");
    let moved = run(&world, &["export", "--tag", "audit", "--with-secrets", "--with-ids", "--map-people", &people]);
    let moved = stdout(&moved.assert().success());
    assert!(moved.contains("anna@other.example: room-manager") && moved.contains("password: correct-horse"), "{moved}");
    assert_eq!(moved.matches("id: ").count(), 2, "{moved}");
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_plan_is_refused_after_the_portal_has_changed() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", MANIFEST);
    let save = ["plan", "--file", "rooms.yaml", "--output", "plan.json", "--format", "markdown"];
    let saved = stdout(&run(&world, &save).assert().success());
    assert!(saved.starts_with("### Plan for `acme`\n\n6 to add, ") && saved.contains("```diff\n+ create"), "{saved}");
    let room = world.room("Audit", "custom");
    run(&world, &["apply", "plan.json", "--yes"]).assert().code(6).stdout_eq("").stderr_eq(str![[r#"
error: the portal has changed since the plan was made, so nothing was changed
hint: make a new plan with `docspace plan --file FILE --output PLAN` and check it; to continue an interrupted apply, run `docspace apply --file FILE`

"#]]);
    run(&world, &save).assert().success();
    run(&world, &["apply", "plan.json", "--yes"]).assert().success();
    assert_eq!(stdout(&run(&world, &["links", "list", &room]).assert().success()).lines().count(), 1);
    run(&world, &["apply", "rooms.yaml", "--yes"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_planned_and_created_once() {
    let world = world(today()).await;
    let room = world.room("Audit", "custom");
    file(&world, "rooms.yaml", "rooms: [{title: Audit, type: custom, folders: [Contracts/2026, Invoices]}]");
    let plan = ["plan", "--file", "rooms.yaml", "--exit-code"];
    let saved = run(&world, &[&plan[..], &["--output", "plan.json"]].concat()).assert().code(9);
    let shown = stdout(&saved);
    assert!(
        shown.contains("  + folder Contracts\n  + folder Contracts/2026\n  + folder Invoices\n\n3 to add, "),
        "{shown}"
    );
    run(&world, &["folders", "create", &room, "Contracts", "Drafts"]).assert().success();
    run(&world, &["apply", "plan.json", "--yes"]).assert().code(6).stdout_eq("");

    let apply = ["apply", "--file", "rooms.yaml", "--prune=all", "--yes", "--json", "state,change,what"];
    run(&world, &apply).assert().success().stderr_eq("").stdout_eq(
        "[{\"state\":\"done\",\"change\":\"add\",\"what\":\"folder Contracts/2026\"},\
         {\"state\":\"done\",\"change\":\"add\",\"what\":\"folder Invoices\"}]\n",
    );
    run(&world, &plan).assert().success().stdout_eq("Nothing to do: 4 unchanged, 0 not managed\n");
    let tree = run(&world, &["folders", "list", &room, "--recursive", "--json", "path", "--jq", ".[].path"]);
    assert_eq!(stdout(&tree.assert().success()), "Contracts\nContracts/2026\nDrafts\nInvoices\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn pruning_is_limited_and_removes_only_own_links() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", MANIFEST);
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
    let id = stdout(&run(&world, &["rooms", "list", "--json", "id", "--jq", ".[].id"]).assert().success());
    run(&world, &["links", "create", id.trim(), "--access", "read", "--title", "By hand"]).assert().success();
    run(&world, &["rooms", "edit", id.trim(), "--add-tag", "by-hand"]).assert().success();
    file(&world, "less.yaml", "name: acme\nrooms: [{title: Audit, type: custom, tags: [audit], links: {}}]");
    run(&world, &["plan", "--file", "less.yaml"]).assert().success().stdout_eq(str![[r#"
Nothing to do: 2 unchanged, 3 not managed
Not managed: link By hand of `Audit`, link For the client of `Audit` (made by this manifest), tag by-hand of `Audit`

"#]]);
    let prune = ["apply", "--file", "less.yaml", "--prune", "--yes"];
    for (limit, shown) in [(&[][..], "25%"), (&["--max-removals", "1"][..], "1")] {
        let limited = stderr(&run(&world, &[&prune[..], limit].concat()).assert().code(2));
        let message =
            "the plan removes 2 of 4 managed entries (members, tags, links, room groups, and rooms to archive)";
        assert!(limited.contains(&format!("{message}, more than {shown};")), "{limited}");
    }
    run(&world, &[&prune[..], &["--max-removals", "50%"]].concat()).assert().success();
    let links = stdout(&run(&world, &["links", "list", id.trim(), "--json", "title"]).assert().success());
    assert_eq!(links, "[{\"title\":\"By hand\"}]\n");
    run(&world, &["apply", "--file", "less.yaml", "--prune=all", "--yes"]).assert().success();
    assert_eq!(stdout(&run(&world, &["links", "list", id.trim()]).assert().success()), "");
}

/// A typo in an address must not cost others their access.
#[tokio::test(flavor = "multi_thread")]
async fn people_without_an_account_are_named_before_anything_is_changed() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", &MANIFEST.replace("bob@", "bbo@"));
    for dry_run in [&[][..], &["--dry-run"]] {
        let apply = [&["apply", "--file", "rooms.yaml", "--yes"][..], dry_run].concat();
        run(&world, &apply).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: these people have no account on the portal, so nothing was changed:
  bbo@example.com
hint: check the spelling, or add --invite to invite them to the portal

"#]]);
    }
    assert_eq!(world.write_count(), 0);
    run(&world, &["apply", "--file", "rooms.yaml", "--yes", "--invite"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_listed_with_their_places() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", "rooms:\n  - title: Audit\n    type: custm\n    tag: [a]\n  - type: public\n");
    run(&world, &["plan", "--file", "rooms.yaml"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot read the manifest:
  rooms.yaml:3:11: `custm` is not a value of `type`; write `custom`
  rooms.yaml:4:5: a room has no key `tag`; write `tags`
  rooms.yaml:5:5: a room has no `title`; add `title: …`
hint: correct the file; `docspace schema manifest` prints its schema

"#]]);
    run(&world, &["plan", "--file", "nosuch.yaml"]).assert().code(2);
    run(&world, &["plan"]).assert().code(2);
    file(&world, "unset.yaml", &MANIFEST.replace("CLIENT_PASSWORD", "NO_SUCH_PASSWORD"));
    let unset = run(&world, &["apply", "--file", "unset.yaml", "--yes"]).assert().code(2).stdout_eq("");
    assert!(stderr(&unset).contains("the variable NO_SUCH_PASSWORD"), "{}", stderr(&unset));
    assert_eq!(world.write_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_changes_are_named_and_the_others_are_made() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", &MANIFEST.replace("type: custom", "type: custom\n    archived: true"));
    // The call for all members fails, and then that for the first of them.
    world.mock.faults().next("PUT /files/rooms/*/share", Fault::status(403).times(2));
    let ended = run(&world, &["apply", "--file", "rooms.yaml", "--yes", "--json", "state,what"]).assert().code(1);
    let done = stdout(&ended);
    assert_eq!(done.matches(r#""state":"done""#).count(), 5, "{done}");
    assert!(done.contains(r#"{"state":"failed","what":"member ann@example.com: room-manager"}"#), "{done}");
    assert!(done.contains(r#"{"state":"skipped","what":"move the room to the archive"}"#), "{done}");
    assert!(stderr(&ended).contains("1 of 7 changes failed, and 1 was not tried"), "{}", stderr(&ended));
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
    run(&world, &["plan", "--file", "rooms.yaml", "--exit-code"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_room_are_those_of_a_file() {
    let world = world(today()).await;
    let staff = world.people_group("Staff", &["ann"]);
    let room = world.room("Audit", "custom");
    run(&world, &["members", "add", &room, "bob@example.com", "--access", "read"]).assert().success();
    run(&world, &["members", "add", &room, "--group", &staff, "--access", "read"]).assert().success();
    file(&world, "team.csv", "email;access\nann@example.com;editing\n");
    let sync = ["members", "sync", &room, "--file", "team.csv"];
    let changes = ["--json", "state,change,what"];
    let synced = run(&world, &[&sync[..], &["--yes"], &changes].concat()).assert().success().stderr_eq("");
    assert_eq!(
        stdout(&synced),
        "[{\"state\":\"done\",\"change\":\"add\",\"what\":\"member ann@example.com: editing\"},\
         {\"state\":\"done\",\"change\":\"remove\",\"what\":\"member bob@example.com: read\"}]\n"
    );
    let again = run(&world, &[&sync[..], &["--yes"]].concat()).assert().success();
    assert_eq!(stdout(&again), "", "the owner and people groups stay");
    file(&world, "team.csv", "email;access;group\nann@example.com;owner;\n;read;\n");
    let wrong = run(&world, &[&sync[..], &["--yes"]].concat()).assert().code(2).stdout_eq("");
    assert!(stderr(&wrong).contains("owner"), "{}", stderr(&wrong));
    run(&world, &sync).assert().code(2);
}
