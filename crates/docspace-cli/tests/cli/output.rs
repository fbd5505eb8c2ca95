//! The output formats: tables on a terminal, tab-separated lines in a pipe, and JSON.

use std::io::Read;
use std::process::Stdio;

use snapbox::str;

use crate::support::{World, stdout};

async fn with_rooms() -> World {
    with_rooms_in(World::new().await)
}

fn with_rooms_in(world: World) -> World {
    world.room("Audit of the year 2026, for a client with a long name", "virtual-data");
    world.room("監査", "public");
    world.owner(&["rooms", "create", "Tagged", "--type", "custom", "--tag", "b", "--tag", "a"]).assert().success();
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn table_fits_the_width_of_the_terminal() {
    let world = with_rooms_in(World::today().await);
    let list = || world.owner(&["rooms", "list"]).env("DOCSPACE_FORCE_TTY", "72");
    list()
        .env("NO_COLOR", "1")
        .assert()
        .success()
        .stdout_eq(str![[r#"
ID  TITLE                           TYPE          STATE   TAGS  UPDATED
5   Audit of the year 2026, for a…  virtual-data  active        just now
7   Tagged                          custom        active  a, b  just now
6   監査                            public        active        just now

"#]])
        .stderr_eq("");
    let colored = stdout(&list().assert().success());
    assert!(colored.contains("\u{1b}[36m"), "{colored}");
    assert_eq!(console::strip_ansi_codes(&colored), stdout(&list().env("NO_COLOR", "1").assert().success()));
}

#[tokio::test(flavor = "multi_thread")]
async fn list_in_a_pipe_is_tab_separated() {
    let world = with_rooms().await;
    world
        .owner(&["rooms", "list"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	Audit of the year 2026, for a client with a long name	virtual-data	active		2026-11-21T08:00:00Z
[ROOM]	Tagged	custom	active	a,b	2026-11-21T08:00:00Z
[ROOM]	監査	public	active		2026-11-21T08:00:00Z

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn record_on_a_terminal_has_one_line_for_each_field() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    let view = world.owner(&["rooms", "view", &id, "--json", "color", "--jq", ".color"]).assert().success();
    let color = stdout(&view).trim().to_owned();
    let view = world.owner(&["rooms", "view", &id]).env("DOCSPACE_FORCE_TTY", "80").env("NO_COLOR", "1").assert();
    let shown = stdout(&view.success()).replace(&color, "C0FFEE").replace(&world.mock.url(), "http://portal");
    snapbox::assert_data_eq!(
        shown,
        str![[r#"
id                   5
title                Audit
type                 custom
state                active
owner                Administrator
owner id             74365e6e-e618-4902-ad36-74b361567c3e
created              2026-11-21 08:00 UTC
updated              2026-11-21 08:00 UTC
pinned               no
shared               no
private              no
indexing             no
deny download        no
files                0
folders              0
used space           0 B
color                C0FFEE
url                  http://portal/rooms/shared/5/filter?folder=5
owner email          owner@example.com
members              1
links                0
expired links        0
never expiring links 0

"#]]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn json_contains_the_requested_fields() {
    let world = with_rooms().await;
    let list = ["rooms", "list", "--json", "id,TITLE,tags"];
    world.owner(&list).assert().success().stdout_eq(str![[r#"
[{"id":[ROOM],"title":"Audit of the year 2026, for a client with a long name","tags":[]},{"id":[ROOM],"title":"Tagged","tags":["a","b"]},{"id":[ROOM],"title":"監査","tags":[]}]

"#]]).stderr_eq("");
    let id = world.room("Other", "custom");
    let view = || world.owner(&["rooms", "view", &id, "--json", "id,tags"]).env("DOCSPACE_FORCE_TTY", "80");
    view()
        .env("NO_COLOR", "1")
        .assert()
        .success()
        .stdout_eq(str![[r#"
{
  "id": [ROOM],
  "tags": []
}

"#]])
        .stderr_eq("");
    assert!(stdout(&view().assert().success()).contains("\u{1b}[34m\"tags\"\u{1b}[0m: []"));
}

#[tokio::test(flavor = "multi_thread")]
async fn jq_filters_the_json() {
    let world = with_rooms().await;
    let list = ["rooms", "list", "--json", "id,title,type", "--jq", ".[] | select(.type != \"public\") | .title, {id}"];
    world
        .owner(&list)
        .assert()
        .success()
        .stdout_eq(str![[r#"
Audit of the year 2026, for a client with a long name
{"id":[ROOM]}
Tagged
{"id":[ROOM]}

"#]])
        .stderr_eq("");
    let wrong = ["rooms", "list", "--json", "id", "--jq", ".[].id | keys"];
    world.owner(&wrong).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
{"kind":"failed","status":null,"call":null,"message":"the jq expression failed: cannot use 5 as iterable (array or object)","advice":"run the command without --jq to see the JSON that the expression filters"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_without_valid_fields_lists_the_available_ones() {
    let world = World::new().await;
    world.owner(&["links", "list", "7", "--json"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: --json needs the names of fields, separated by commas. The available fields are:
  id
  roomId
  room
  kind
  access
  title
  expires
  password
  url
  folderId
  fileId
  entry
  expired
  internal
  denyDownload
  uses
  maxUses

"#]]);
    world.owner(&["rooms", "archive", "7", "--json", "nosuch"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
{"kind":"usage","status":null,"call":null,"message":"there is no field `nosuch`. The available fields are:/n  id/n  state/n  title","advice":""}

"#]]);
    world.owner(&["rooms", "list", "--json", "id", "--jq", ".["]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
{"kind":"usage","status":null,"call":null,"message":"`.[` is not a valid jq expression: expected closing bracket at its end","advice":"use a form such as '.[].id' or 'map(select(.type == /"custom/")) | length'"}

"#]]);
    world.owner(&["rooms", "list", "--jq", "."]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the following required arguments were not provided:
  --json [<FIELDS>]

Usage: docspace rooms list --json [<FIELDS>] --jq <EXPRESSION>

For more information, try '--help'.

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_pipe_ends_the_command_without_an_error() {
    let world = with_rooms().await;
    for arguments in [&["rooms", "list"][..], &["completions", "bash"], &["rooms", "list", "--json", "id"]] {
        let mut command = world.std_command_as_owner(arguments);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let ended = child.wait().expect("the command ends");
        let mut errors = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut errors).expect("text");
        assert_eq!((ended.code(), errors.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
