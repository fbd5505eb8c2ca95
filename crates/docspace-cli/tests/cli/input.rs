//! Wrong input: told with exit code 2, and the portal is asked for nothing.

use snapbox::str;

use crate::support::World;

/// The command is refused, and nothing was sent.
macro_rules! refused {
    ($($name:ident: [$($argument:literal),*] $golden:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            let world = World::new().await;
            world.owner(&[$($argument),*]).assert().code(2).stdout_eq("").stderr_eq($golden);
            assert!(world.mock.requests().is_empty());
        })+
    };
}

refused! {
    unknown_room_type: ["rooms", "create", "Audit", "--type", "secret"] str![[r#"
error: invalid value 'secret' for '--type <TYPE>'
  [possible values: filling-forms, editing, custom, public, virtual-data, ai]

For more information, try '--help'.

"#]];
    unknown_room_type_as_json: ["rooms", "create", "Audit", "--type", "secret", "--json", "id"] str![[r#"
{"kind":"usage","status":null,"call":null,"message":"invalid value 'secret' for '--type <TYPE>'/n  [possible values: filling-forms, editing, custom, public, virtual-data, ai]","advice":""}

"#]];
    room_type_missing: ["rooms", "create", "Audit"] str![[r#"
error: the following required arguments were not provided:
  --type <TYPE>

Usage: docspace rooms create --type <TYPE> <TITLE>

For more information, try '--help'.

"#]];
    empty_title: ["rooms", "create", " ", "--type", "custom"] str![[r#"
error: the title of the room is empty
hint: give it a title

"#]];
    empty_new_title: ["rooms", "edit", "7", "--title", ""] str![[r#"
error: the title of the room is empty
hint: give it a title

"#]];
    empty_tag: ["rooms", "create", "Audit", "--type", "custom", "--tag", ""] str![[r#"
error: a tag is empty
hint: leave it out

"#]];
    empty_tag_to_add: ["rooms", "edit", "7", "--add-tag", ""] str![[r#"
error: a tag is empty

"#]];
    no_colour: ["rooms", "create", "Audit", "--type", "custom", "--color", "red"] str![[r#"
error: `red` is no colour
hint: write six hexadecimal digits such as FF5733

"#]];
    no_size: ["rooms", "create", "Audit", "--type", "custom", "--quota", "much"] str![[r#"
error: invalid value 'much' for '--quota <SIZE>': no size: write one such as 500MiB or 2GB, or `unlimited`

For more information, try '--help'.

"#]];
    nothing_to_change: ["rooms", "edit", "7"] str![[r#"
error: there is nothing to change
hint: say what to change

"#]];
    room_id_with_a_way_out: ["rooms", "delete", "--yes", r"x-\..\..\..\keys\6f9619ff"] str![[r#"
error: invalid value 'x-/../../../keys/6f9619ff' for '<ROOM>...': `x-/../../../keys/6f9619ff` is not a room id: it contains `/`; use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    room_id_with_a_slash: ["rooms", "archive", "x-1/../zap"] str![[r#"
error: invalid value 'x-1/../zap' for '<ROOM>...': `x-1/../zap` is not a room id: it contains `/`; use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    template_id_with_a_query: ["templates", "use", "x-1?y=2", "Audit"] str![[r#"
error: invalid value 'x-1?y=2' for '<TEMPLATE>': `x-1?y=2` is not a room id: it contains `?`; use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    room_of_a_link_with_a_way_out: ["links", "revoke", "--yes", "x-/..", "primary"] str![[r#"
error: invalid value 'x-/..' for '<ROOM>': `x-/..` is not a room id: it contains `/`; use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    no_room_id: ["rooms", "view", "abc"] str![[r#"
error: invalid value 'abc' for '<ROOM>': `abc` is not a room id: use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    no_ids: ["rooms", "archive"] str![[r#"
error: the following required arguments were not provided:
  <ROOM>...

Usage: docspace rooms archive <ROOM>...

For more information, try '--help'.

"#]];
    no_time: ["rooms", "archive", "7", "--timeout", "soon"] str![[r#"
error: invalid value 'soon' for '--timeout <TIME>': no length of time: write one such as 90s or 10m

For more information, try '--help'.

"#]];
    unknown_access: ["links", "create", "7", "--access", "write"] str![[r#"
error: invalid value 'write' for '--access <ACCESS>'
  [possible values: read, comment, review, fill-forms, editing, content-creator]

  tip: a similar value exists: 'review'

For more information, try '--help'.

"#]];
    no_access: ["links", "create", "7", "--access", "none"] str![[r#"
error: invalid value 'none' for '--access <ACCESS>'
  [possible values: read, comment, review, fill-forms, editing, content-creator]

For more information, try '--help'.

"#]];
    no_date: ["links", "create", "7", "--access", "read", "--expires", "tomorrow"] str![[r#"
error: invalid value 'tomorrow' for '--expires <DATE>': no date: write 2027-01-31, 2027-01-31T18:00:00+01:00, or how long from now, such as 30days

For more information, try '--help'.

"#]];
    expiry_in_the_past: ["links", "create", "7", "--access", "read", "--expires", "2020-01-31"] str![[r#"
error: the expiry 2020-01-31T00:00:00.0000000Z has passed
hint: give a date ahead; to end a link now, revoke it

"#]];
    empty_link_title: ["links", "create", "7", "--access", "read", "--title", ""] str![[r#"
error: the title of the link is empty
hint: give it a title

"#]];
    password_of_an_invitation: ["links", "create", "7", "--invite", "--access", "read", "--password-stdin"] str![[r#"
error: the argument '--invite' cannot be used with '--password-stdin'

Usage: docspace links create --access <ACCESS> --invite <ROOM>

For more information, try '--help'.

"#]];
    password_as_an_argument: ["links", "create", "7", "--access", "read", "--password", "hunter2"] str![[r#"
error: unexpected argument '--password' found

  tip: a similar argument exists: '--password-stdin'

Usage: docspace links create --access <ACCESS> --password-stdin <ROOM>

For more information, try '--help'.

"#]];
    password_without_input: ["links", "create", "7", "--access", "read", "--password-stdin"] str![[r#"
error: there is no password of the link on standard input

"#]];
    password_without_terminal: ["links", "create", "7", "--access", "read", "--ask-password"] str![[r#"
error: the password of the link cannot be asked for without a terminal
hint: pass it on standard input, with --password-stdin

"#]];
    uses_without_invitation: ["links", "create", "7", "--access", "read", "--max-uses", "3"] str![[r#"
error: the following required arguments were not provided:
  --invite

Usage: docspace links create --access <ACCESS> --invite --max-uses <COUNT> <ROOM>

For more information, try '--help'.

"#]];
    too_many_uses: ["links", "create", "7", "--invite", "--access", "read", "--max-uses", "1001"] str![[r#"
error: invalid value '1001' for '--max-uses <COUNT>': 1001 is not in 1..=1000

For more information, try '--help'.

"#]];
    no_link_id: ["links", "edit", "7", "first", "--title", "x"] str![[r#"
error: invalid value 'first' for '<LINK>': no link: write its id, such as [ID], or `primary`

For more information, try '--help'.

"#]];
    empty_template_title: ["templates", "create", "7", ""] str![[r#"
error: the title of the template is empty
hint: give it a title

"#]];
    no_address_to_share_with: ["templates", "create", "7", "Audit", "--share-with", "ann"] str![[r#"
error: `ann` is no e-mail address
hint: correct the input

"#]];
    public_and_shared: ["templates", "create", "7", "Audit", "--share-with", "a@b.c", "--public"] str![[r#"
error: the argument '--share-with <EMAIL>' cannot be used with '--public'

Usage: docspace templates create --share-with <EMAIL> <ROOM> <TITLE>

For more information, try '--help'.

"#]];
    unknown_command: ["rooms", "destroy"] str![[r#"
error: unrecognized subcommand 'destroy'

  tip: a similar subcommand exists: 'restore'

Usage: docspace rooms [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]];
    deletion_without_a_word: ["rooms", "delete", "7"] str![[r#"
error: this cannot be undone, and there is no terminal to ask on
hint: add --yes if you mean it

"#]];
    deletion_without_a_word_as_json: ["templates", "delete", "7", "--json", "id"] str![[r#"
{"kind":"usage","status":null,"call":null,"message":"this cannot be undone, and there is no terminal to ask on","advice":"add --yes if you mean it"}

"#]];
    revoking_without_a_word: ["links", "revoke", "7", "primary"] str![[r#"
error: this cannot be undone, and there is no terminal to ask on
hint: add --yes if you mean it

"#]];
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_the_type_of_room_cannot_have_is_never_asked_for() {
    let world = World::new().await;
    let (data, forms) = (world.room("Data", "virtual-data"), world.room("Forms", "filling-forms"));
    let public = world.room("Public", "public");
    let before = world.writes();
    world.owner(&["links", "create", &data, "--access", "read"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room link in room [ROOM]: a room of type VirtualData takes no external links
hint: use an invitation link

"#]]);
    world.owner(&["links", "create", &forms, "--access", "read"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room link in room [ROOM]: a FillingForms room has only its primary link
hint: change the primary link

"#]]);
    world
        .owner(&["links", "create", &public, "--invite", "--access", "editing"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: cannot create room invitation in room [ROOM]: an invitation link of a room of type Public cannot give Editing
hint: use one of ContentCreator, Read

"#]]);
    world.owner(&["links", "primary", &data]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot get primary room link in room [ROOM]: a room of type VirtualData takes no external links
hint: use an invitation link

"#]]);
    assert_eq!(world.writes(), before);
}
