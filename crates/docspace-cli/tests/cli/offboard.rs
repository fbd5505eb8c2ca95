//! The command `docspace people offboard`.

use docspace_mock::{Fault, MockPortal, Request, Role};
use serde_json::{Value, json};
use snapbox::str;

use crate::support::{World, stderr, stdout, today};

/// The number of the room type `custom`.
const CUSTOM: i32 = 5;

/// Makes a call with the key of a person, without the command, and returns its answer.
fn call(world: &World, person: &str, method: &str, path: &str, body: &Value) -> Value {
    let request = Request::new(method, &format!("/api/2.0/{path}"))
        .header("Authorization", &format!("Bearer {}", world.mock.key(person)))
        .json(body);
    world.mock.portal(|portal| portal.handle(&request)).json().expect("an answer")["response"].take()
}

/// A portal on which Ann owns two rooms, one of them archived, and is a member of a room of the
/// portal's owner.
async fn with_rooms_of_ann() -> World {
    let builder = MockPortal::builder().clock(today());
    let builder = builder.person("ann", Role::RoomAdmin).person("bob", Role::RoomAdmin).person("eve", Role::User);
    let world = World::on(builder.start().await.expect("a free port"));
    let create = |title: &str| {
        let body = json!({"title": title, "roomType": CUSTOM});
        call(&world, "ann", "POST", "files/rooms", &body)["id"].to_string()
    };
    create("Deal");
    world.as_person("ann", &["rooms", "archive", &create("Old")]).assert().success();
    let shared = world.room_with_any_title("Shared", CUSTOM);
    let invitation = json!({"id": world.mock.person_id("ann"), "access": 2});
    world.call("PUT", &format!("files/rooms/{shared}/share"), &json!({"invitations": [invitation]}));
    world
}

const FIELDS: [&str; 4] =
    ["--json", "title,role,action,state,reason", "--jq", ".[] | [.title, .role, .action, .state, .reason] | @tsv"];

#[tokio::test(flavor = "multi_thread")]
async fn person_is_offboarded_step_by_step() {
    let world = with_rooms_of_ann().await;
    let (ann, bob, owner) = (world.mock.email("ann"), world.mock.email("bob"), world.mock.email("owner"));
    world.people_group("Auditors", &["ann"]);
    call(&world, "ann", "POST", "keys", &json!({"name": "ci", "permissions": ["rooms:read"]}));
    let writes = world.write_count();
    let offboard = ["people", "offboard", &ann, "--to", &bob];
    world.owner(&offboard).assert().code(2).stdout_eq("");
    let plan = [&offboard[..], &["--dry-run"], &FIELDS].concat();
    let ended = world.owner(&plan).assert().success().stdout_eq(str![[r#"
Deal	owner	hand over	planned	stays as a room manager: only the new owner can remove the person
Shared	member	remove	planned	
Old	owner	none	kept	the room is archived: restore it first

"#]]);
    let text = stderr(&ended).replace(&ann, "ann@").replace(&bob, "bob@");
    assert!(text.starts_with("dry run: would give 1 room to Bob Tester, then remove ann@ from 1 room\n"), "{text}");
    assert!(
        text.contains("note: ann@ stays in these people groups, which can give access to rooms: Auditors\n"),
        "{text}"
    );
    assert!(text.contains("note: ann@ has these API keys, which keep working; delete them"), "{text}");
    assert!(text.contains("note: the account of ann@ stays active; add --disable to disable it\n"), "{text}");
    assert_eq!(world.write_count(), writes);

    // The owner of the portal gets the room, and can then remove Ann from it.
    let offboard = ["people", "offboard", &ann, "--to", &owner, "--yes"];
    let run = [&offboard[..], &FIELDS].concat();
    let ended = world.owner(&run).assert().code(1).stdout_eq(str![[r#"
Deal	owner	hand over, remove	done	
Shared	member	remove	done	
Old	owner	none	kept	the room is archived: restore it first

"#]]);
    assert!(stderr(&ended).contains(&format!("\"{ann} keeps access to 1 room\"")), "{}", stderr(&ended));
    let deal = stdout(&world.owner(&["rooms", "view", "Deal", "--json", "ownerId", "--jq", ".ownerId"]).assert());
    assert_eq!(deal.trim(), world.mock.person_id("owner"));
    let members = stdout(&world.owner(&["members", "list", "Deal"]).assert().success());
    assert!(!members.contains(&ann), "{members}");

    // A second run does only what is left.
    world.owner(&[&offboard[..], &["--json", "title"]].concat()).assert().code(1).stdout_eq("[{\"title\":\"Old\"}]\n");
    let again = [&offboard[..], &["--disable", "--json", "title,state"]].concat();
    world.owner(&again).assert().success().stdout_eq("[{\"title\":\"Old\",\"state\":\"kept\"}]\n").stderr_eq("");
    let state = stdout(&world.owner(&["people", "view", &ann, "--json", "state", "--jq", ".state"]).assert());
    assert_eq!(state, "disabled\n");
    let writes = world.write_count();
    world.owner(&again).assert().success().stderr_eq("");
    assert_eq!(world.write_count(), writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_step_does_not_stop_the_others() {
    let world = with_rooms_of_ann().await;
    let (ann, owner) = (world.mock.email("ann"), world.mock.email("owner"));
    world.mock.faults().next("POST /files/owner", Fault::status(403));
    let offboard = ["people", "offboard", &ann, "--to", &owner, "--yes", "--disable"];
    let run = [&offboard[..], &["--json", "title,state", "--jq", ".[] | .title, .state"]].concat();
    let ended = world.owner(&run).assert().code(5).stdout_eq("Deal\nfailed\nShared\ndone\nOld\nkept\n");
    assert!(stderr(&ended).contains("\"1 step failed; the account is not disabled\""), "{}", stderr(&ended));
    world.owner(&run).assert().success().stdout_eq("Deal\ndone\nOld\nkept\n").stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_that_cannot_succeed_are_rejected() {
    let world = with_rooms_of_ann().await;
    let (ann, eve, owner) = (world.mock.email("ann"), world.mock.email("eve"), world.mock.email("owner"));
    let writes = world.write_count();
    for (person, to, code, message) in [
        (&ann, &ann, 2, "the person who leaves cannot be the new owner"),
        (&ann, &eve, 2, "is a user or guest, who cannot own rooms"),
        (&owner, &ann, 2, "you cannot disable your own account"),
        (&"unknown@acme.com".to_owned(), &ann, 3, "no person on the portal has the address"),
    ] {
        let offboard = ["people", "offboard", person, "--to", to, "--yes", "--disable"];
        let ended = world.owner(&offboard).assert().code(code).stdout_eq("");
        assert!(stderr(&ended).contains(message), "{}", stderr(&ended));
    }
    assert_eq!(world.write_count(), writes);
    // A room admin does not see the other rooms of Ann, and may not read her keys.
    let offboard = ["people", "offboard", &ann, "--to", &world.mock.email("bob"), "--dry-run", "--json", "id"];
    let ended = world.as_person("bob", &offboard).assert().success().stdout_eq("[]\n");
    assert!(stderr(&ended).contains("note: you do not see the rooms of "), "{}", stderr(&ended));
}
