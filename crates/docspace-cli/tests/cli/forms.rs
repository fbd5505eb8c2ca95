//! What every command prints on a terminal, in a pipe and as JSON, and how it fails.
//!
//! Each noun has a table of command lines and a golden text with what they print. Each line runs on
//! a portal that is the same at the start, so lines do not depend on each other. A unit test of the
//! command fails if a command is in no table.

mod portal;
mod screen;

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use docspace_mock::Fault;
use regex::Regex;
use rexpect::process::{PtyProcess, WaitStatus};
use serde_json::Value;
use snapbox::{Assert, Data};

use portal::Start;

/// The time without output after which a command on a terminal is taken to wait for an answer.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// A command line of a table, without the name of the program. A shell reads it, in a folder with
/// the files of [`portal`].
enum Line {
    /// Runs on a terminal, in a pipe, and with all JSON fields if the command has some.
    All(&'static str),
    /// Works like `All` with the key of Ann, who is a member of the room `Audit`.
    AllAsAnn(&'static str),
    /// Runs in a pipe only, for failures and dry runs.
    Pipe(&'static str),
    /// Works like `Pipe` with the key of Bob, who is a member of no room.
    AsBob(&'static str),
    /// Runs in a pipe, and the portal answers the call with this status.
    Refused(&'static str, u16, &'static str),
}

macro_rules! nouns {
    ($($noun:ident)+) => {
        $(mod $noun;

        #[tokio::test(flavor = "multi_thread")]
        async fn $noun() {
            check(stringify!($noun), $noun::LINES).await;
        })+
    };
}

nouns! {
    api audit auth covers doctor explain files folders groups keys links manifests members operations people quotas rooms schema tags
    templates webhooks
}

async fn check(noun: &str, lines: &[Line]) {
    let start = Start::of(noun).await;
    let mut text = String::new();
    for line in lines {
        let block = match line {
            Line::All(line) => format!("==== docspace {line}\n{}", all(&start, "owner", line)),
            Line::AllAsAnn(line) => format!("==== docspace {line}   # as Ann\n{}", all(&start, "ann", line)),
            Line::Pipe(line) => format!("==== docspace {line}\n{}", in_pipe(start.shell("owner", line))),
            Line::AsBob(line) => format!("==== docspace {line}   # as Bob\n{}", in_pipe(start.shell("bob", line))),
            Line::Refused(call, status, line) => {
                let shell = start.shell("owner", line);
                start.world.mock.faults().next(call, Fault::status(*status));
                format!("==== docspace {line}   # {status} for {call}\n{}", in_pipe(shell))
            }
        };
        text.push_str(&block);
        text.push('\n');
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/forms/{noun}.txt"));
    let text = with_fixed_values(text, &start.world.mock.url());
    Assert::new().action_env("SNAPSHOTS").eq(text, Data::read_from(&golden, None).raw());
}

/// Runs a line on a terminal, in a pipe and with all JSON fields.
fn all(start: &Start, person: &str, line: &str) -> String {
    let mut text = format!("---- terminal\n{}", on_terminal(start.shell(person, line)));
    text.push_str(&format!("---- pipe\n{}", in_pipe(start.shell(person, line))));
    if let Some(fields) = fields(line) {
        let (words, input) = line.split_once(" <").unwrap_or((line, "/dev/null"));
        let line = format!("{words} --json {fields} <{input}");
        text.push_str(&format!("---- JSON\n{}", as_json(start.shell(person, &line))));
    }
    text
}

/// Runs a command on a terminal of 80 columns, and returns what the terminal shows in the end.
fn on_terminal(mut command: Command) -> String {
    command.stdin(Stdio::inherit()).env("NO_COLOR", "1");
    let process = PtyProcess::new(command).expect("a shell");
    let mut file = process.get_file_handle().expect("a terminal");
    let (sender, received) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        // The end of the last program on a terminal is an error or the end of the file.
        while let Some(count) = file.read(&mut buffer).ok().filter(|count| *count > 0) {
            let _ = sender.send(buffer[..count].to_vec());
        }
    });
    let mut output = Vec::new();
    loop {
        match received.recv_timeout(LONGEST_SILENCE) {
            Ok(bytes) => output.extend(bytes),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => panic!("no end after {:?}", String::from_utf8_lossy(&output)),
        }
    }
    let status = process.wait().expect("the command ends");
    let WaitStatus::Exited(_, code) = status else { panic!("{status:?}") };
    format!("{}{}", exit_code(code), screen::shown(&String::from_utf8(output).expect("text")))
}

/// Runs a command in a pipe, and returns its output. Lines of standard error begin with `2>`.
fn in_pipe(command: Command) -> String {
    let (code, out, err) = outputs(command);
    format!("{}{out}{err}", exit_code(code))
}

/// Runs a command that prints JSON, and returns the JSON with one value on each line.
fn as_json(command: Command) -> String {
    let (code, out, err) = outputs(command);
    let json = serde_json::from_str::<Value>(&out).map_or(out, |value| format!("{value:#}\n"));
    format!("{}{json}{err}", exit_code(code))
}

fn outputs(mut command: Command) -> (i32, String, String) {
    let ended = command.output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let mut out = text(ended.stdout);
    if !(out.is_empty() || out.ends_with('\n')) {
        out.push('\n');
    }
    let err = text(ended.stderr).lines().map(|line| format!("2> {line}\n")).collect();
    (ended.status.code().expect("the command ends"), out, err)
}

fn exit_code(code: i32) -> String {
    if code == 0 { String::new() } else { format!("exit code {code}\n") }
}

/// Returns the JSON fields of the command, from its schema.
fn fields(line: &str) -> Option<String> {
    let words: Vec<_> = line.split(' ').take(3).collect();
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas");
    let schema = (1..=words.len()).rev().find_map(|count| {
        let text = std::fs::read(schemas.join(format!("{}.json", words[..count].join("-")))).ok()?;
        Some(serde_json::from_slice::<Value>(&text).expect("JSON"))
    })?;
    // The rows of a file have other fields.
    let form = usize::from(line.contains(" --file "));
    let one = schema["anyOf"].get(form).unwrap_or(&schema);
    let record = if one["type"] == "array" { &one["items"] } else { one };
    let names: Vec<_> = record["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
    Some(names.join(","))
}

/// Replaces values that differ from run to run by others of the same width.
fn with_fixed_values(text: String, url: &str) -> String {
    let url = url.trim_end_matches('/');
    let (_, host) = url.split_once("://").expect("an address");
    let text = text.replace(url, "http://127.0.0.1:40000").replace(host, "127.0.0.1:40000");
    [
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        (r"/s/\w{15}", "/s/0123456789abcde"),
        (r"sk-[0-9a-f]{64}", "sk-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        (r"20\d\d-\d\d-\d\d", "2027-01-31"),
        (r"\d\d:\d\d:\d\d(\.\d+)?", "09:00:00"),
        (r"\b\d\d:\d\d UTC", "09:00 UTC"),
        (r"\b\d+ ms\b", "5 ms"),
    ]
    .into_iter()
    .fold(text, |text, (pattern, value)| Regex::new(pattern).expect("a pattern").replace_all(&text, value).into_owned())
}
