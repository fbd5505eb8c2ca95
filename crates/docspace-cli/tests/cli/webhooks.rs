//! Receiving and sending events without a portal. The secret comes from a variable.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::World;

const SECRET: &str = "Wh-Secr3t.2026";

fn command(world: &World, arguments: &[&str]) -> Command {
    let mut command = world.std_command(arguments);
    command.env("DOCSPACE_WEBHOOK_SECRET", SECRET).stdin(Stdio::null());
    command
}

/// A running `docspace webhooks listen` on a free port.
struct Listener {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Listener {
    fn start(world: &World, arguments: &[&str]) -> Self {
        let arguments = [&["webhooks", "listen", "--port", "0"], arguments].concat();
        let mut child = command(world, &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("its messages"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_owned();
        // Messages about refused requests must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, stdout, address }
    }

    /// Waits for its end, and returns its exit code and the rest of its output.
    fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("text");
        (self.child.wait().expect("an end").code(), rest)
    }
}

/// Sends an event, and returns the exit code and the output.
fn send(world: &World, trigger: &str, to: &str, secret: &str) -> (Option<i32>, String) {
    let mut command = command(world, &["webhooks", "send", trigger, "--to", to, "--title", "Q&A Ü", "--id", "4711"]);
    let output = command.env("DOCSPACE_WEBHOOK_SECRET", secret).output().expect("an output");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("text"))
}

#[tokio::test]
async fn sent_events_are_received_with_their_bytes() {
    let world = World::new().await;
    let listener = Listener::start(&world, &["--json", "--count", "2"]);
    assert_eq!(send(&world, "room.created", &listener.address, SECRET), (Some(0), "200\n".to_owned()));
    assert_eq!(send(&world, "user.invited", &listener.address, SECRET), (Some(0), "200\n".to_owned()));
    let (code, output) = listener.end();
    assert_eq!(code, Some(0), "{output}");
    let lines: Vec<&str> = output.lines().collect();
    // A portal writes only ASCII, and escapes more than JSON requires.
    assert!(lines[0].contains(r#""title":"Q\u0026A \u00DC""#), "{output}");
    let events: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&events[0]["event"]["triggerId"], &events[0]["payload"]["id"]), (&4_194_304.into(), &4711.into()));
    assert_eq!(events[1]["event"]["trigger"], "user.invited");
}

#[tokio::test]
async fn events_are_forwarded_and_wrong_signatures_refused() {
    let world = World::new().await;
    let inner = Listener::start(&world, &["--count", "1"]);
    let outer = Listener::start(&world, &["--count", "1", "--forward", &inner.address]);
    let (code, text) = send(&world, "file.uploaded", &outer.address, "another secret");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("401\nthe signature does not fit the body"), "{text}");
    assert_eq!(send(&world, "file.uploaded", &outer.address, SECRET).0, Some(0));
    for (listener, expected) in [(inner, 0), (outer, 1)] {
        let (code, output) = listener.end();
        assert_eq!(code, Some(expected), "{output}");
        assert!(output.trim_end().ends_with("  file.uploaded  4711 Q&A Ü"), "{output}");
    }
}

#[tokio::test]
async fn mistakes_are_named_before_anything_is_sent() {
    let world = World::new().await;
    let failed = |arguments: &[&str]| {
        let output = world.std_command(arguments).stdin(Stdio::null()).output().expect("an output");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let (code, text) = failed(&["webhooks", "send", "room.created", "--to", "http://127.0.0.1:9/"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("the webhook secret is missing") && text.contains("DOCSPACE_WEBHOOK_SECRET"), "{text}");
    let (code, text) = failed(&["webhooks", "send", "room.create", "--to", "http://127.0.0.1:9/"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("room.created"), "{text}");
}

/// The page for integrators shows no command, flag or kind of event that this version lacks. With
/// `--help`, a command reads its arguments and does nothing.
#[tokio::test]
async fn commands_of_the_page_about_webhooks_are_accepted() {
    let world = World::new().await;
    let page = include_str!("../../../../docs/webhooks.md");
    let commands = page.lines().filter(|line| line.starts_with("docspace ") || line.starts_with("DOCSPACE_"));
    let commands: Vec<&str> = commands.map(|line| line.trim_end_matches(" &")).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let ended = world.shell(&format!("exec 2>&1; {command} --help")).output().expect("a shell");
        assert!(ended.status.success(), "{command}: {}", String::from_utf8_lossy(&ended.stdout));
    }
}

#[tokio::test]
async fn listener_names_the_address_to_register() {
    let world = World::new().await;
    let arguments = ["webhooks", "listen", "--port", "0", "--count", "1"];
    let mut listener =
        command(&world, &arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let mut messages = BufReader::new(listener.stderr.take().expect("its messages")).lines();
    let mut next = || messages.next().expect("a line").expect("text");
    let (first, second) = (next(), next());
    let address = first.strip_prefix("listening on ").expect("its address");
    assert_eq!(second, format!("register it, with any path: docspace webhooks create NAME {address}"));
    assert_eq!(send(&world, "room.created", &format!("{address}any/path"), SECRET).0, Some(0));
    assert!(listener.wait().expect("an end").success());
}
