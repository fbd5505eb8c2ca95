//! The session in the README: its commands are run as they are written, and its output and its
//! picture are compared. `SNAPSHOTS=overwrite` renews both.

use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle_svg::Term;
use console::strip_ansi_codes;
use regex::Regex;
use snapbox::cmd::cargo_bin;
use snapbox::{Assert, Data};
use tempfile::TempDir;

use crate::support::World;

/// The address of the portal in the README. It is as long as that of the mock portal, so that
/// tables have the same width.
const PORTAL: &str = "https://files.acme.com";

/// The line before the session in the README.
const START: &str = "```console\n";

fn workspace_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// A shell in a folder with the files that the session uses.
struct Shell<'w> {
    world: &'w World,
    folder: TempDir,
}

impl<'w> Shell<'w> {
    fn new(world: &'w World) -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        std::fs::write(folder.path().join("key.txt"), world.mock.owner_key()).expect("a file");
        let clients = "title,members,link\nAcme,ann@example.com:editing,read\n\"Miller, Sons & Co\",,read\n";
        std::fs::write(folder.path().join("clients.csv"), clients).expect("a file");
        Self { world, folder }
    }

    /// Runs a command line, and returns what a terminal of 80 columns shows.
    fn run(&self, line: &str) -> String {
        let program = cargo_bin("docspace");
        let paths = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        for (name, value) in self.world.std_command(&[]).get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
            .arg("-c")
            .arg(format!("exec 2>&1; {}", line.replace(PORTAL, self.world.mock.url().trim_end_matches('/'))))
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:{paths}", program.parent().expect("a folder").display()))
            .env("DOCSPACE_FORCE_TTY", "80")
            .env("CLICOLOR_FORCE", "1");
        let ended = command.output().expect("a shell");
        let text = String::from_utf8(ended.stdout).expect("text");
        assert!(ended.status.success(), "{line}: {text}");
        self.with_fixed_values(text)
    }

    /// Replaces values that differ from run to run by others of the same length.
    fn with_fixed_values(&self, text: String) -> String {
        let config = self.world.config.path().display().to_string();
        let url = self.world.mock.url();
        let url = url.trim_end_matches('/');
        let (_, host) = url.split_once("://").expect("an address");
        let text = text.replace(url, PORTAL).replace(host, "files.acme.com");
        let text = text.replace(&config, "~/.config/docspace");
        [
            (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            (r"/s/\w{15}", "/s/0123456789abcde"),
            (r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", "2027-01-31 09:00 UTC"),
        ]
        .into_iter()
        .fold(text, |text, (pattern, value)| {
            Regex::new(pattern).expect("a pattern").replace_all(&text, value).into_owned()
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn session_in_the_readme_is_what_the_command_does() {
    let world = World::today().await;
    let shell = Shell::new(&world);
    let path = workspace_file("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(START).expect("a session");
    let (session, after) = rest.split_once("```\n").expect("the end of the session");
    let mut colored = String::new();
    for line in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        colored.push_str(&format!("$ \u{1b}[1m{line}\u{1b}[0m\n{}", shell.run(line)));
    }
    let plain: String = strip_ansi_codes(&colored).lines().map(|line| format!("{}\n", line.trim_end())).collect();
    let assert = Assert::new().action_env("SNAPSHOTS");
    assert.eq(format!("{before}{START}{plain}```\n{after}"), Data::read_from(&path, None).raw());
    let picture = Term::new().render_svg(&colored);
    assert.eq(picture, Data::read_from(&workspace_file("docs/session.svg"), None).raw());
}
