//! Rooms as code: which rooms `docspace export` finds, and the map of people.

use snapbox::str;

use crate::manifest::{MANIFEST, file, run, world};
use crate::support::{stderr, stdout, today};

#[tokio::test(flavor = "multi_thread")]
async fn export_finds_rooms_by_title_and_notes_archived_ones() {
    let world = world(today()).await;
    let (first, old) = (world.room("First room", "custom"), world.room("Old room", "custom"));
    run(&world, &["rooms", "archive", &old]).assert().success();
    let all = run(&world, &["export"]).assert().success();
    assert_eq!(stdout(&all).matches("title: ").count(), 1);
    assert_eq!(stderr(&all), "note: 1 archived room is left out; add --all to include archived rooms\n");
    let both = run(&world, &["export", "--all"]).assert().success().stderr_eq("");
    assert!(stdout(&both).contains("title: Old room\n  type: custom\n  archived: true\n"), "{}", stdout(&both));
    let archive = stdout(&run(&world, &["export", "--archived"]).assert().success());
    assert!(archive.contains("Old room") && !archive.contains("First room"), "{archive}");
    let named = run(&world, &["export", "first room", &first]).assert().success().stderr_eq("");
    assert_eq!(stdout(&named).matches("title: ").count(), 1);
    run(&world, &["export", "No such room"]).assert().code(3).stdout_eq("");
    run(&world, &["export", "First room", "--all"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn export_without_rooms_says_why() {
    let world = world(today()).await;
    for (arguments, reason) in [
        (&["export"][..], "you own or manage no active room"),
        (&["export", "--archived"], "you own or manage no archived room"),
        (&["export", "--tag", "a"], "no active room that you own or manage has the tag `a`"),
        (
            &["export", "--all", "--tag", "a", "--tag", "b"],
            "no room that you own or manage has one of the tags `a`, `b`",
        ),
    ] {
        let empty = run(&world, arguments).assert().success();
        assert!(stdout(&empty).ends_with("\n{}\n"), "{}", stdout(&empty));
        assert_eq!(stderr(&empty), format!("note: the manifest has no rooms: {reason}\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_with_one_title_leave_nothing_to_do_after_an_export() {
    let world = world(today()).await;
    let room = world.room("Audit", "custom");
    for access in ["read", "comment"] {
        run(&world, &["links", "create", &room, "--title", "Shared link", "--access", access]).assert().success();
    }
    let exported = run(&world, &["export", "--name", "acme"]).assert().success();
    let note = "The room `Audit` has links that only their ids tell apart: `Shared link`, `Shared link (2)`. Take the \
                ids out for another portal.\n";
    assert_eq!(stderr(&exported), note);
    assert_eq!(stdout(&exported).matches("      id: ").count(), 2, "{}", stdout(&exported));
    file(&world, "rooms.yaml", &stdout(&exported));
    run(&world, &["plan", "--file", "rooms.yaml", "--prune=all", "--exit-code"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_mapped_by_any_form_of_csv() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", MANIFEST);
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
    for content in [
        "ann@example.com,anna@other.example\nbob@example.com,rob@other.example\n",
        "\u{feff}here;there\r\n\"ANN@example.com\";anna@other.example;\r\n;;\r\nbob@example.com;rob@other.example\r\n",
    ] {
        let people = file(&world, "people.csv", content);
        let mapped = run(&world, &["export", "--map-people", &people]).assert().success().stderr_eq("");
        assert!(stdout(&mapped).contains("anna@other.example: room-manager\n    rob@other.example: read"), "{content}");
    }
    let people = file(&world, "people.csv", "ann@example.com,anna@other.example\n");
    let part = stderr(&run(&world, &["export", "--map-people", &people]).assert().success());
    assert!(part.ends_with("does not have these members, who keep their addresses: bob@example.com\n"), "{part}");
    file(
        &world,
        "people.csv",
        "here,there\nann@example.com,anna\nann@example.com\nbob@example.com,a@b.example\nann@example.com,A@B.example\n",
    );
    run(&world, &["export", "--map-people", "people.csv"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: people.csv has 4 mistakes, so nothing was changed:
  line 2, second address `anna`: this is not an e-mail address
  line 3: the row has 1 cell, not two addresses
  line 5, first address `ann@example.com`: line 2 has this address too
  line 5, second address `A@B.example`: line 4 has this address too
hint: correct the file, then run the command again

"#]]);
    file(&world, "people.csv", "here,there\n");
    run(&world, &["export", "--map-people", "people.csv"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_exported_with_their_flag_only() {
    let world = world(today()).await;
    let room = world.room("Audit", "custom");
    run(&world, &["folders", "create", &room, "Contracts/2026", "Invoices"]).assert().success();
    world.mock.clear_requests();
    let plain = run(&world, &["export"]).assert().success().stderr_eq("");
    assert!(!stdout(&plain).contains("folders"), "{}", stdout(&plain));
    let requests = world.mock.requests();
    assert!(requests.iter().all(|request| !request.path.ends_with("/subfolders")), "{requests:#?}");
    let with_folders = run(&world, &["export", "--with-folders"]).assert().success().stderr_eq("");
    let text = stdout(&with_folders);
    assert!(text.contains("  folders:\n  - Contracts/2026\n  - Invoices\n"), "{text}");
    file(&world, "rooms.yaml", &text);
    run(&world, &["plan", "--file", "rooms.yaml", "--prune=all", "--exit-code"]).assert().success();
}
