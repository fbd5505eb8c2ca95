//! The `docspace audit` commands: their records, formats, notes and exit codes.

use docspace_mock::{Fault, MockPortal, Role};
use regex::Regex;
use serde_json::{Value, json};
use snapbox::str;

use crate::support::{World, assert_golden, stderr, stdout, today};

/// A portal with a custom room, a public room, guests with and without a room, and a room of
/// another person. Ann manages the custom room.
pub(crate) async fn populated() -> World {
    let builder = MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).person("ursula", Role::User);
    let builder = builder.person("bob", Role::Guest).person("gus", Role::Guest);
    let world = World::on(builder.start().await.expect("a free port"));
    let audit = world.room_with_any_title("Audit 2026", 5);
    let press = world.room_with_any_title("Press", 6);
    let link = |room: &str, body: Value| world.call("PUT", &format!("files/rooms/{room}/links"), &body);
    link(
        &audit,
        json!({"access": 2, "linkType": 1, "title": "=<script>alert(1)</script> | \"you\"",
        "expirationDate": in_days(400), "password": "Hunter2hunter2"}),
    );
    link(&audit, json!({"access": 10, "linkType": 1, "title": "Editors", "expirationDate": in_days(5)}));
    link(&audit, json!({"access": 6, "linkType": 1, "title": "Staff", "internal": true}));
    link(&press, json!({"access": 11, "linkType": 0, "title": "Join the press"}));
    let people = world.people_group("Auditors", &["ursula"]);
    let member = |id: &str, access: i32| json!({"id": id, "access": access});
    let invitations = json!([
        member(&world.mock.person_id("ann"), 9),
        member(&world.mock.person_id("bob"), 2),
        member(&people, 2),
        {"email": "newcomer@acme.com", "access": 2},
    ]);
    world.call("PUT", &format!("files/rooms/{audit}/share"), &json!({"invitations": invitations, "notify": false}));
    world.as_person("ann", &["rooms", "create", "Room of Ann", "--type", "public"]).assert().success();
    world
}

fn in_days(days: u64) -> String {
    let time = std::time::SystemTime::now() + std::time::Duration::from_secs(days * 24 * 3600);
    let time = jiff::Timestamp::try_from(time).expect("a date");
    time.strftime("%Y-%m-%dT%H:%M:%S.0000000Z").to_string()
}

