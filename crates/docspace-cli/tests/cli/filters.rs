//! Archiving, restoring and deleting the rooms that filters select.

use snapbox::str;

use crate::support::{World, stderr, stdout};

/// Creates three rooms with a tag and one without.
fn rooms(world: &World) -> Vec<String> {
    let titles = ["One", "Two", "Three", "Other"];
    let ids: Vec<_> = titles.iter().map(|title| world.room(title, "custom")).collect();
    for id in &ids[..3] {
        world.owner(&["rooms", "edit", id, "--tag", "client"]).assert().success();
    }
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn filtered_rooms_are_archived_restored_and_deleted() {
    let world = World::new().await;
    let ids = rooms(&world);
    let run = |arguments: &[&str]| {
        let line =
            [&["rooms"], arguments, &["--json", "title,state", "--jq", ".[] | .title + \" \" + .state"]].concat();
        let output = stdout(&world.owner(&line).assert().success().stderr_eq(""));
        let mut lines: Vec<_> = output.lines().map(str::to_owned).collect();
        lines.sort();
        lines.join(", ")
    };
    assert_eq!(run(&["delete", "--tag", "client", "--yes"]), "", "only archived rooms are deleted");
    let archived = "One archived, Three archived, Two archived";
    assert_eq!(run(&["archive", "--tag", "client", "--yes"]), archived);
    assert_eq!(run(&["archive", "--tag", "client", "--yes"]), "", "no active room has the tag");
    assert_eq!(run(&["restore", "--tag", "client", "--search", "O", "--yes"]), "One active, Two active");
    assert_eq!(run(&["delete", "--archived", "--yes"]), "Three deleted");
    assert_eq!(run(&["delete", "--active", "--tag", "client", "--yes", "--no-wait"]), "One accepted, Two accepted");
    assert_eq!(run(&["archive", "--older-than", "2026-01-01", "--yes"]), "");
    world.owner(&["rooms", "view", &ids[3]]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn either_rooms_or_filters_are_needed() {
    let world = World::new().await;
    let id = world.room("One", "custom");
    let before = world.mock.requests().len();
    for verb in ["archive", "restore", "delete"] {
        world.owner(&["rooms", verb]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: there are neither rooms nor filters
hint: name the rooms, or select them with filters such as --tag

"#]]);
        world.owner(&["rooms", verb, &id, "--untagged"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: there are both rooms and filters
hint: leave out the rooms, or filters such as --tag

"#]]);
    }
    world.owner(&["rooms", "archive", "--untagged"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: filters can select many rooms, and there is no terminal to ask for confirmation
hint: add --yes to confirm

"#]]);
    world.owner(&["rooms", "delete", "--active"]).assert().code(2).stdout_eq("");
    assert_eq!(world.mock.requests().len(), before, "nothing is sent");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn filtered_rooms_are_shown_before_the_question() {
    use crate::terminal::{end, start};

    let world = World::new().await;
    rooms(&world);
    let archive = ["rooms", "archive", "--tag", "client"];
    for (answer, expected, code) in [("n", "nothing was changed", 1), ("y", "archived 3 rooms\r\n", 0)] {
        let mut session = start(&world, &archive);
        for part in ["UPDATED", "Three", "Archive these 3 rooms? Links stop working until a room is restored. [y/N]"] {
            session.exp_string(part).unwrap_or_else(|error| panic!("{part}: {error}"));
        }
        session.send_line(answer).expect("an answer");
        let (rest, ended) = end(session);
        assert!(rest.contains(expected) && !rest.contains("Other") && ended == code, "{rest}");
    }
    let (rest, code) = end(start(&world, &archive));
    assert!(rest.contains("no rooms match the filters, so nothing was changed") && code == 0, "{rest}");
    let mut session = start(&world, &["rooms", "delete", "--archived"]);
    session.exp_string("Permanently delete these 3 rooms? Type 3 to confirm:").expect("a question");
    session.send_line("3").expect("an answer");
    let (rest, code) = end(session);
    assert!(rest.contains("TITLE") && rest.contains("deleted 3 rooms\r\n") && code == 0, "{rest}");
}

/// A deletion returns no title, so the command reads it before.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn titles_of_deleted_rooms_are_printed() {
    use crate::terminal::{end, start};

    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    let ended = world.owner(&["rooms", "delete", "one", "--yes"]).assert().success();
    assert_eq!(stdout(&ended), format!("{one}\tdeleted\tOne\n"));
    let (rest, _) = end(start(&world, &["rooms", "delete", &two, "--yes"]));
    assert!(rest.contains("STATE") && rest.contains("TITLE") && rest.contains("Two"), "{rest}");
}

/// In another zone, an age or a date selects other rooms than the person means.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_time_zone_is_reported_once() {
    let world = World::new().await;
    let list = ["rooms", "list", "--older-than", "2026-01-01"];
    let text = stderr(&world.owner(&list).env("TZ", "Nope/Zone").assert().success());
    assert_eq!(text, "warning: the variable TZ is `Nope/Zone`, which is not a time zone; using UTC\n");
    assert_eq!(stderr(&world.owner(&list).env("TZ", "Europe/Berlin").assert().success()), "");
}
