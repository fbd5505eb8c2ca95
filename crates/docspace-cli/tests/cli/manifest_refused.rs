//! Rooms as code: what a plan finds before a change, and what stops `docspace apply`.

use docspace_mock::Fault;
use snapbox::str;

use crate::manifest::{MANIFEST, file, run, world};
use crate::support::{stderr, stdout, today};

#[tokio::test(flavor = "multi_thread")]
async fn title_of_a_room_of_another_type_is_refused_unless_both_are_listed() {
    let world = world(today()).await;
    let id = world.room("Audit", "public");
    file(&world, "rooms.yaml", "rooms: [{title: Audit, type: custom}]");
    let refused = run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().code(2).stdout_eq("");
    assert_eq!(
        stderr(&refused),
        format!(
            "error: this plan cannot be applied:\n  rooms.yaml:1:9: the room `Audit` ({id}) has the type public, which \
             cannot be changed; write `type: public`, use another title, or add an entry for the existing room \
             with `type: public` to keep both\n\
             hint: correct the file, then run the command again\n"
        )
    );
    file(&world, "rooms.yaml", "rooms: [{title: Audit, type: custom}, {title: Audit, type: public}]");
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
    run(&world, &["plan", "--file", "rooms.yaml", "--exit-code"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_stops_when_the_portal_refuses_the_key() {
    let world = world(today()).await;
    let rooms: String = (1..=20).map(|number| format!("- {{title: R{number}, type: custom}}\n")).collect();
    file(&world, "rooms.yaml", &format!("rooms:\n{rooms}"));
    world.mock.faults().next("POST /files/rooms", Fault::status(401).times(100));
    let stopped = run(&world, &["apply", "--file", "rooms.yaml", "--yes", "--json", "state"]).assert().code(1);
    let text = stderr(&stopped);
    assert!(text.contains(" of 20 changes failed, and "), "{text}");
    assert!(text.contains("the command stopped early: "), "{text}");
    assert!(stdout(&stopped).matches("skipped").count() >= 16, "{}", stdout(&stopped));
    world.mock.faults().clear();
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn manifest_without_its_flag_is_answered_with_the_right_command() {
    let world = world(today()).await;
    file(&world, "my rooms.yaml", "rooms: [{title: A, type: custom}]");
    file(&world, "rooms.json", r#"{"rooms": []}"#);
    for (arguments, command) in [
        (&["plan", "my rooms.yaml"][..], "docspace plan --file 'my rooms.yaml'"),
        (&["apply", "my rooms.yaml", "--yes"], "docspace apply --file 'my rooms.yaml'"),
        (&["apply", "rooms.json", "--yes"], "docspace apply --file rooms.json"),
        (&["apply", ".", "--yes"], "docspace apply --file ."),
    ] {
        let refused = stderr(&run(&world, arguments).assert().code(2).stdout_eq(""));
        assert!(refused.contains(&format!("hint: use `{command}`\n")), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unmanaged_things_are_named() {
    let world = world(today()).await;
    let room = world.room("Audit", "custom");
    for tag in ["a", "b", "c", "d", "e", "f", "g"] {
        run(&world, &["rooms", "edit", &room, "--add-tag", tag]).assert().success();
    }
    file(&world, "rooms.yaml", "rooms: [{title: Audit, type: custom, tags: [a]}]");
    run(&world, &["plan", "--file", "rooms.yaml"]).assert().success().stdout_eq(str![[r#"
Nothing to do: 2 unchanged, 6 not managed
Not managed: tag b of `Audit`, tag c of `Audit`, tag d of `Audit`, tag e of `Audit`, tag f of `Audit`, and 1 more

"#]]);
    let all = stdout(&run(&world, &["plan", "--file", "rooms.yaml", "--verbose"]).assert().success());
    assert!(all.contains("\n    unchanged: tag a\n    not managed: tag b\n"), "{all}");
    assert!(all.contains("    not managed: tag g\n"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_links_and_weak_passwords_are_found_by_the_plan() {
    let world = world(today()).await;
    file(&world, "rooms.yaml", MANIFEST);
    run(&world, &["apply", "--file", "rooms.yaml", "--yes"]).assert().success();
    let weak = run(&world, &["plan", "--file", "rooms.yaml"]).env("CLIENT_PASSWORD", "short").assert().code(2);
    assert!(
        stderr(&weak).contains("link For the client: the password has 5 characters; use 8 to 30"),
        "{}",
        stderr(&weak)
    );
    assert!(!stderr(&weak).contains("short"));
    world.mock.advance(std::time::Duration::from_secs(5 * 366 * 86_400));
    let plan = stdout(&run(&world, &["plan", "--file", "rooms.yaml"]).assert().success());
    assert!(plan.contains("  note: link For the client: it expired on 2030-01-31"), "{plan}");
}
