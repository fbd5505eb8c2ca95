//! Tables on terminals of different widths: what people copy is never cut.

use std::time::Duration;

use regex::Regex;
use snapbox::{IntoData, assert_data_eq, str};

use crate::support::{World, stdout};

/// A portal with a room that has an invitation link, a link that has expired, and one that has not.
/// Each gives another access, because the portal sorts links by it. The link has expired only on
/// the portal, whose clock is ahead of that of the computer.
async fn with_links() -> (World, String) {
    let world = World::today().await;
    let room = world.room("Audit", "custom");
    let create = |access: &str, arguments: &[&str]| {
        let create = [&["links", "create", &room, "--access", access], arguments].concat();
        world.owner(&create).assert().success();
    };
    create("comment", &["--title", "For the client and the auditors of the client", "--expires", "2h"]);
    create("read", &[]);
    create("content-creator", &["--invite"]);
    world.mock.advance(Duration::from_secs(3 * 3600));
    (world, room)
}

/// Returns what a terminal of this width shows, without colors. Ids, addresses and dates that
/// differ from run to run are replaced by others of the same length.
fn shown(world: &World, arguments: &[&str], columns: usize) -> String {
    let command = world.owner(arguments).env("DOCSPACE_FORCE_TTY", columns.to_string()).env("NO_COLOR", "1");
    let text = stdout(&command.assert().success());
    let replace = |text: &str, pattern: &str, by: &str| {
        Regex::new(pattern).expect("a pattern").replace_all(text, by).into_owned()
    };
    let text = replace(&text, r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    let text = replace(&text, r"http://127.0.0.1:\d+/s/\w{15}", "https://portal.acme.com/s/0123456789abcde");
    let text = replace(&text, r"20\d\d-\d\d-\d\d", "2026-11-21");
    replace(&text, r"2026-11-21 \d\d:\d\d", "2026-11-21 14:35")
}

/// Compares what terminals of several widths show with golden texts.
fn assert_shown(world: &World, arguments: &[&str], expected: impl IntoData) {
    let texts = [20, 40, 80, 120, 200].map(|columns| format!("{columns}:\n{}", shown(world, arguments, columns)));
    assert_data_eq!(texts.join("\n"), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_leave_out_columns_on_narrow_terminals() {
    let world = World::today().await;
    world.room("監査", "public");
    world.room("חוזה של Acme لعام 2026", "custom");
    world.room("👩‍🚀 cafe\u{301}", "editing");
    let long = "Audit of the year 2026, for a client with a long name, and for the auditors of the client";
    world
        .owner(&["rooms", "create", long, "--type", "virtual-data", "--tag", "audit", "--tag", "2026"])
        .assert()
        .success();
    assert_shown(
        &world,
        &["rooms", "list"],
        str![[r#"
20:
ID  TITLE
7   __‍__ café
8   Audit of the ye…
6   חוזה של Acme لع…
5   監査

40:
ID  TITLE                   TYPE
7   __‍__ café               editing
8   Audit of the year 202…  virtual-data
6   חוזה של Acme لعام 2026  custom
5   監査                    public

80:
ID  TITLE                            TYPE          STATE   TAGS         UPDATED
7   __‍__ café                        editing       active               just now
8   Audit of the year 2026, for a …  virtual-data  active  2026, audit  just now
6   חוזה של Acme لعام 2026           custom        active               just now
5   監査                             public        active               just now

120:
ID  TITLE                                                                    TYPE          STATE   TAGS         UPDATED
7   __‍__ café                                                                editing       active               just now
8   Audit of the year 2026, for a client with a long name, and for the aud…  virtual-data  active  2026, audit  just now
6   חוזה של Acme لعام 2026                                                   custom        active               just now
5   監査                                                                     public        active               just now

200:
ID  TITLE                                                                                      TYPE          STATE   TAGS         UPDATED
7   __‍__ café                                                                                  editing       active               just now
8   Audit of the year 2026, for a client with a long name, and for the auditors of the client  virtual-data  active  2026, audit  just now
6   חוזה של Acme لعام 2026                                                                     custom        active               just now
5   監査                                                                                       public        active               just now

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_keep_their_addresses_whole() {
    let (world, room) = with_links().await;
    assert_shown(
        &world,
        &["links", "list", &room],
        str![[r#"
20:
id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            invitation
access          content-creator
title           Invitation link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            external
access          comment
title           For the client and the auditors of the client
expires         2026-11-21 (expired)
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            external
access          read
title           Shared link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

40:
id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            invitation
access          content-creator
title           Invitation link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            external
access          comment
title           For the client and the auditors of the client
expires         2026-11-21 (expired)
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            external
access          read
title           Shared link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

80:
TITLE             EXPIRES               URL
Invitation link   never                 https://portal.acme.com/s/0123456789abcde
For the client …  2026-11-21 (expired)  https://portal.acme.com/s/0123456789abcde
Shared link       never                 https://portal.acme.com/s/0123456789abcde

120:
KIND        ACCESS           TITLE              EXPIRES               PASSWORD  URL
invitation  content-creator  Invitation link    never                 no        https://portal.acme.com/s/0123456789abcde
external    comment          For the client a…  2026-11-21 (expired)  no        https://portal.acme.com/s/0123456789abcde
external    read             Shared link        never                 no        https://portal.acme.com/s/0123456789abcde

200:
ID                                    KIND        ACCESS           TITLE                                          EXPIRES               PASSWORD  URL
6f9619ff-8b86-d011-b42d-00cf4fc964ff  invitation  content-creator  Invitation link                                never                 no        https://portal.acme.com/s/0123456789abcde
6f9619ff-8b86-d011-b42d-00cf4fc964ff  external    comment          For the client and the auditors of the client  2026-11-21 (expired)  no        https://portal.acme.com/s/0123456789abcde
6f9619ff-8b86-d011-b42d-00cf4fc964ff  external    read             Shared link                                    never                 no        https://portal.acme.com/s/0123456789abcde

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_all_rooms_keep_their_addresses_whole() {
    let (world, _) = with_links().await;
    assert_shown(
        &world,
        &["links", "list", "--all-rooms", "--external"],
        str![[r#"
20:
id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
room id         5
room            Audit
kind            external
access          comment
title           For the client and the auditors of the client
expires         2026-11-21 (expired)
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
room id         5
room            Audit
kind            external
access          read
title           Shared link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

40:
id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
room id         5
room            Audit
kind            external
access          comment
title           For the client and the auditors of the client
expires         2026-11-21 (expired)
password        no
url             https://portal.acme.com/s/0123456789abcde

id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
room id         5
room            Audit
kind            external
access          read
title           Shared link
expires         never
password        no
url             https://portal.acme.com/s/0123456789abcde

80:
ROOM ID  ROOM   TITLE                   URL
5        Audit  For the client and th…  https://portal.acme.com/s/0123456789abcde
5        Audit  Shared link             https://portal.acme.com/s/0123456789abcde

120:
ROOM ID  ROOM   KIND      ACCESS   TITLE                  EXPIRES               URL
5        Audit  external  comment  For the client and t…  2026-11-21 (expired)  https://portal.acme.com/s/0123456789abcde
5        Audit  external  read     Shared link            never                 https://portal.acme.com/s/0123456789abcde

200:
ID                                    ROOM ID  ROOM   KIND      ACCESS   TITLE                                          EXPIRES               PASSWORD  URL
6f9619ff-8b86-d011-b42d-00cf4fc964ff  5        Audit  external  comment  For the client and the auditors of the client  2026-11-21 (expired)  no        https://portal.acme.com/s/0123456789abcde
6f9619ff-8b86-d011-b42d-00cf4fc964ff  5        Audit  external  read     Shared link                                    never                 no        https://portal.acme.com/s/0123456789abcde

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_links_are_whole_on_terminals_of_every_width() {
    let (world, room) = with_links().await;
    let cut_id = Regex::new(r"[0-9a-f-]{4,35}…").expect("a pattern");
    for (columns, rooms) in (40..=300).step_by(20).flat_map(|columns| [(columns, &*room), (columns, "--all-rooms")]) {
        let text = shown(&world, &["links", "list", rooms], columns);
        assert_eq!(text.matches("https://portal.acme.com/s/0123456789abcde").count(), 3, "{columns}: {text}");
        assert!(!cut_id.is_match(&text), "{columns}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn created_and_changed_records_have_one_line_for_each_column() {
    let world = World::today().await;
    let room = world.room("Audit", "custom");
    let create = ["links", "create", &room, "--access", "read", "--title", "For the client", "--expires", "400days"];
    for columns in [40, 200] {
        assert_data_eq!(
            shown(&world, &create, columns),
            str![[r#"
id              6f9619ff-8b86-d011-b42d-00cf4fc964ff
kind            external
access          read
title           For the client
expires         2026-11-21 14:35 UTC
password        no
url             https://portal.acme.com/s/0123456789abcde

"#]]
        );
    }
    let edit = ["rooms", "edit", &room, "--title", "Audit 2027"];
    assert_data_eq!(
        shown(&world, &edit, 40).replace(&format!(" {room}\n"), " 5\n"),
        str![[r#"
id              5
title           Audit 2027
type            custom
state           active
updated         2026-11-21 14:35 UTC

"#]]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn times_on_a_terminal_are_local_and_name_their_zone() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let view = |columns| {
        let view = world.owner(&["rooms", "view", &room]).env("TZ", "CET-1CEST,M3.5.0,M10.5.0/3");
        stdout(&view.env("DOCSPACE_FORCE_TTY", columns).env("NO_COLOR", "1").assert().success())
    };
    assert!(view("80").contains("created              2026-11-21 09:00 CET\n"), "{}", view("80"));
    assert!(view("").contains("created\t2026-11-21T08:00:00Z\n"), "{}", view(""));
}

#[tokio::test(flavor = "multi_thread")]
async fn colors_show_what_is_archived_or_expired() {
    let (world, room) = with_links().await;
    let shown =
        |arguments: &[&str]| stdout(&world.owner(arguments).env("DOCSPACE_FORCE_TTY", "200").assert().success());
    let links = shown(&["links", "list", &room]);
    assert!(Regex::new("\u{1b}\\[31m[^\u{1b}]* \\(expired\\)").expect("a pattern").is_match(&links), "{links}");
    world.owner(&["rooms", "archive", &room]).assert().success();
    let rooms = shown(&["rooms", "list", "--archived"]);
    assert!(rooms.contains("\u{1b}[2marchived"), "{rooms}");
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_turn_colors_on_and_off() {
    let world = World::new().await;
    world.room("Audit", "custom");
    for (variables, is_colored) in [
        (&[][..], true),
        (&[("NO_COLOR", "1")], false),
        (&[("NO_COLOR", "")], true),
        (&[("CLICOLOR", "0")], false),
        (&[("CLICOLOR", "1")], true),
        (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[("TERM", "dumb")], false),
        (&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], true),
    ] {
        let list = world.owner(&["rooms", "list"]).env("DOCSPACE_FORCE_TTY", "80").envs(variables.iter().copied());
        let text = stdout(&list.assert().success());
        assert_eq!(text.contains('\u{1b}'), is_colored, "{variables:?}: {text}");
        let missing = world.owner(&["rooms", "view", "4711"]).envs(variables.iter().copied()).assert().code(3);
        let is_forced = variables.contains(&("CLICOLOR_FORCE", "1")) && is_colored;
        let text = crate::support::stderr(&missing);
        assert_eq!(text.contains('\u{1b}'), is_forced, "{variables:?}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_fit_terminals_of_every_width() {
    let world = World::today().await;
    for title in ["監査".repeat(30), "חוזה ".repeat(20), "e\u{301}".repeat(80), "Audit ".repeat(25)] {
        world.owner(&["rooms", "create", title.trim(), "--type", "virtual-data", "--tag", "audit"]).assert().success();
    }
    for columns in [20, 21, 30, 40, 47, 60, 80, 100, 150, 300] {
        let text = shown(&world, &["rooms", "list"], columns);
        let widths: Vec<_> = text.lines().map(console::measure_text_width).collect();
        assert!(widths.iter().all(|width| *width <= columns) && widths.len() == 5, "{columns}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn expiry_in_a_list_is_relative_and_has_a_color() {
    let world = World::today().await;
    let room = world.room("Audit", "custom");
    for expires in ["2h", "3days", "50days"] {
        let create = ["links", "create", &room, "--access", "read", "--title", expires, "--expires", expires];
        world.owner(&create).assert().success();
    }
    let list = || world.owner(&["links", "list", &room]);
    let text = stdout(&list().env("DOCSPACE_FORCE_TTY", "200").assert().success());
    for part in ["\u{1b}[33min 3 days", "\u{1b}[33min 2 hours", "  in 50 days"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!stdout(&list().assert().success()).contains("in 3 days"));
}
