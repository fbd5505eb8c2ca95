//! Helpers of all tests: a mock portal, and the command without the variables of the outer
//! environment.

use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use docspace_mock::{Clock, MockPortal, Request, Role};
use regex::Regex;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::{Assert, Redactions};
use tempfile::TempDir;

/// How far the clocks of mock portals move at each request.
const STEP: Duration = Duration::from_millis(50);

/// A mock portal, and a directory for the stored login.
pub(crate) struct World {
    pub(crate) mock: MockPortal,
    pub(crate) config: TempDir,
}

impl World {
    /// Starts an empty portal with its owner and Ann, a room administrator. Its date is always the
    /// same, so that golden texts can contain dates.
    pub(crate) async fn new() -> Self {
        let builder = MockPortal::builder().clock(Clock::stepping(STEP));
        Self::on(builder.person("ann", Role::RoomAdmin).start().await.expect("a free port"))
    }

    /// Starts the same portal with the date of the computer, for dates that the command counts from
    /// now.
    pub(crate) async fn today() -> Self {
        Self::on(
            MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).start().await.expect("a free port"),
        )
    }

    /// Uses the given portal.
    pub(crate) fn on(mock: MockPortal) -> Self {
        Self { mock, config: TempDir::new().expect("a temporary directory") }
    }

    /// Returns the command with the API key of the owner of the portal.
    pub(crate) fn owner(&self, arguments: &[&str]) -> Command {
        self.as_person("owner", arguments)
    }

    /// Returns the command with the API key of this person.
    pub(crate) fn as_person(&self, name: &str, arguments: &[&str]) -> Command {
        self.without_login(arguments).env("DOCSPACE_URL", self.mock.url()).env("DOCSPACE_API_KEY", self.mock.key(name))
    }

    /// Returns the command without credentials in the environment.
    pub(crate) fn without_login(&self, arguments: &[&str]) -> Command {
        let mut command = self.std_command(arguments);
        command.stdin(Stdio::null());
        Command::from_std(command).with_assert(assert(&self.mock.url()))
    }

    /// Returns the command of the standard library, without credentials, to set its streams.
    pub(crate) fn std_command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.without_outer_variables(std::process::Command::new(cargo_bin("docspace")));
        command.args(arguments);
        command
    }

    /// Returns a shell that runs this line, and finds the command as `docspace`. It has the API key
    /// of the owner, and works in the configuration directory.
    #[cfg(unix)]
    pub(crate) fn shell(&self, line: &str) -> std::process::Command {
        let mut folders = vec![cargo_bin("docspace").parent().expect("a folder").to_owned()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let mut shell = self.without_outer_variables(std::process::Command::new("sh"));
        shell.args(["-c", line]).current_dir(self.config.path()).stdin(Stdio::null());
        shell.env("PATH", std::env::join_paths(folders).expect("folders"));
        shell.env("DOCSPACE_URL", self.mock.url()).env("DOCSPACE_API_KEY", self.mock.owner_key());
        shell
    }

    /// Sets the variables of a command, and removes those of the outer environment.
    fn without_outer_variables(&self, mut command: std::process::Command) -> std::process::Command {
        command.env("DOCSPACE_CONFIG_DIR", self.config.path());
        for name in [
            "DOCSPACE_URL",
            "DOCSPACE_API_KEY",
            "DOCSPACE_PORTAL",
            "DOCSPACE_ALLOW_HTTP",
            "DOCSPACE_FORCE_TTY",
            "DOCSPACE_DEBUG",
        ] {
            command.env_remove(name);
        }
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm").env("TZ", "UTC0").env("DOCSPACE_KEYRING", "off");
        command
    }

    /// Returns the command of the standard library with the API key of the owner.
    pub(crate) fn std_command_as_owner(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.std_command(arguments);
        command.env("DOCSPACE_URL", self.mock.url()).env("DOCSPACE_API_KEY", self.mock.owner_key());
        command
    }

    /// Creates a room with the command, and returns its id.
    pub(crate) fn room(&self, title: &str, kind: &str) -> String {
        let created = self.owner(&["rooms", "create", title, "--type", kind, "--json", "id", "--jq", ".id"]).assert();
        stdout(&created.success()).trim().to_owned()
    }

    /// Makes a call with the key of the owner, without the command, and returns its answer. For
    /// texts that the command refuses.
    pub(crate) fn call(&self, method: &str, path: &str, body: &serde_json::Value) -> serde_json::Value {
        let request = Request::new(method, &format!("/api/2.0/{path}"))
            .header("Authorization", &format!("Bearer {}", self.mock.owner_key()))
            .json(body);
        self.mock.portal(|portal| portal.handle(&request)).json().expect("an answer")["response"].take()
    }

    /// Creates a room with any title, and returns its id.
    pub(crate) fn room_with_any_title(&self, title: &str, room_type: i32) -> String {
        let body = serde_json::json!({"title": title, "roomType": room_type});
        self.call("POST", "files/rooms", &body)["id"].to_string()
    }

    /// Creates a people group with these people, and returns its id.
    pub(crate) fn people_group(&self, name: &str, people: &[&str]) -> String {
        let people: Vec<_> = people.iter().map(|person| self.mock.person_id(person)).collect();
        let group = self.call("POST", "group", &serde_json::json!({"groupName": name, "members": people}));
        group["id"].as_str().expect("a group").to_owned()
    }

    /// Creates a webhook, and returns its id. The mock portal sends it nothing, because there is no
    /// such address.
    pub(crate) fn webhook(&self, name: &str) -> String {
        self.mock.webhooks().hold();
        let body = serde_json::json!({"name": name, "uri": "https://crm.acme.com/", "secretKey": "Wh-Secr3t.2026"});
        self.call("POST", "settings/webhook", &body)["id"].to_string()
    }

    /// Creates an API key of the owner with these scopes only.
    pub(crate) fn key_with_scopes(&self, scopes: &[&str]) -> String {
        let key = self.call("POST", "keys", &serde_json::json!({"name": "limited", "permissions": scopes}));
        key["key"].as_str().expect("a key").to_owned()
    }

    /// Returns the number of calls that change something on the portal.
    pub(crate) fn write_count(&self) -> usize {
        self.mock.requests().iter().filter(|request| request.method != "GET").count()
    }
}

