//! The `docspace tags` commands.

use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_listed_with_the_number_of_rooms_and_templates() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    world.owner(&["rooms", "edit", &one, "--tag", "audit", "--tag", "open"]).assert().success();
    world.owner(&["rooms", "edit", &two, "--tag", "Audit"]).assert().success();
    world.owner(&["rooms", "archive", &two]).assert().success();
    world.owner(&["templates", "create", &one, "Template", "--tag", "audit"]).assert().success();
    world.owner(&["tags", "create", "unused"]).assert().success().stdout_eq("unused\t\t\n").stderr_eq("");
    let list = stdout(&world.owner(&["tags", "list"]).assert().success().stderr_eq(""));
    let mut lines: Vec<_> = list.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["audit\t2\t1", "open\t1\t0", "unused\t0\t0"]);
    let unused =
        ["tags", "list", "--json", "tag,rooms,templates", "--jq", ".[] | select(.rooms + .templates == 0) | .tag"];
    assert_eq!(stdout(&world.owner(&unused).assert().success()), "unused\n");
    assert_eq!(stdout(&world.owner(&["tags", "list", "--search", "AUD"]).assert().success()), "audit\t2\t1\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_renamed_and_deleted_in_all_rooms() {
    let world = World::new().await;
    let room = world.room("One", "custom");
    world.owner(&["rooms", "edit", &room, "--tag", "audit", "--tag", "open"]).assert().success();
    let tags = || stdout(&world.owner(&["rooms", "view", &room, "--json", "tags"]).assert().success());
    world.owner(&["tags", "rename", "audit", "audit 2027"]).assert().success().stdout_eq("audit 2027\t\t\n");
    assert_eq!(tags(), "{\"tags\":[\"audit 2027\",\"open\"]}\n");
    world
        .owner(&["tags", "delete", "OPEN", "open", "--yes"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
open	deleted

"#]])
        .stderr_eq("");
    assert_eq!(tags(), "{\"tags\":[\"audit 2027\"]}\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_runs_and_rejected_changes_of_tags_change_nothing() {
    let world = World::new().await;
    world.owner(&["tags", "create", "audit"]).assert().success();
    for (arguments, message) in [
        (&["tags", "create", "new"][..], "dry run: would create the tag `new`\n"),
        (&["tags", "rename", "audit", "new"], "dry run: would rename the tag `audit` to `new` in all rooms\n"),
        (&["tags", "delete", "audit"], "dry run: would delete the tag `audit`\n"),
    ] {
        let dry_run = [arguments, &["--dry-run"]].concat();
        world.owner(&dry_run).assert().success().stdout_eq("").stderr_eq(message);
    }
    world.owner(&["tags", "delete", "audit"]).assert().code(2).stdout_eq("");
    world.owner(&["tags", "delete", "audit", "nosuch", "--yes"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: there is no tag `nosuch`
hint: list the tags with `docspace tags list`

"#]]);
    let ended = world.owner(&["tags", "create", " "]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("tag"), "{}", stderr(&ended));
    assert_eq!(world.write_count(), 1, "only the first tag is created");
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_listed_without_counts_for_a_key_that_cannot_read_rooms() {
    let world = World::new().await;
    world.owner(&["tags", "create", "audit"]).assert().success();
    let key = world.key_with_scopes(&["files:read"]);
    let list = world.owner(&["tags", "list", "--json", "tag,rooms"]).env("DOCSPACE_API_KEY", key);
    list.assert().success().stdout_eq("[{\"tag\":\"audit\",\"rooms\":null}]\n").stderr_eq("");
}
