//! What every test here uses: a mock portal, and the command with nothing of the outer environment.

use std::process::Stdio;
use std::time::Duration;

use docspace_mock::{Clock, MockPortal, Request, Role};
use regex::Regex;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::{Assert, Redactions};
use tempfile::TempDir;

/// A portal, and a home for the login.
pub(crate) struct World {
    pub(crate) mock: MockPortal,
    pub(crate) config: TempDir,
}

impl World {
    /// An empty portal with its owner, and Ann, who manages rooms. It is always the same day there, so that dates can be
    /// in what is expected.
    pub(crate) async fn new() -> Self {
        let builder = MockPortal::builder().clock(Clock::stepping(Duration::from_millis(50)));
        Self::on(builder.person("ann", Role::RoomAdmin).start().await.expect("a free port"))
    }

    /// The same on the computer's day, for dates that the command counts from today.
    pub(crate) async fn today() -> Self {
        Self::on(MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a free port"))
    }

    /// A portal of one's own choice.
    pub(crate) fn on(mock: MockPortal) -> Self {
        Self { mock, config: TempDir::new().expect("a folder for this test") }
    }

    /// The command as the portal's owner.
    pub(crate) fn owner(&self, arguments: &[&str]) -> Command {
        self.as_person("owner", arguments)
    }

    /// The command as somebody.
    pub(crate) fn as_person(&self, name: &str, arguments: &[&str]) -> Command {
        self.anybody(arguments).env("DOCSPACE_URL", self.mock.url()).env("DOCSPACE_API_KEY", self.mock.key(name))
    }

    /// The command without credentials in the environment.
    pub(crate) fn anybody(&self, arguments: &[&str]) -> Command {
        let mut command = self.raw(arguments);
        command.stdin(Stdio::null());
        Command::from_std(command).with_assert(assert(&self.mock.url()))
    }

    /// The same, to be run by hand, with the streams of one's own choice.
    pub(crate) fn raw(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(cargo_bin("docspace"));
        command.args(arguments).env("DOCSPACE_CONFIG_DIR", self.config.path());
        for name in ["DOCSPACE_URL", "DOCSPACE_API_KEY", "DOCSPACE_ALLOW_HTTP", "DOCSPACE_FORCE_TTY"] {
            command.env_remove(name);
        }
        for name in ["NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm");
        command
    }

    /// The owner's command, to be run by hand.
    pub(crate) fn raw_owner(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.raw(arguments);
        command.env("DOCSPACE_URL", self.mock.url()).env("DOCSPACE_API_KEY", self.mock.owner_key());
        command
    }

    /// Makes a room and answers its id.
    pub(crate) fn room(&self, title: &str, kind: &str) -> String {
        let made = self.owner(&["rooms", "create", title, "--type", kind, "--json", "id", "--jq", ".id"]).assert();
        text(&made.success()).trim().to_owned()
    }

    /// A key of the owner's that may do only this.
    pub(crate) fn limited_key(&self, scopes: &[&str]) -> String {
        let request = Request::new("POST", "/api/2.0/keys")
            .header("Authorization", &format!("Bearer {}", self.mock.owner_key()))
            .json(&serde_json::json!({"name": "limited", "permissions": scopes}));
        let answer = self.mock.portal(|portal| portal.handle(&request)).json().expect("an answer");
        answer["response"]["key"].as_str().expect("a key").to_owned()
    }

    /// How often the portal was asked to change something.
    pub(crate) fn writes(&self) -> usize {
        self.mock.requests().iter().filter(|request| request.method != "GET").count()
    }
}

/// What a command printed.
pub(crate) fn text(ended: &OutputAssert) -> String {
    String::from_utf8(ended.get_output().stdout.clone()).expect("text")
}

/// What a command said of its failure.
pub(crate) fn said(ended: &OutputAssert) -> String {
    String::from_utf8(ended.get_output().stderr.clone()).expect("text")
}

/// Holds a text to a golden one.
pub(crate) fn golden(actual: String, expected: impl snapbox::IntoData) {
    assert("http://localhost").eq(actual, expected);
}

/// What differs from run to run is named in the golden texts.
fn assert(url: &str) -> Assert {
    let mut redactions = Redactions::new();
    let pattern = |text: &str| Regex::new(text).expect("a pattern");
    let named = [
        ("[TIME]", pattern(r"\((?<redacted>\d+ ms|\d+\.\d s)\)")),
        ("[SECONDS]", pattern(r"in (?<redacted>\d+ ms|\d+\.\d s), each")),
        // Which ids the mock portal gives is its own business.
        ("[ROOM]", pattern(r"(?m)^(?<redacted>\d+)\t")),
        ("[ROOM]", pattern(r"\b(room|template|room of room|view|`Audit`|list) \(?(?<redacted>\d+)\b")),
        ("[ROOM]", pattern(r#""id": ?(?<redacted>\d+)"#)),
        ("[ROOM]", pattern(r"(?m)^id\t(?<redacted>\d+)$")),
        ("[MOCK]", pattern(r"(?<redacted>http://127\.0\.0\.1:\d+)")),
        ("[KEY]", pattern(r"/s/(?<redacted>\w{15})")),
        ("[ID]", pattern(r"(?<redacted>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")),
        // The fixed day is 2026-11-21; all other dates are counted from today.
        (
            "[DATE]",
            pattern(
                r"(?<redacted>20(2[0-57-9]|26-0\d|26-1[02]|26-11-[013]\d|26-11-2[02-9]|[3-9]\d)[-\d]*T\d\d:\d\d:\d\dZ)",
            ),
        ),
        ("[DAY]", pattern(r"until (?<redacted>20\d\d-\d\d-\d\d)")),
    ];
    redactions.insert("[URL]", url.to_owned()).expect("a name");
    for (name, pattern) in named {
        redactions.insert(name, pattern).expect("a name");
    }
    Assert::new().action_env("SNAPSHOTS").redact_with(redactions)
}