/// Returns a clock that starts at the date of the computer, at the beginning of a second. It moves
/// only at requests, so that the order of rooms does not depend on how fast a test runs.
pub(crate) fn today() -> Clock {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a date after 1970");
    Clock::stepping(STEP).starting(UNIX_EPOCH + Duration::from_secs(since.as_secs()))
}

/// Returns the standard output of a command.
pub(crate) fn stdout(ended: &OutputAssert) -> String {
    String::from_utf8(ended.get_output().stdout.clone()).expect("text")
}

/// Returns the standard error of a command.
pub(crate) fn stderr(ended: &OutputAssert) -> String {
    String::from_utf8(ended.get_output().stderr.clone()).expect("text")
}

/// Compares a text with a golden text.
pub(crate) fn assert_golden(actual: String, expected: impl snapbox::IntoData) {
    assert("http://localhost").eq(actual, expected);
}

/// Returns the comparison with golden texts. Placeholders replace values that differ from run to
/// run.
fn assert(url: &str) -> Assert {
    let mut redactions = Redactions::new();
    // Every test compiles these patterns, and patterns without Unicode classes compile sooner.
    let pattern = |text: &str| Regex::new(&format!("(?-u){text}")).expect("a pattern");
    let named = [
        ("[TIME]", pattern(r"\((?<redacted>\d+ ms|\d+\.\d s)\)")),
        ("[SECONDS]", pattern(r"steps succeeded in (?<redacted>\d+ ms|\d+\.\d s)")),
        // The golden texts do not depend on the ids that the mock portal chooses.
        ("[ROOM]", pattern(r"(?m)^(?<redacted>\d+)\t")),
        ("[ROOM]", pattern(r"\b(room|template|room of room|view|`Audit`|list|primary) \(?(?<redacted>\d+)\b")),
        ("[ROOM]", pattern(r#""id": ?(?<redacted>\d+)"#)),
        ("[ROOM]", pattern(r"(?m)^id\t(?<redacted>\d+)$")),
        ("[MOCK]", pattern(r"(?<redacted>http://127\.0\.0\.1:\d+)")),
        ("[KEY]", pattern(r"/s/(?<redacted>\w{15})")),
        ("[ID]", pattern(r"(?<redacted>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")),
        // All dates except the fixed date 2026-11-21 are counted from now.
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
