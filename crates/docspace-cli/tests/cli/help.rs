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
    man: "man";
    plan: "plan";
    apply: "apply";
    export: "export";
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
    members_sync: "members" "sync";
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
    people_offboard: "people" "offboard";
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
    webhooks: "webhooks";
    webhooks_list: "webhooks" "list";
    webhooks_view: "webhooks" "view";
    webhooks_create: "webhooks" "create";
    webhooks_edit: "webhooks" "edit";
    webhooks_delete: "webhooks" "delete";
    webhooks_log: "webhooks" "log";
    webhooks_retry: "webhooks" "retry";
    webhooks_triggers: "webhooks" "triggers";
    webhooks_listen: "webhooks" "listen";
    webhooks_send: "webhooks" "send";
    quotas: "quotas";
    quotas_view: "quotas" "view";
    quotas_set: "quotas" "set";
    audit: "audit";
    audit_links: "audit" "links";
    audit_access: "audit" "access";
    audit_guests: "audit" "guests";
    audit_storage: "audit" "storage";
    audit_events: "audit" "events";
    audit_logins: "audit" "logins";
    history: "history";
    watch: "watch";
    covers: "covers";
    covers_list: "covers" "list";
    operations: "operations";
    operations_list: "operations" "list";
    operations_view: "operations" "view";
    operations_wait: "operations" "wait";
    operations_resume: "operations" "resume";
    operations_cancel: "operations" "cancel";
    api: "api";
    explain: "explain";
    schema: "schema";
    auth: "auth";
    auth_login: "auth" "login";
    auth_list: "auth" "list";
    auth_switch: "auth" "switch";
    auth_token: "auth" "token";
    auth_status: "auth" "status";
    auth_logout: "auth" "logout";
    doctor: "doctor";
}

#[test]
fn help_of_commands_has_at_least_two_examples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/help");
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file");
        let name = file.file_name().into_string().expect("a name");
        let text = std::fs::read_to_string(file.path()).expect("a text");
        if text.contains("<COMMAND>") {
            continue;
        }
        let (_, examples) = text.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{name} has no examples"));
        assert!(examples.lines().filter(|line| line.starts_with("  docspace ")).count() >= 2, "{name}");
    }
}

#[test]
fn help_topics_are_printed_as_they_are_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/help");
    for topic in ["environment", "exit-codes", "formatting", "dates"] {
        let text = std::fs::read_to_string(folder.join(format!("{topic}.txt"))).expect("a text");
        assert!(text.lines().all(|line| line.chars().count() <= 80 || line.starts_with("  docspace ")), "{topic}");
        for arguments in [&["help", topic][..], &[topic]] {
            let ended = Command::new(cargo_bin("docspace")).args(arguments).env("COLUMNS", "100").assert().success();
            assert_eq!(crate::support::stdout(&ended).trim_end(), text.trim_end(), "{topic}");
        }
        let overview = include_str!("help/docspace.txt");
        assert!(overview.contains(&format!("\n  {topic} ")), "{topic}");
    }
}

#[test]
fn manual_has_a_page_for_every_command_and_topic() {
    let directory = tempfile::TempDir::new().expect("a temporary directory");
    let pages = directory.path().join("man/man1");
    Command::new(cargo_bin("docspace")).arg("man").arg(&pages).assert().success().stdout_eq("");
    let page = |name: &str| std::fs::read_to_string(pages.join(format!("{name}.1"))).expect("a page");
    let list = page("docspace-rooms-list");
    for part in [".TH DOCSPACE\\-ROOMS\\-LIST 1", ".SH OPTIONS", ".SH EXAMPLES\n.nf\n  docspace rooms list"] {
        assert!(list.contains(part) || list.contains(&part.replace("\\-", "-")), "{part}: {list}");
    }
    assert!(page("docspace").contains(".SH \"HELP TOPICS\""), "{}", page("docspace"));
    assert!(page("docspace-exit-codes").contains("Interrupted by Ctrl"), "{}", page("docspace-exit-codes"));
    assert!(std::fs::read_dir(&pages).expect("a directory").count() > 90);
    let file = pages.join("docspace.1");
    Command::new(cargo_bin("docspace")).arg("man").arg(&file).assert().code(1);
}
