//! Completion of command lines: the candidates that the command prints for a shell.

use std::process::Stdio;
use std::time::{Duration, Instant};

use snapbox::cmd::{Command, cargo_bin};

use crate::support::{World, stdout};

/// A portal with rooms, tags, a template and links.
async fn with_rooms() -> (World, String) {
    let world = World::new().await;
    let room = world.room("Audit 2026", "custom");
    world.owner(&["rooms", "create", "Deal; rm -r *", "--type", "custom", "--tag", "client a"]).assert().success();
    world.owner(&["templates", "create", &room, "Audit template"]).assert().success();
    world.owner(&["links", "create", &room, "--access", "read", "--title", "For Acme"]).assert().success();
    (world, room)
}

/// Returns the command that bash calls for the last of these words, with a cache of its own.
fn bash(world: &World, words: &[&str]) -> Command {
    let mut command = world.std_command(&["--", "docspace"]);
    command.args(words).stdin(Stdio::null());
    Command::from_std(command)
        .env("_DOCSPACE_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .env("_CLAP_COMPLETE_COMP_TYPE", "63")
        .env("XDG_CACHE_HOME", world.config.path().join("cache"))
}

/// Returns the candidates of a person who is logged in.
fn completed(world: &World, words: &[&str]) -> String {
    let command =
        bash(world, words).env("DOCSPACE_URL", world.mock.url()).env("DOCSPACE_API_KEY", world.mock.owner_key());
    stdout(&command.assert().success().stderr_eq(""))
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_tags_templates_and_links_are_completed_from_the_portal() {
    let (world, room) = with_rooms().await;
    let rooms = completed(&world, &["rooms", "archive", ""]);
    assert!(rooms.contains(&format!("{room}  (Audit 2026)")) && rooms.contains("(Deal; rm -r _)"), "{rooms}");
    assert_eq!(completed(&world, &["rooms", "view", "aud"]), "Audit\\ 2026");
    assert_eq!(completed(&world, &["rooms", "archive", &room, "De"]), "Deal\\;\\ rm\\ -r\\ _");
    assert_eq!(completed(&world, &["templates", "view", "Aud"]), "Audit\\ template");
    assert_eq!(completed(&world, &["rooms", "list", "--tag", ""]), "client\\ a");
    assert_eq!(completed(&world, &["tags", "rename", "cl"]), "client\\ a");
    assert_eq!(completed(&world, &["links", "view", &room, "for"]), "For\\ Acme");
    assert_eq!(completed(&world, &["links", "view", "\"Audit 2026\"", "for"]), "For\\ Acme");
    assert_eq!(completed(&world, &["people", "view", "own"]), "owner@example.com");
    assert!(!completed(&world, &["tags", "create", ""]).contains("client"));
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_the_portal_are_kept_in_a_private_file() {
    let (world, _) = with_rooms().await;
    let first = completed(&world, &["rooms", "view", ""]);
    let count = world.mock.requests().len();
    assert_eq!(completed(&world, &["rooms", "edit", ""]), first);
    assert_eq!(world.mock.requests().len(), count);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let files: Vec<_> = std::fs::read_dir(world.config.path().join("cache/docspace/completions"))
            .expect("a directory")
            .map(|file| file.expect("a file").metadata().expect("its properties").permissions().mode() & 0o777)
            .collect();
        assert_eq!(files, [0o600]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_is_quiet_without_a_login_or_an_answer() {
    let (world, _) = with_rooms().await;
    // A portal that accepts connections and does not answer.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", silent.local_addr().expect("an address"));
    let view = || bash(&world, &["rooms", "view", "A"]);
    view().assert().success().stdout_eq("").stderr_eq("");
    let began = Instant::now();
    let offline = view().env("DOCSPACE_URL", &address).env("DOCSPACE_API_KEY", "sk-1");
    offline.assert().success().stdout_eq("").stderr_eq("");
    assert!(began.elapsed() < Duration::from_secs(20), "the idle timeout of a call is 30 s");
    let fields = |words: &[&str]| stdout(&bash(&world, words).assert().success().stderr_eq(""));
    assert_eq!(fields(&["links", "list", "5", "--json", "url,acc"]), "url,access");
    assert_eq!(fields(&["auth", "status", "--json", "cre"]), "credential");
    assert_eq!(fields(&["rooms", "list", "--type", "cust"]), "custom");
    assert_eq!(fields(&["rooms", "arc"]), "archive");
    assert_eq!(fields(&["help", "form"]), "formatting");
}

#[test]
fn scripts_say_where_to_put_them() {
    for (shell, place) in [
        ("bash", "~/.bashrc"),
        ("zsh", "~/.zshrc"),
        ("fish", "~/.config/fish/completions/docspace.fish"),
        ("powershell", "$PROFILE"),
        ("elvish", "rc.elv"),
    ] {
        let ended = Command::new(cargo_bin("docspace")).args(["completions", shell]).assert().success();
        let script = stdout(&ended);
        assert!(script.contains("_DOCSPACE_COMPLETE"), "{script}");
        let comments: Vec<_> = script.lines().take(8).filter(|line| line.starts_with('#')).collect();
        assert!(comments.join("\n").contains(place), "{script}");
        assert_eq!(script.starts_with("#compdef docspace\n"), shell == "zsh", "{script}");
    }
}

/// Completes a line in bash, as a person does.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn script_for_bash_completes_a_line() {
    let (world, _) = with_rooms().await;
    let line = "source <(docspace completions bash)
        complete_word() {
            COMP_WORDS=(docspace rooms view \"$1\") COMP_CWORD=3 COMP_TYPE=9
            _clap_complete_docspace docspace Aud view
            echo \"${COMPREPLY[@]}\"
        }
        complete_word Aud
        complete_word '\"Aud'";
    let program = cargo_bin("docspace");
    let folder = program.parent().expect("a directory").display();
    let path = format!("{folder}:{}", std::env::var("PATH").expect("a path"));
    let ended = Command::new("bash")
        .args(["--norc", "-c", line])
        .env("PATH", path)
        .env("XDG_CACHE_HOME", world.config.path())
        .env("DOCSPACE_URL", world.mock.url())
        .env("DOCSPACE_API_KEY", world.mock.owner_key())
        .assert()
        .success();
    assert_eq!(stdout(&ended), "Audit\\ 2026\nAudit 2026\n");
}