/// Replaces the dates for people, and the report's own date.
fn without_dates(text: &str) -> String {
    let date = Regex::new(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|\+00:00| UTC)?").expect("a pattern");
    date.replace_all(text, "[DATE]").into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_reported_with_what_cannot_be_read() {
    let world = populated().await;
    let writes = world.write_count();
    let ended = world.owner(&["audit", "links"]).assert().success();
    assert_golden(
        without_dates(&stdout(&ended)),
        str![[r#"
[ROOM]	Audit 2026	custom	external	Editors	editing	[DATE]	expires-soon	false	false
[ROOM]	Audit 2026	custom	external	=<script>alert(1)</script> | "you"	read	[DATE]	expires-later	true	false
[ROOM]	Audit 2026	custom	external	Staff	comment		never-expires	false	true
[ROOM]	Press	public	invitation	Join the press	content-creator		never-expires	false	false
[ROOM]	Press	public	primary	Shared link	read		never-expires	false	false

"#]],
    );
    ended.stderr_eq(str![[r#"
incomplete: the links of 1 room cannot be read (only the owner and the managers of a room can read its links): room [ROOM] “Room of Ann”

"#]]);
    assert_eq!(world.write_count(), writes, "the audit only reads");
    let csv = stdout(&world.owner(&["audit", "links", "--format", "csv", "--type", "custom"]).assert().success());
    assert_golden(
        without_dates(&csv),
        str![[r#"
roomId,room,roomType,kind,title,access,expires,state,password,internal,id,roomState,denyDownload,uses,maxUses
5,Audit 2026,custom,external,Editors,editing,[DATE],expires-soon,false,false,[ID],active,false,,
5,Audit 2026,custom,external,"'=<script>alert(1)</script> | ""you""",read,[DATE],expires-later,true,false,[ID],active,false,,
5,Audit 2026,custom,external,Staff,comment,,never-expires,false,true,[ID],active,false,,

"#]],
    );
    let urls = world.owner(&["audit", "links", "--with-urls", "--json", "url", "--jq", ".[].url"]).assert().success();
    assert!(stdout(&urls).lines().all(|url| url.starts_with(&format!("{}/s/", world.mock.url()))), "{}", stdout(&urls));
    world.owner(&["audit", "links", "--json", "url"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
{"kind":"usage","status":null,"call":null,"message":"the addresses of links are left out, because they open rooms","advice":"add --with-urls to include them"}

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_have_a_headline_findings_and_all_records() {
    let world = populated().await;
    let report = |format: &str| {
        let audit = ["audit", "links", "--type", "custom", "--format", format];
        without_dates(&stdout(&world.owner(&audit).assert().success()))
    };
    assert_golden(
        report("markdown"),
        str![[r##"
# Link audit: 1 of 3 links never expires

2 working links open their rooms without an account.

“Soon” means before [DATE].

- Portal: [MOCK]
- Account: Administrator &lt;owner@example.com&gt;, owner
- Rooms: 1 active room
- Date: [DATE] (UTC+00:00)
- Command: docspace audit links --type custom --format markdown

## Findings

### Links that never expire (1)

Set a date with `docspace links edit --expires`. The primary link of a public or form-filling room cannot have one.

- room [ROOM] “Audit 2026”: external link “Staff” (comment)

### External links without a password (1)

Set a password with `docspace links edit --password-stdin`.

- room [ROOM] “Audit 2026”: external link “Editors” (editing, expires [DATE])

### External links that allow editing (1)

Give these people an account, or lower the access with `docspace links edit --access`.

- room [ROOM] “Audit 2026”: external link “Editors” (editing, expires [DATE])

### Links that expire soon (1)

Extend those that people still need with `docspace links edit --expires`.

- room [ROOM] “Audit 2026”: external link “Editors” (editing, expires [DATE])

## All links

| room id | room | room type | kind | title | access | expires | state | password | internal |
|---|---|---|---|---|---|---|---|---|---|
| 5 | Audit 2026 | custom | external | Editors | editing | [DATE] | expires-soon | no | no |
| 5 | Audit 2026 | custom | external | =&lt;script&gt;alert(1)&lt;/script&gt; /| "you" | read | [DATE] | expires-later | yes | no |
| 5 | Audit 2026 | custom | external | Staff | comment |  | never-expires | no | yes |

"##]],
    );
    let json: Value = serde_json::from_str(&report("json")).expect("JSON");
    assert_eq!(json["headline"], "1 of 3 links never expires");
    assert_eq!(json["findings"][0]["rule"], "link-without-expiry");
    assert_eq!(json["records"].as_array().expect("records").len(), 3);
    assert!(json["records"][0].get("url").is_none(), "{json}");
    assert_golden(
        report("table"),
        str![[r#"
ROOM ID  ROOM        ROOM TYPE  KIND      TITLE                               ACCESS   EXPIRES       STATE          PASSWORD  INTERNAL
5        Audit 2026  custom     external  Editors                             editing  in 5 days     expires-soon   no        no
5        Audit 2026  custom     external  =<script>alert(1)</script> | "you"  read     in 13 months  expires-later  yes       no
5        Audit 2026  custom     external  Staff                               comment                never-expires  no        yes

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn access_is_reported_for_all_people_and_for_one() {
    let world = populated().await;
    let lines = |arguments: &[&str]| {
        let audit = [&["audit", "access"], arguments].concat();
        without_dates(&stdout(&world.owner(&audit).assert().success()))
    };
    assert_golden(
        lines(&[]),
        str![[r#"
[ROOM]	Room of Ann	public	person	Ann Tester	ann@example.com	room-admin	owner	active	
[ROOM]	Audit 2026	custom	person	Administrator	owner@example.com	owner	owner	active	
[ROOM]	Audit 2026	custom	person	Ann Tester	ann@example.com	room-admin	room-manager	active	
[ROOM]	Audit 2026	custom	group	Auditors			read		
[ROOM]	Audit 2026	custom	person	Bob Tester	bob@example.com	guest	read	active	
[ROOM]	Audit 2026	custom	person	newcomer@acme.com	newcomer@acme.com	guest	read	pending	
[ROOM]	Audit 2026	custom	external-link	Editors			editing	expires-soon	[DATE]
[ROOM]	Audit 2026	custom	external-link	Staff			comment	never-expires	
[ROOM]	Audit 2026	custom	external-link	=<script>alert(1)</script> | "you"			read	expires-later	[DATE]
[ROOM]	Press	public	person	Administrator	owner@example.com	owner	owner	active	
[ROOM]	Press	public	invitation-link	Join the press			content-creator	never-expires	
[ROOM]	Press	public	primary-link	Shared link			read	never-expires	

"#]],
    );
    assert_golden(
        lines(&["--person", "ursula@example.com"]),
        str![[r#"
[ROOM]	Audit 2026	custom	group	Auditors			read		

"#]],
    );
    world.owner(&["audit", "access", "--person", "unknown@example.com"]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_are_reported_with_and_without_rooms() {
    let world = populated().await;
    let audit = world.owner(&["audit", "guests", "--fail-on", "guest-without-room"]).assert().code(9);
    assert_golden(
        without_dates(&stdout(&audit)),
        str![[r#"
Bob Tester	bob@example.com	active	5	Audit 2026	custom	read	Administrator	[DATE]
Gus Tester	gus@example.com	active					Administrator	[DATE]
newcomer@acme.com	newcomer@acme.com	pending	5	Audit 2026	custom	read	Administrator	[DATE]

"#]],
    );
    audit.stderr_eq(str![[r#"
error: 1 finding for --fail-on
guest-without-room:
  Gus Tester <gus@example.com>
hint: see the report for what to do, and the help of this command for the rules

"#]]);
    let seen_by_ann = world.as_person("ann", &["audit", "guests", "--json", "email"]).assert().success();
    assert!(
        stderr(&seen_by_ann).contains("guests whom other people invited cannot be read ("),
        "{}",
        stderr(&seen_by_ann)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_are_printed_after_the_report_and_exit_with_9() {
    let world = populated().await;
    let rules = ["--fail-on", "expiring-link", "--fail-on", "external-link", "--fail-on", "expired-link"];
    let ended = world.owner(&[&["audit", "links"], &rules[..]].concat()).assert().code(9);
    assert_eq!(stdout(&ended).lines().count(), 5, "{}", stdout(&ended));
    assert_golden(
        without_dates(&stderr(&ended)),
        str![[r#"
incomplete: the links of 1 room cannot be read (only the owner and the managers of a room can read its links): room [ROOM] “Room of Ann”
error: 5 findings for --fail-on
expiring-link:
  room [ROOM] “Audit 2026”: external link “Editors” (editing, expires [DATE])
external-link:
  room [ROOM] “Audit 2026”: external link “Editors” (editing, expires [DATE])
  room [ROOM] “Audit 2026”: external link “=<script>alert(1)</script> | "you"” (read, expires [DATE])
  room [ROOM] “Press”: primary link “Shared link” (read)
  room [ROOM] “Room of Ann”: a link that you cannot read
hint: see the report for what to do, and the help of this command for the rules

"#]],
    );
    let json = world.owner(&["audit", "links", "--json", "id", "--fail-on", "expiring-link"]).assert().code(9);
    let text = stderr(&json);
    let failure: Value = serde_json::from_str(text.lines().last().expect("a failure")).expect("JSON");
    assert_eq!(failure["kind"], "found");
    assert_eq!(failure["details"]["expiring-link"].as_array().expect("links").len(), 1, "{failure}");
    world.owner(&["audit", "links", "--fail-on", "expired-link"]).assert().success();
    world.owner(&["audit", "links", "--fail-on", "nothing"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_is_reported_for_rooms_and_the_portal() {
    let world = populated().await;
    let rooms = world.owner(&["rooms", "list", "--json", "id", "--jq", ".[].id"]).assert().success();
    let id = stdout(&rooms).lines().last().expect("a room").parse().expect("a number");
    assert!(world.mock.portal(|portal| portal.fill_room(id, 3000)));
    let answer = |response: Value| {
        let body = json!({"response": response, "status": 0, "statusCode": 200}).to_string();
        Fault::status(200).header("Content-Type", "application/json").body(body)
    };
    world.mock.faults().next("GET /portal/usedspace", answer(json!(900_000.0)));
    world.mock.faults().next("GET /portal/quota", answer(json!({"maxTotalSize": 1_000_000})));
    let ended = world.owner(&["audit", "storage", "--fail-on", "portal-nearly-full"]).assert().code(9);
    ended.stdout_eq(str![[r#"
	(the whole portal)	portal	900000	1000000	90
[ROOM]	Press	public	3000		
[ROOM]	Audit 2026	custom	0		
[ROOM]	Room of Ann	public			

"#]]).stderr_eq(str![[r#"
incomplete: the used space of 1 room cannot be read (only the owner, the managers and the content creators of a room can read it): room [ROOM] “Room of Ann”
error: 1 finding for --fail-on
portal-nearly-full:
  the portal: 878.9 KiB of 976.6 KiB (90 %)
hint: see the report for what to do, and the help of this command for the rules

"#]]);
    world.owner(&["audit", "storage", "--over", "0%"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_checked_before_anything_is_read() {
    let world = populated().await;
    world.mock.clear_requests();
    let missing = world.config.path().join("missing/links.html");
    let audit = |path: &std::path::Path| world.owner(&["audit", "links", "-o", path.to_str().expect("text")]).assert();
    let ended = audit(&missing).code(1).stdout_eq("");
    assert!(stderr(&ended).contains("links.html: "), "{}", stderr(&ended));
    assert!(world.mock.requests().is_empty());
    let file = world.config.path().join("links.csv");
    audit(&file).success().stdout_eq("");
    assert!(std::fs::read_to_string(&file).expect("a file").starts_with("roomId,room,roomType,"));
    world.owner(&["audit", "links", "--format", "csv", "--json", "id"]).assert().code(2).stdout_eq("");
}
