//! Wrong input: the command exits with code 2 and makes no call.

use snapbox::str;

use crate::support::World;

/// Tests that the command rejects the arguments and sends nothing.
macro_rules! rejected_without_calls {
    ($($name:ident: [$($argument:literal),*] $golden:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            let world = World::new().await;
            world.owner(&[$($argument),*]).assert().code(2).stdout_eq("").stderr_eq($golden);
            assert!(world.mock.requests().is_empty());
        })+
    };
}

rejected_without_calls! {
    unknown_room_type_is_rejected: ["rooms", "create", "Audit", "--type", "secret"] str![[r#"
error: invalid value 'secret' for '--type <TYPE>'
  [possible values: filling-forms, editing, custom, public, virtual-data, ai]

For more information, try '--help'.

"#]];
    unknown_room_type_is_reported_as_json: ["rooms", "create", "Audit", "--type", "secret", "--json", "id"] str![[r#"
{"kind":"usage","status":null,"call":null,"message":"invalid value 'secret' for '--type <TYPE>'/n  [possible values: filling-forms, editing, custom, public, virtual-data, ai]","advice":""}

"#]];
    missing_room_type_is_rejected: ["rooms", "create", "Audit"] str![[r#"
error: the following required arguments were not provided:
  --type <TYPE>

Usage: docspace rooms create [OPTIONS] --type <TYPE> <TITLE>
       docspace rooms create [OPTIONS] --file <FILE>

For more information, try '--help'.

"#]];
    empty_room_title_is_rejected: ["rooms", "create", " ", "--type", "custom"] str![[r#"
error: the title of the room is empty
hint: give it a title

"#]];
    empty_new_title_is_rejected: ["rooms", "edit", "7", "--title", ""] str![[r#"
error: the title of the room is empty
hint: give it a title

"#]];
    empty_tag_is_rejected: ["rooms", "create", "Audit", "--type", "custom", "--tag", ""] str![[r#"
error: a tag is empty
hint: leave it out

"#]];
    empty_added_tag_is_rejected: ["rooms", "edit", "7", "--add-tag", ""] str![[r#"
error: the name of a tag is empty
hint: give --add-tag and --remove-tag a name, or leave the flag out

"#]];
    invalid_color_is_rejected: ["rooms", "create", "Audit", "--type", "custom", "--color", "red"] str![[r#"
error: `red` is not a color
hint: write six hexadecimal digits, for example FF5733

"#]];
    invalid_quota_is_rejected: ["rooms", "create", "Audit", "--type", "custom", "--quota", "much"] str![[r#"
error: invalid value 'much' for '--quota <SIZE>': not a size: use a form such as 500MiB or 2GB, or `unlimited`

For more information, try '--help'.

"#]];
    edit_without_changes_is_rejected: ["rooms", "edit", "7"] str![[r#"
error: there is nothing to change
hint: give a flag such as --title; `docspace rooms edit --help` lists them

"#]];
    opposite_of_a_command_is_not_suggested: ["rooms", "duplicate", "5"] str![[r#"
error: unrecognized subcommand 'duplicate'

Usage: docspace rooms [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]];
    typing_error_in_a_command_has_a_tip: ["rooms", "archvie", "5"] str![[r#"
error: unrecognized subcommand 'archvie'

  tip: a similar subcommand exists: 'archive'

Usage: docspace rooms [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]];
    unknown_flag_is_not_suggested_as_a_value: ["rooms", "delete", "5", "--force"] str![[r#"
error: unexpected argument '--force' found

Usage: docspace rooms delete <ROOM>...

For more information, try '--help'.

"#]];
    title_with_a_hyphen_has_a_tip: ["rooms", "create", "- It's a draft", "--type", "custom"] str![[r#"
error: unexpected argument '- ' found

  tip: to pass this value, put it at the end, after `--`: -- '- It'/''s a draft'

Usage: docspace rooms create [OPTIONS] --type <TYPE> <TITLE>
       docspace rooms create [OPTIONS] --file <FILE>

For more information, try '--help'.

"#]];
    id_after_json_has_a_tip: ["rooms", "view", "--json", "5"] str![[r#"
{"kind":"usage","status":null,"call":null,"message":"the following required arguments were not provided:/n  <ROOM>/n/n  tip: `--json 5` takes 5 as the name of a field: put <ROOM> before it","advice":"usage: docspace rooms view --json [<FIELDS>] <ROOM>"}

"#]];
    room_id_zero_is_rejected: ["rooms", "view", "0"] str![[r#"
error: invalid value '0' for '<ROOM>': `0` is not a room id: use a number from 1 to 2147483647, or an id of third-party storage such as `drive-9-x`

For more information, try '--help'.

"#]];
    room_address_without_an_id_is_rejected: ["rooms", "archive", "https://acme.example/rooms/shared/filter"] str![[r#"
error: invalid value 'https://acme.example/rooms/shared/filter' for '[ROOM]...': not the address of a room: it contains no id

For more information, try '--help'.

"#]];
    room_address_of_another_portal_is_rejected: ["links", "list", "https://acme.example/rooms/shared/17"] str![[r#"
error: the address is on acme.example, but this login is for [URL]/
hint: check the address of the room, or log in to its portal

"#]];
    invisible_character_in_a_tag_is_rejected: ["rooms", "create", "Audit", "--type", "custom", "--tag", "a\u{feff}b"] str![[r#"
error: invalid value 'a b' for '--tag <TAG>': it contains the invisible character U+FEFF: remove it

For more information, try '--help'.

"#]];
    control_character_in_a_title_is_rejected: ["rooms", "edit", "7", "--title", "a\tb"] str![[r#"
error: invalid value 'a b' for '--title <TITLE>': it contains the invisible character U+0009: remove it

For more information, try '--help'.

"#]];
    control_character_in_a_search_is_rejected: ["rooms", "list", "--search", "a\u{1b}b"] str![[r#"
error: invalid value 'a b' for '--search <TEXT>': it contains the invisible character U+001B: remove it

For more information, try '--help'.

"#]];
    archive_without_ids_is_rejected: ["rooms", "archive"] str![[r#"
error: there are neither rooms nor filters
hint: name the rooms, or select them with filters such as --tag

"#]];
    invalid_timeout_is_rejected: ["rooms", "archive", "7", "--timeout", "soon"] str![[r#"
error: invalid value 'soon' for '--timeout <TIME>': not a duration above zero: use a form such as 90s or 10m

For more information, try '--help'.

"#]];
    unknown_access_is_rejected: ["links", "create", "7", "--access", "write"] str![[r#"
error: invalid value 'write' for '--access <ACCESS>'
  [possible values: read, comment, review, fill-forms, editing, content-creator]

For more information, try '--help'.

"#]];
    access_none_is_rejected: ["links", "create", "7", "--access", "none"] str![[r#"
error: invalid value 'none' for '--access <ACCESS>'
  [possible values: read, comment, review, fill-forms, editing, content-creator]

For more information, try '--help'.

"#]];
    invalid_expiry_is_rejected: ["links", "create", "7", "--access", "read", "--expires", "tomorrow"] str![[r#"
error: invalid value 'tomorrow' for '--expires <DATE>': not a date: use a form such as 2027-01-31 or 2027-01-31T18:00, or a time from now such as 30days or 3months

For more information, try '--help'.

"#]];
    past_expiry_is_rejected: ["links", "create", "7", "--access", "read", "--expires", "2020-01-31T00:00:00Z"] str![[r#"
error: the expiry 2020-01-31T00:00:00.0000000Z has passed
hint: give a date in the future; to end a link now, revoke it; see `docspace explain links/expiry-dates`

"#]];
    empty_link_title_is_rejected: ["links", "create", "7", "--access", "read", "--title", ""] str![[r#"
error: the title of the link is empty
hint: give it a title

"#]];
    password_of_an_invitation_link_is_rejected: ["links", "create", "7", "--invite", "--access", "read", "--password-stdin"] str![[r#"
error: the argument '--invite' cannot be used with '--password-stdin'

Usage: docspace links create --access <ACCESS> --invite <ROOM>

For more information, try '--help'.

"#]];
    password_as_an_argument_is_rejected: ["links", "create", "7", "--access", "read", "--password", "hunter2"] str![[r#"
error: unexpected argument '--password' found

  tip: a similar argument exists: '--password-stdin'

Usage: docspace links create --access <ACCESS> --password-stdin <ROOM>

For more information, try '--help'.

"#]];
    empty_password_input_is_rejected: ["links", "create", "7", "--access", "read", "--password-stdin"] str![[r#"
error: there is no link password on standard input
hint: redirect a file that contains it, for example with `< FILE`

"#]];
    password_prompt_without_terminal_is_rejected: ["links", "create", "7", "--access", "read", "--ask-password"] str![[r#"
error: cannot ask for the link password, because there is no terminal
hint: pass it on standard input and add --password-stdin

"#]];
    use_limit_without_invitation_is_rejected: ["links", "create", "7", "--access", "read", "--max-uses", "3"] str![[r#"
error: the following required arguments were not provided:
  --invite

Usage: docspace links create --access <ACCESS> --invite --max-uses <COUNT> <ROOM>

For more information, try '--help'.

"#]];
    use_limit_above_1000_is_rejected: ["links", "create", "7", "--invite", "--access", "read", "--max-uses", "1001"] str![[r#"
error: invalid value '1001' for '--max-uses <COUNT>': 1001 is not in 1..=1000

For more information, try '--help'.

"#]];
    empty_template_title_is_rejected: ["templates", "create", "7", ""] str![[r#"
error: the title of the template is empty
hint: give it a title

"#]];
    invalid_address_to_share_with_is_rejected: ["templates", "create", "7", "Audit", "--share-with", "ann"] str![[r#"
error: `ann` is not an e-mail address
hint: write it like ann@acme.com

"#]];
    public_with_share_with_is_rejected: ["templates", "create", "7", "Audit", "--share-with", "a@b.c", "--public"] str![[r#"
error: the argument '--share-with <EMAIL>' cannot be used with '--public'

Usage: docspace templates create --share-with <EMAIL> <ROOM> <TITLE>

For more information, try '--help'.

"#]];
    unknown_command_is_rejected: ["rooms", "destroy"] str![[r#"
error: unrecognized subcommand 'destroy'

Usage: docspace rooms [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]];
    deletion_without_confirmation_is_rejected: ["rooms", "delete", "7"] str![[r#"
error: this command cannot be undone, and there is no terminal to ask for confirmation
hint: add --yes to confirm

"#]];
    deletion_without_confirmation_is_reported_as_json: ["templates", "delete", "7", "--json", "id"] str![[r#"
{"kind":"usage","status":null,"call":null,"message":"this command cannot be undone, and there is no terminal to ask for confirmation","advice":"add --yes to confirm"}

"#]];
    revocation_without_confirmation_is_rejected: ["links", "revoke", "7", "primary"] str![[r#"
error: this command cannot be undone, and there is no terminal to ask for confirmation
hint: add --yes to confirm

"#]];
}

#[tokio::test(flavor = "multi_thread")]
async fn long_and_binary_secrets_are_rejected() {
    let world = World::new().await;
    let create = ["links", "create", "7", "--access", "read", "--password-stdin"];
    world.owner(&create).stdin("x".repeat(4097)).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot read the link password from standard input: there are more than 4096 bytes
hint: redirect a text file that contains it, for example with `< FILE`

"#]]);
    world.owner(&create).stdin([0xe9, 0x0a].as_slice()).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot read the link password from standard input: it is neither UTF-8 nor UTF-16 with a byte order mark
hint: redirect a text file that contains it, for example with `< FILE`

"#]]);
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_the_room_type_does_not_allow_are_rejected_before_any_call() {
    let world = World::new().await;
    let (data, forms) = (world.room("Data", "virtual-data"), world.room("Forms", "filling-forms"));
    let public = world.room("Public", "public");
    let before = world.write_count();
    world.owner(&["links", "create", &data, "--access", "read"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot create a link in room [ROOM]: a room of type virtual-data cannot have external links
hint: use an invitation link; see `docspace explain links/access-and-limits-per-room-type`

"#]]);
    world.owner(&["links", "create", &forms, "--access", "read"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot create a link in room [ROOM]: a FillingForms room has only its primary link
hint: change the primary link; see `docspace explain links/access-and-limits-per-room-type`

"#]]);
    world
        .owner(&["links", "create", &public, "--invite", "--access", "editing"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: cannot create an invitation link in room [ROOM]: an invitation link of a room of type public cannot give editing
hint: use one of content-creator, read; see `docspace explain links/access-and-limits-per-room-type`

"#]]);
    world.owner(&["links", "primary", &data, "--create"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot read the primary link in room [ROOM]: a room of type virtual-data cannot have external links
hint: use an invitation link; see `docspace explain links/access-and-limits-per-room-type`

"#]]);
    assert_eq!(world.write_count(), before);
}
