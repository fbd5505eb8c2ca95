//! The commands that work on the rows of a CSV file.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use docspace_mock::{Fault, MockPortal, Role};
use snapbox::str;

use crate::support::{World, assert_golden, stderr, stdout, today};

/// A portal with Ann, a room administrator, and Bob, a user.
async fn with_people() -> World {
    let builder = MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).person("bob", Role::User);
    World::on(builder.start().await.expect("a free port"))
}

/// Writes a file for a command, and returns its path.
fn file(world: &World, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = world.config.path().join(name);
    std::fs::write(&path, content).expect("a file");
    path.to_str().expect("a path").to_owned()
}

/// Returns the lines of the result file of `clients.csv`, without the address of the portal at
/// their ends.
fn results(world: &World) -> Vec<String> {
    let text = std::fs::read_to_string(world.config.path().join("clients.result.csv")).expect("a result file");
    let portal = format!("{}/", world.mock.url());
    text.lines().map(|line| line.strip_suffix(&portal).unwrap_or(line).to_owned()).collect()
}

/// Waits until the command has begun with a row.
#[cfg(unix)]
async fn row_started(world: &World) {
    let results = || std::fs::read_to_string(world.config.path().join("clients.result.csv"));
    while !results().is_ok_and(|text| text.contains("started")) {
        tokio::task::yield_now().await;
    }
}

