//! The help text of every command.

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{Assert, Data};

fn help(name: &str, arguments: &[&str]) {
    let golden = Data::read_from(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/help/{name}.txt")),
        None,
    );
    Command::new(cargo_bin("docspace"))
        .args(arguments)
        .arg("--help")
        .env("COLUMNS", "100")
        .env_remove("DOCSPACE_URL")
        .with_assert(Assert::new().action_env("SNAPSHOTS"))
        .assert()
        .success()
        .stdout_eq(golden)
        .stderr_eq("");
}

macro_rules! helps {
    ($($name:ident: $($argument:literal)*;)+) => {
        $(#[test]
        fn $name() {
            help(stringify!($name), &[$($argument),*]);
        })+
    };
}

helps! {
    docspace: ;
    tour: "tour";
    mock: "mock";
    completions: "completions";
    rooms: "rooms";
    rooms_list: "rooms" "list";
    rooms_view: "rooms" "view";
    rooms_create: "rooms" "create";
    rooms_edit: "rooms" "edit";
    rooms_open: "rooms" "open";
    rooms_content: "rooms" "content";
    rooms_news: "rooms" "news";
    rooms_pin: "rooms" "pin";
    rooms_unpin: "rooms" "unpin";
    rooms_logo: "rooms" "logo";
    rooms_owner: "rooms" "owner";
    rooms_leave: "rooms" "leave";
    rooms_reorder: "rooms" "reorder";
    rooms_export_index: "rooms" "export-index";
    rooms_sync_database: "rooms" "sync-database";
    rooms_archive: "rooms" "archive";
    rooms_restore: "rooms" "restore";
    rooms_delete: "rooms" "delete";
    members: "members";
    members_list: "members" "list";
    members_add: "members" "add";
    members_edit: "members" "edit";
    members_remove: "members" "remove";
    members_resend: "members" "resend";
    links: "links";
    links_list: "links" "list";
    links_view: "links" "view";
    links_create: "links" "create";
    links_edit: "links" "edit";
    links_revoke: "links" "revoke";
    links_primary: "links" "primary";
    templates: "templates";
    templates_list: "templates" "list";
    templates_view: "templates" "view";
    templates_create: "templates" "create";
    templates_use: "templates" "use";
    templates_edit: "templates" "edit";
    templates_members: "templates" "members";
    templates_members_list: "templates" "members" "list";
    templates_members_add: "templates" "members" "add";
    templates_members_remove: "templates" "members" "remove";
    templates_delete: "templates" "delete";
    tags: "tags";
    tags_list: "tags" "list";
    tags_create: "tags" "create";
    tags_rename: "tags" "rename";
    tags_delete: "tags" "delete";
    groups: "groups";
    groups_list: "groups" "list";
    groups_view: "groups" "view";
    groups_create: "groups" "create";
    groups_edit: "groups" "edit";
    groups_delete: "groups" "delete";
    people: "people";
    people_list: "people" "list";
    people_view: "people" "view";
    people_invite: "people" "invite";
    people_create: "people" "create";
    people_disable: "people" "disable";
    people_enable: "people" "enable";
    people_groups: "people" "groups";
    people_groups_list: "people" "groups" "list";
    people_groups_view: "people" "groups" "view";
    people_groups_create: "people" "groups" "create";
    people_groups_delete: "people" "groups" "delete";
    keys: "keys";
    keys_list: "keys" "list";
    keys_view: "keys" "view";
    keys_create: "keys" "create";
    keys_edit: "keys" "edit";
    keys_rotate: "keys" "rotate";
    keys_delete: "keys" "delete";
    keys_scopes: "keys" "scopes";
    quotas: "quotas";
    quotas_view: "quotas" "view";
    quotas_set: "quotas" "set";
    covers: "covers";
    covers_list: "covers" "list";
    operations: "operations";
    operations_list: "operations" "list";
    operations_view: "operations" "view";
    operations_wait: "operations" "wait";
    operations_resume: "operations" "resume";
    operations_cancel: "operations" "cancel";
    api: "api";
    auth: "auth";
    auth_login: "auth" "login";
    auth_list: "auth" "list";
    auth_switch: "auth" "switch";
    auth_token: "auth" "token";
    auth_status: "auth" "status";
    auth_logout: "auth" "logout";
    doctor: "doctor";
}

/// The commands for these nouns. The names of the others begin the golden files too.
const NOUNS_WITH_EXAMPLES: [&str; 11] =
    ["api", "auth_", "covers_", "doctor", "groups_", "keys_", "members_", "operations_", "people_", "quotas_", "tags_"];

#[test]
fn help_of_commands_has_at_least_two_examples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/help");
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file");
        let name = file.file_name().into_string().expect("a name");
        let text = std::fs::read_to_string(file.path()).expect("a text");
        if text.contains("<COMMAND>") || !NOUNS_WITH_EXAMPLES.iter().any(|noun| name.starts_with(noun)) {
            continue;
        }
        let (_, examples) = text.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{name} has no examples"));
        assert!(examples.lines().filter(|line| line.starts_with("  docspace ")).count() >= 2, "{name}");
    }
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ended = Command::new(cargo_bin("docspace")).args(["completions", shell]).assert().success();
        assert!(crate::support::stdout(&ended).contains("templates"), "{shell}");
    }
}
