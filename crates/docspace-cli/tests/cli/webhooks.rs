//! Receiving and sending events without a portal. The secret comes from a variable.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::{World, stderr, stdout};

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

    /// Ends it without waiting for more deliveries, and returns its output.
    fn stop(mut self) -> String {
        self.child.kill().and_then(|()| self.child.wait()).expect("an end");
        let mut output = String::new();
        self.stdout.read_to_string(&mut output).expect("text");
        output
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

#[tokio::test(flavor = "multi_thread")]
async fn sent_events_are_received_with_their_bytes() {
    let world = World::new().await;
    let listener = Listener::start(&world, &["--json", "--count", "2"]);
    let received = || (Some(0), "the receiver answered 200\n".to_owned());
    assert_eq!(send(&world, "room.created", &listener.address, SECRET), received());
    assert_eq!(send(&world, "user.invited", &listener.address, SECRET), received());
    let (code, output) = listener.end();
    assert_eq!(code, Some(0), "{output}");
    let lines: Vec<&str> = output.lines().collect();
    // A portal writes only ASCII, and escapes more than JSON requires.
    assert!(lines[0].contains(r#""title":"Q\u0026A \u00DC""#), "{output}");
    let events: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&events[0]["event"]["triggerId"], &events[0]["payload"]["id"]), (&4_194_304.into(), &4711.into()));
    assert_eq!(events[1]["event"]["trigger"], "user.invited");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_forwarded_and_wrong_signatures_refused() {
    let world = World::new().await;
    let inner = Listener::start(&world, &["--count", "1"]);
    let outer = Listener::start(&world, &["--count", "1", "--forward", &inner.address]);
    let (code, text) = send(&world, "file.uploaded", &outer.address, "another secret");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("the receiver answered 401\nthe signature does not match the body"), "{text}");
    assert_eq!(send(&world, "file.uploaded", &outer.address, SECRET).0, Some(0));
    for (listener, expected) in [(inner, 0), (outer, 1)] {
        let (code, output) = listener.end();
        assert_eq!(code, Some(expected), "{output}");
        assert!(output.trim_end().ends_with("  file.uploaded  4711 Q&A Ü"), "{output}");
    }
}

#[tokio::test(flavor = "multi_thread")]
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
    for address in ["127.0.0.1:8081", "ftp://127.0.0.1/", "nonsense"] {
        for arguments in [
            &["webhooks", "send", "room.created", "--to", address][..],
            &["webhooks", "listen", "--port", "0", "--forward", address],
            &["webhooks", "create", "crm", address, "--dry-run"],
        ] {
            let (code, text) = failed(arguments);
            assert_eq!(code, Some(2), "{arguments:?}: {text}");
            assert!(text.contains("not an http or https address"), "{arguments:?}: {text}");
        }
    }
    for arguments in
        [&["webhooks", "send", "room.created", "--to", "http://x/", "--id", "abc"][..], &["webhooks", "retry", "0"]]
    {
        let (code, text) = failed(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
        assert!(text.contains("not an id: use a whole number such as 17"), "{arguments:?}: {text}");
    }
}

/// A portal sends up to ten deliveries at once.
#[tokio::test(flavor = "multi_thread")]
async fn listener_receives_no_more_deliveries_than_asked() {
    let world = World::new().await;
    let receiver = Listener::start(&world, &["--json"]);
    let listener = Listener::start(&world, &["--json", "--count", "2", "--forward", &receiver.address]);
    let mut sent = Vec::new();
    for _ in 0..6 {
        let mut command = command(&world, &["webhooks", "send", "room.created", "--to", &listener.address]);
        sent.push(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts"));
    }
    let answers: Vec<String> = sent
        .into_iter()
        .map(|child| String::from_utf8(child.wait_with_output().expect("an end").stdout).expect("text"))
        .collect();
    let (code, output) = listener.end();
    assert_eq!((code, output.lines().count()), (Some(0), 2), "{output} {answers:?}");
    let count = |part: &str| answers.iter().filter(|answer| answer.contains(part)).count();
    assert_eq!((count("answered 200"), receiver.stop().lines().count()), (2, 2), "{answers:?}");
}

/// The portal then sends the delivery again.
#[tokio::test(flavor = "multi_thread")]
async fn delivery_that_cannot_be_printed_is_refused_and_ends_the_listener() {
    let world = World::new().await;
    let Listener { mut child, stdout, address } = Listener::start(&world, &["--json"]);
    drop(stdout);
    let (code, output) = send(&world, "room.created", &address, SECRET);
    assert!(code != Some(0) && output.contains("503"), "{code:?} {output}");
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn listener_does_not_forward_to_itself() {
    let world = World::new().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let port = free.port().to_string();
    for host in ["127.0.0.1", "localhost", "0.0.0.0"] {
        let forward = format!("http://{host}:{port}/");
        let ended = command(&world, &["webhooks", "listen", "--port", &port, "--forward", &forward])
            .output()
            .expect("an output");
        let text = String::from_utf8(ended.stderr).expect("text");
        assert_eq!(ended.status.code(), Some(2), "{host}: {text}");
        assert!(text.contains("--forward is the address of this listener"), "{host}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn listener_on_an_address_of_another_computer_fails_with_a_hint_about_it() {
    let world = World::new().await;
    let ended = command(&world, &["webhooks", "listen", "--bind", "192.0.2.1"]).output().expect("an output");
    let text = String::from_utf8(ended.stderr).expect("text");
    assert!(ended.status.code() == Some(1) && text.contains("use an address of this computer with --bind"), "{text}");
}

/// The page for integrators shows no command, flag or kind of event that this version lacks. With
/// `--help`, a command reads its arguments and does nothing.
#[tokio::test(flavor = "multi_thread")]
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

/// Only a mock portal on this computer can reach a listener on this computer.
#[tokio::test(flavor = "multi_thread")]
async fn listener_names_the_address_to_register() {
    let world = World::new().await;
    for is_logged_in in [true, false] {
        let arguments = ["webhooks", "listen", "--port", "0", "--count", "1"];
        let mut listen = command(&world, &arguments);
        if is_logged_in {
            listen.env("DOCSPACE_URL", world.mock.url()).env("DOCSPACE_API_KEY", world.mock.owner_key());
        }
        let mut listener = listen.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
        let mut messages = BufReader::new(listener.stderr.take().expect("its messages")).lines();
        let mut next = || messages.next().expect("a line").expect("text");
        let (first, second) = (next(), next());
        let address = first.strip_prefix("listening on ").expect("its address");
        let expected = match is_logged_in {
            true => format!("register it, with any path: docspace webhooks create NAME {address}"),
            false => "a portal cannot reach this address: register the public address of a tunnel or proxy with \
                      docspace webhooks create NAME URL"
                .to_owned(),
        };
        assert_eq!(second, expected);
        assert_eq!(send(&world, "room.created", &format!("{address}any/path"), SECRET).0, Some(0));
        assert!(listener.wait().expect("an end").success());
    }
}

/// A portal sends the others again, and does not report which deliveries it skipped.
#[tokio::test(flavor = "multi_thread")]
async fn deliveries_are_sent_again_only_if_the_log_has_all_of_them() {
    let world = World::new().await;
    world.webhook("crm");
    world.room("Audit", "custom");
    let delivery = stdout(&world.owner(&["webhooks", "log", "--json", "id", "--jq", ".[0].id"]).assert().success());
    let delivery = delivery.trim();
    let before = world.write_count();
    for retry in [&["webhooks", "retry", delivery, "99999"][..], &["webhooks", "retry", "99999", "--dry-run"]] {
        let ended = world.owner(retry).assert().code(3);
        assert!(stderr(&ended).contains("the log does not have delivery 99999, so nothing was sent"), "{retry:?}");
    }
    assert_eq!(world.write_count(), before);
    let again = world.owner(&["webhooks", "retry", delivery, delivery, "--json", "id"]).assert().success();
    assert_eq!(stdout(&again).matches("\"id\"").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn second_webhook_with_the_same_name_and_address_is_a_conflict() {
    let world = World::new().await;
    let receiver = Listener::start(&world, &[]);
    let create = || {
        let create = ["webhooks", "create", "crm", &receiver.address, "--secure", "off"];
        world.owner(&create).env("DOCSPACE_WEBHOOK_SECRET", SECRET).assert()
    };
    create().success();
    let text = stderr(&create().code(6));
    assert!(text.contains("has the same name and address") && text.contains("`docspace webhooks edit`"), "{text}");
    receiver.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_secret_is_named_as_the_secret_of_the_webhook() {
    let world = World::new().await;
    let receiver = Listener::start(&world, &[]);
    let create = ["webhooks", "create", "crm", &receiver.address];
    let text = stderr(&world.owner(&create).env("DOCSPACE_WEBHOOK_SECRET", "short").assert().code(1));
    assert!(
        text.contains("does not accept the secret of the webhook") && text.contains("8 to 30 characters"),
        "{text}"
    );
    receiver.stop();
}

/// With http, a portal checks no certificate, and the error names the flag of the command.
#[tokio::test(flavor = "multi_thread")]
async fn https_cannot_be_required_of_an_http_address() {
    let world = World::new().await;
    world.webhook("crm");
    for arguments in [
        &["webhooks", "create", "x", "http://crm.acme.com/", "--secure", "on", "--dry-run"][..],
        &["webhooks", "edit", "crm", "--url", "http://crm.acme.com/", "--secure", "on"],
    ] {
        let text = stderr(&world.owner(arguments).assert().code(2));
        assert!(text.contains("use an https address, or add --secure off"), "{arguments:?}: {text}");
    }
}
