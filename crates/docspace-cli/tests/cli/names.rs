//! Naming rooms, templates and links: by id, title or address, and on standard input.

use docspace_mock::Request;
use snapbox::str;

use crate::support::{World, stderr, stdout};

/// Returns the titles of the archived rooms.
fn archived(world: &World) -> String {
    let list = ["rooms", "list", "--archived", "--json", "title", "--jq", "[.[].title] | sort | join(\" \")"];
    stdout(&world.owner(&list).assert().success()).trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_named_by_id_title_or_address() {
    let world = World::new().await;
    let room = world.room("Offer 7/2026: Acme", "custom");
    let address = format!("{}/rooms/shared/{room}/filter?folder={room}&count=100", world.mock.url());
    for name in [&*room, "Offer 7/2026: Acme", "offer 7_2026_ acme", &address] {
        let view = world.owner(&["rooms", "view", name, "--json", "id", "--jq", ".id"]);
        assert_eq!(stdout(&view.assert().success()).trim(), room, "{name}");
    }
    world.owner(&["rooms", "view", "Nothing"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no room has the title `Nothing`
hint: search with `docspace rooms list --all --search Nothing`, or use the id of the room

"#]]);
    world.room("Twice", "custom");
    let twice = world.room("Twice", "public");
    world.owner(&["rooms", "archive", &twice]).assert().success();
    let ended = world.owner(&["links", "list", "Twice"]).assert().code(2).stdout_eq("");
    let candidates = stderr(&ended);
    assert!(candidates.contains(&format!("\n  {twice}  Twice (archived)\n")), "{candidates}");
    assert!(candidates.starts_with("error: 2 rooms have the title `Twice`:\n"), "{candidates}");
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_named_by_title() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    world.owner(&["templates", "create", "Audit", "Audit template"]).assert().success();
    world.owner(&["templates", "use", "Audit template", "Audit 2027"]).assert().success();
    world.owner(&["templates", "use", "Audit", "Audit 2028"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no template has the title `Audit`
hint: search with `docspace templates list --search Audit`, or use the id of the template

"#]]);
    world.owner(&["templates", "use", &room, "Audit 2028"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `Audit` (5) is a room, not a template
hint: list the templates to find the id; see `docspace explain templates/listing-and-deleting`

"#]]);
    world.owner(&["templates", "use", "4711", "Audit 2028"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: there is no template [ROOM]
hint: list the templates with `docspace templates list`

"#]]);
    world.owner(&["templates", "delete", "Audit template", "--yes"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_on_standard_input_are_one_per_line() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    world.room("Three", "custom");
    let archive = |input: &str| world.owner(&["rooms", "archive", "-"]).stdin(input).assert();
    archive(&format!("\u{feff}{one}\r\n\r\n{two}\tTwo\tcustom\r\nThree")).success().stderr_eq("");
    assert_eq!(archived(&world), "One Three Two");
    archive("").success().stdout_eq("").stderr_eq("");
    let before = world.write_count();
    archive(&format!("{one}\nNothing\n")).code(3).stdout_eq("");
    archive("0\n").code(2).stdout_eq("").stderr_eq(str![[r#"
error: line 1 of standard input, `0`: `0` is not a room id: use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`
hint: pass one id, title or portal address per line

"#]]);
    assert_eq!(world.write_count(), before, "a wrong line does not stop the command before it begins");
    // A list command prints what `-` reads.
    let list = stdout(&world.owner(&["rooms", "list", "--archived"]).assert().success());
    world.owner(&["rooms", "delete", "-"]).stdin(list.as_str()).assert().code(2);
    world.owner(&["rooms", "delete", "-", "--yes"]).stdin(list.as_str()).assert().success();
    assert_eq!(archived(&world), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_named_by_id_prefix_title_or_address() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let create =
        ["links", "create", &room, "--access", "read", "--title", "For Acme", "--json", "id,url", "--jq", ".id, .url"];
    let created = stdout(&world.owner(&create).assert().success());
    let (id, url) = created.trim().split_once('\n').expect("an id and an address");
    world.owner(&["links", "create", &room, "--access", "comment", "--title", "Other"]).assert().success();
    let links = Request::new("GET", &format!("/api/2.0/files/rooms/{room}/links"))
        .header("Authorization", &format!("Bearer {}", world.mock.owner_key()));
    let links = world.mock.portal(|portal| portal.handle(&links)).json().expect("links");
    let found = links["response"].as_array().expect("links").iter().find(|link| link["sharedLink"]["id"] == id);
    let key = found.expect("the link")["sharedLink"]["requestToken"].as_str().expect("a key");
    let code = url.rsplit('/').next().expect("a code");
    let names = [
        id,
        &id[..8],
        &id[..8].to_uppercase(),
        "For Acme",
        "for acme",
        url,
        &format!("https://acme.example/s/{code}"),
        &format!("{}/rooms/share?key={key}", world.mock.url()),
    ];
    for name in names {
        let edit = ["links", "edit", &room, name, "--deny-download", "on", "--json", "id", "--jq", ".id"];
        assert_eq!(stdout(&world.owner(&edit).assert().success()).trim(), id, "{name}");
    }
    world.owner(&["links", "revoke", &room, "Nothing", "--yes"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no link of room [ROOM] has the id, the title or the address `Nothing`, or you are not allowed to see it
hint: list the links with `docspace links list [ROOM]`

"#]]);
    world.owner(&["links", "create", &room, "--access", "review", "--title", "for acme"]).assert().success();
    world.owner(&["links", "revoke", &room, "FOR ACME", "--yes"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `FOR ACME` names 2 links of room [ROOM]:
  [ID]  for acme  [URL]/s/[KEY]
  [ID]  For Acme  [URL]/s/[KEY]
hint: use the id or the address of one of them

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_from_windows_programs_are_read() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let create = ["links", "create", &room, "--access", "read", "--password-stdin"];
    let utf16 = [0xff, 0xfe].into_iter().chain("Hunter2hunter2\r\n".encode_utf16().flat_map(u16::to_le_bytes));
    for password in [utf16.collect::<Vec<u8>>(), "\u{feff}Hunter2hunter2\r\n".as_bytes().to_vec()] {
        world.owner(&create).stdin(password).assert().success();
        let mut requests = world.mock.requests().into_iter().rev();
        let sent = requests.find(|request| request.path.ends_with("/links")).and_then(|request| request.json());
        let sent = sent.expect("a body");
        assert_eq!(sent["password"], "Hunter2hunter2");
    }
    world.owner(&["rooms", "edit", &room, "--tag", "course\r"]).assert().success();
    let list = ["rooms", "list", "--tag", "course", "--json", "tags"];
    assert_eq!(stdout(&world.owner(&list).assert().success()), "[{\"tags\":[\"course\"]}]\n");
}