fn creations(world: &World) -> usize {
    let is_creation = |method: &str, path: &str| method == "POST" && path.ends_with("/files/rooms");
    world.mock.requests().iter().filter(|request| is_creation(&request.method, &request.path)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_of_a_file_are_created_with_members_and_links() {
    let world = with_people().await;
    let (ann, bob) = (world.mock.email("ann"), world.mock.email("bob"));
    // As Excel writes it in much of Europe.
    let text = format!(
        "\u{feff}sep=;\r\nTitle;Type;Tags;Members;Link;Quota\r\n\"Acme; Ltd\";;\"client, 2026\";{ann}:room-manager \
         {bob}:read;read;\r\nBetter: Corp;public;;;;\r\n;;;;;\r\n"
    );
    let path = file(&world, "clients.csv", text);
    let create = ["rooms", "create", "--file", &path, "--type", "custom", "--tag", "new"];
    let fields = ["--json", "line,title,type,state,tags"];
    let planned = [&create[..], &fields, &["--dry-run"]].concat();
    world
        .owner(&planned)
        .assert()
        .success()
        .stdout_eq(str![[r#"
[{"line":3,"title":"Acme; Ltd","type":"custom","state":"planned","tags":["client","2026"]},{"line":4,"title":"Better: Corp","type":"public","state":"planned","tags":["new"]}]

"#]])
        .stderr_eq("dry run: would create 2 rooms\n");
    assert_eq!(world.write_count(), 0);
    assert!(!world.config.path().join("clients.result.csv").exists(), "a dry run writes no file");

    let created = stdout(&world.owner(&[&create[..], &fields].concat()).assert().success().stderr_eq(""));
    assert_eq!(created.matches(r#""state":"created""#).count(), 2, "{created}");
    let lines = results(&world);
    assert_eq!(lines[0], "\u{feff}Title;Type;Tags;Members;Link;Quota;id;url;state;error;portal".to_lowercase());
    assert!(lines[1].starts_with("\"Acme; Ltd\";;client, 2026;") && lines[1].contains("/s/"), "{lines:?}");
    assert!(lines[1].ends_with(";created;;"), "{lines:?}");
    let room = "Acme; Ltd";
    let members = stdout(&world.owner(&["members", "list", room, "--json", "access", "--jq", ".[].access"]).assert());
    assert_eq!(members, "owner\nroom-manager\nread\n");
    let links = stdout(&world.owner(&["links", "list", room, "--json", "kind,access"]).assert());
    assert!(links.contains(r#"{"kind":"external","access":"read"}"#), "{links}");

    // A second run has nothing to do, also if the file has more columns and another order.
    let before = world.write_count();
    file(&world, "clients.csv", "cover,title\n,Better_ Corp\n,Acme; Ltd\n");
    let again =
        [&create[..], &["--json", "title,state,url", "--jq", ".[] | .title, .state, (.url | length > 9)"]].concat();
    world.owner(&again).assert().success().stdout_eq("Better_ Corp\ncreated\nfalse\nAcme; Ltd\ncreated\ntrue\n");
    assert_eq!(world.write_count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_mistakes_are_reported_before_anything_is_sent() {
    let world = with_people().await;
    let (ann, bob) = (world.mock.email("ann"), world.mock.email("bob"));
    let path = file(&world, "clients.csv", "title,type,link\nA,custm,\nA,public,nothing\n");
    let create = ["rooms", "create", "--file", &path];
    let ended = world.owner(&create).assert().code(2).stdout_eq("");
    assert_golden(
        stderr(&ended).replace(&path, "clients.csv"),
        str![[r#"
error: clients.csv has 3 mistakes, so nothing was changed:
  line 2, type `custm`: use one of filling-forms, editing, custom, public, virtual-data, ai
  line 3, title `A`: line 2 has the same title, and rows are recognized by their titles
  line 3, link `nothing`: use one of read, comment, review, fill-forms, editing, content-creator
hint: correct the file, then run the command again

"#]],
    );
    assert_eq!(world.mock.requests().len(), 0);

    let text = format!("title,type,members\nA,custom,new@client.com:read\nB,custom,{bob}:room-manager {ann}:read\n");
    file(&world, "clients.csv", text);
    let ended = world.owner(&create).assert().code(2).stdout_eq("");
    let text = stderr(&ended);
    assert!(text.contains("line 2, members `new@client.com:read`: no person on the portal has this address"), "{text}");
    assert!(text.contains(&format!("line 3, members `{bob}:room-manager`: a user or guest cannot be")), "{text}");
    assert!(!text.contains(&ann), "{text}");
    assert_eq!(world.write_count(), 0);

    for (arguments, text, message) in [
        (&["rooms", "create", "--file", &path][..], "titel,type\nA,custom\n", "has the unknown column `titel`"),
        (&["rooms", "create", "--file", &path], "title,type\n", "has no rows below its header"),
        (
            &["rooms", "create", "--file", &path, "--type", "custom"],
            "title,cover\nA,flag\nB,x\n",
            "line 3, cover `x`: ",
        ),
        (&["rooms", "create", "A", "--file", &path], "title\nA\n", "cannot be used with"),
        (&["rooms", "create", "--file", "nosuch.csv"], "", "cannot read nosuch.csv"),
        (&["templates", "use", "4711", "--file", &path], "title\nA\n", "there is no template 4711"),
        (&["members", "add", "--file", &path], "email\na@b.c\n", "line 2, room: write a room, or add the argument"),
    ] {
        file(&world, "clients.csv", text);
        let ended = world.owner(arguments).assert().failure().stdout_eq("");
        assert!(stderr(&ended).contains(message), "{arguments:?}: {}", stderr(&ended));
    }
    assert_eq!(world.write_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn second_run_goes_on_where_the_first_one_stopped() {
    let world = with_people().await;
    let ann = world.mock.email("ann");
    let path = file(&world, "clients.csv", format!("title,members,link\nA,,\nB,{ann}:read,read\nC,,\nD,,\n"));
    let create = [
        "rooms",
        "create",
        "--file",
        &path,
        "--type",
        "custom",
        "--json",
        "title,state",
        "--jq",
        ".[] | .title, .state",
    ];
    // The portal refuses the first room, and the members of the second one.
    world.mock.faults().next("POST /files/rooms", Fault::status(403));
    world.mock.faults().next("PUT /files/rooms/*/share", Fault::status(403));
    let ended = world.owner(&create).assert().code(5).stdout_eq("B\nincomplete\nC\ncreated\nD\ncreated\n");
    assert!(stderr(&ended).contains("\"line 2, “A”: "), "{}", stderr(&ended));
    assert!(stderr(&ended).contains("\"line 3, “B”: "), "{}", stderr(&ended));
    assert!(stderr(&ended).contains("\"created 2 of 4 rooms; 2 failed\""), "{}", stderr(&ended));
    let states: Vec<_> =
        results(&world)[1..].iter().map(|line| line.split(',').nth(5).unwrap_or("").to_owned()).collect();
    assert_eq!(states, ["failed", "incomplete", "created", "created"]);

    let before = creations(&world);
    world.owner(&create).assert().success().stdout_eq("A\ncreated\nB\ncreated\nC\ncreated\nD\ncreated\n").stderr_eq("");
    assert_eq!(creations(&world), before + 1);
    assert_eq!(stdout(&world.owner(&["links", "list", "B"]).assert().success()).lines().count(), 1);

    // The program was killed while it created a room: the room is not created again.
    file(
        &world,
        "clients.result.csv",
        "title,members,link,id,url,state,error,portal\nA,,,,,started,,URL\n"
            .replace("URL", &format!("{}/", world.mock.url())),
    );
    file(&world, "clients.csv", "title\nA\nE\n");
    world.owner(&create).assert().success().stdout_eq("A\ncreated\nE\ncreated\n").stderr_eq("");
    assert_eq!(creations(&world), before + 2);
    // Another portal has another result file.
    let other = with_people().await;
    let ended = other.owner(&create).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("is about another portal"), "{}", stderr(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn portal_that_does_not_answer_stops_the_rows() {
    let world = with_people().await;
    let path = file(&world, "clients.csv", "title\nA\nB\nC\nD\nE\n");
    let create = ["rooms", "create", "--file", &path, "--type", "custom"];
    world.mock.faults().next("POST /files/rooms", Fault::reset().times(9));
    let ended = world.owner(&create).assert().code(1).stdout_eq("");
    let text = stderr(&ended);
    assert!(
        text.contains("unknown: whether the room “C” was created\nhint: run the command again: it looks for"),
        "{text}"
    );
    assert!(text.contains("error: created 0 of 5 rooms; 3 failed; 2 not started\n"), "{text}");
    world.mock.faults().clear();
    let created = stdout(&world.owner(&create).assert().success().stderr_eq(""));
    assert_eq!(created.lines().count(), 5, "{created}");
    let rooms = stdout(&world.owner(&["rooms", "list"]).assert().success());
    assert_eq!(rooms.lines().count(), 5, "{rooms}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn result_file_that_cannot_be_written_stops_before_the_first_room() {
    let world = with_people().await;
    let path = file(&world, "clients.csv", "title\nA\n");
    let create = ["rooms", "create", "--file", &path, "--type", "custom", "--result", "/dev/null/r.csv"];
    let ended = world.owner(&create).assert().failure().stdout_eq("");
    assert!(stderr(&ended).contains("the result file /dev/null/r.csv cannot be read: "), "{}", stderr(&ended));
    let missing = world.config.path().join("nosuch/r.csv");
    let create =
        ["rooms", "create", "--file", &path, "--type", "custom", "--result", missing.to_str().expect("a path")];
    let ended = world.owner(&create).assert().code(1).stdout_eq("");
    assert!(stderr(&ended).contains("cannot write the result file "), "{}", stderr(&ended));
    assert_eq!(world.write_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_that_exist_are_not_created_again_on_request() {
    let world = with_people().await;
    world.room("Offer 7/2026", "custom");
    let archived = world.room("Old", "custom");
    world.owner(&["rooms", "archive", &archived]).assert().success();
    let one = ["rooms", "create", "Offer 7/2026", "--type", "custom", "--if-missing", "--json", "title"];
    world.owner(&one).assert().success().stdout_eq("{\"title\":\"Offer 7_2026\"}\n").stderr_eq("");
    let dry_run = ["rooms", "create", "New", "--type", "custom", "--if-missing", "--dry-run"];
    world.owner(&dry_run).assert().success().stdout_eq("").stderr_eq("dry run: would create the custom room “New”\n");
    let before = creations(&world);
    let mut command = world.std_command_as_owner(&["rooms", "create", "--file", "-", "--if-missing"]);
    command.args(["--json", "title,state", "--jq", ".[] | .title, .state"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let text = "title\ttype\nOffer 7/2026\tCustom\nOffer 7/2026 b\tpublic\nOld\tcustom\n";
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("the command reads");
    let ended = child.wait_with_output().expect("the command ends");
    let output = String::from_utf8(ended.stdout).expect("text");
    assert_eq!(output, "Offer 7/2026\nexisting\nOffer 7/2026 b\ncreated\nOld\ncreated\n");
    assert_eq!(creations(&world), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_of_a_file_are_created_from_a_template() {
    let world = with_people().await;
    let room = world.room("Audit", "custom");
    world.owner(&["templates", "create", &room, "Model"]).assert().success();
    let path = file(&world, "clients.csv", "title,tags,link\nAcme,client,comment\nBetter,,\n");
    let one = ["templates", "use", "Model", "Acme", "--dry-run"];
    let ended = world.owner(&one).assert().success().stdout_eq("");
    assert!(stderr(&ended).starts_with("dry run: would create the room “Acme” from template "), "{}", stderr(&ended));
    let create = ["templates", "use", "Model", "--file", &path, "--tag", "new", "--if-missing"];
    let fields = ["--json", "title,type,state", "--jq", ".[] | .title, .type, .state"];
    let ended = world.owner(&[&create[..], &fields].concat()).assert().success().stderr_eq("");
    ended.stdout_eq("Acme\ncustom\ncreated\nBetter\ncustom\ncreated\n");
    let rooms = stdout(&world.owner(&["rooms", "list", "--tag", "client", "--tag", "new"]).assert().success());
    assert_eq!(rooms.lines().count(), 2, "{rooms}");
    file(&world, "clients.csv", "title,type\nAcme,custom\n");
    let ended = world.owner(&create).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("the unknown column `type`"), "{}", stderr(&ended));
    world.owner(&[&create[..], &["--no-wait"]].concat()).assert().code(2).stdout_eq("");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_creation_finishes_the_room_in_flight() {
    let world = with_people().await;
    let path = file(&world, "clients.csv", "title\nA\nB\nC\n");
    world.mock.faults().next("POST /files/rooms", Fault::slow(std::time::Duration::from_secs(2)));
    let mut command = world.std_command_as_owner(&["rooms", "create", "--file", &path, "--type", "custom"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    row_started(&world).await;
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal");
    let ended = child.wait_with_output().expect("the command ends");
    let (out, err) = (String::from_utf8(ended.stdout).expect("text"), String::from_utf8(ended.stderr).expect("text"));
    assert_eq!((ended.status.code(), creations(&world)), (Some(130), 1), "{err}");
    assert!(out.contains("\tA\tcustom\tcreated\t"), "{out}");
    assert!(err.starts_with("stopping after this room; press Ctrl-C again to stop immediately\n"), "{err}");
    assert!(err.contains("hint: created 1 of 3 rooms; 2 not started; run the command again to go on"), "{err}");
    assert_eq!(results(&world).len(), 2);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn second_interrupt_stops_in_the_middle_of_a_room() {
    let world = with_people().await;
    let path = file(&world, "clients.csv", "title\nA\nB\n");
    world.mock.faults().next("POST /files/rooms", Fault::stall());
    let mut command = world.std_command_as_owner(&["rooms", "create", "--file", &path, "--type", "custom"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    let interrupt = |child: &std::process::Child| {
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal");
    };
    row_started(&world).await;
    interrupt(&child);
    let mut err = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    err.read_line(&mut line).expect("a line");
    assert!(line.starts_with("stopping after this room"), "{line}");
    interrupt(&child);
    let mut rest = String::new();
    err.read_to_string(&mut rest).expect("text");
    assert_eq!(child.wait().expect("the command ends").code(), Some(130), "{rest}");
    assert!(rest.contains("hint: run the command again: it looks for the room before it creates one"), "{rest}");
    assert!(results(&world)[1].starts_with("A,,,unknown,"), "{:?}", results(&world));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_file_are_added_to_their_rooms() {
    let world = with_people().await;
    let (ann, bob) = (world.mock.email("ann"), world.mock.email("bob"));
    world.people_group("Auditors", &["bob"]);
    let (audit, deal) = (world.room("Audit", "custom"), world.room("Deal", "virtual-data"));
    let text = format!("Room,E-mail,Group,Access\nAudit,{ann},,room-manager\n{deal},{bob},,\n,,auditors,review\n");
    let path = file(&world, "team.csv", text);
    let add = ["members", "add", &audit, "--file", &path, "--access", "read"];
    let fields = ["--json", "name,room,change,access", "--jq", ".[] | \"\\(.room) \\(.change) \\(.access)\""];
    let all = [&add[..], &fields].concat();
    let expected = format!("{audit} added room-manager\n{audit} added review\n{deal} added read\n");
    let before = world.write_count();
    let ended = world.owner(&[&all[..], &["--dry-run"]].concat()).assert().success().stdout_eq(expected.clone());
    assert!(stderr(&ended).starts_with("dry run: "), "{}", stderr(&ended));
    assert_eq!(world.write_count(), before);
    world.owner(&all).assert().success().stdout_eq(expected.clone()).stderr_eq("");
    world.owner(&all).assert().success().stdout_eq(expected.replace("added", "unchanged")).stderr_eq("");
    assert_eq!(world.write_count(), before + 2);

    // Mistakes that only the portal knows are found before the first change too.
    let text = format!("room,person,access\nAudit,{bob},room-manager\nDeal,new@client.com,read\n");
    file(&world, "team.csv", text);
    let ended = world.owner(&["members", "add", "--file", &path]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains(&bob) && stderr(&ended).contains("new@client.com"), "{}", stderr(&ended));
    file(&world, "team.csv", "room,person,group,access\nNo room,a@b.c,,read\nAudit,,No group,read\n");
    let ended = world.owner(&["members", "add", "--file", &path]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("line 2: room: no room has the title `No room`"), "{}", stderr(&ended));
    assert!(stderr(&ended).contains("line 3: group: no people group has the name `No group`"), "{}", stderr(&ended));
    assert_eq!(world.write_count(), before + 2);
}
