//! The program `docspace-mock`: a mock portal for clients in any language.

use std::io::{self, Write};
use std::process::ExitCode;

use docspace_mock::{ServeOptions, serve};

const USAGE: &str = "\
Start a mock ONLYOFFICE DocSpace portal and run it until Ctrl-C or SIGTERM.

Usage: docspace-mock [--port PORT] [--bind ADDRESS] [--json] [--state FILE] [--strict-webhooks]

Options:
  --port PORT      Listen on this port; 0 picks a free port [default: 8080]
  --bind ADDRESS   Listen on this IP address [default: 127.0.0.1]
  --json           Print the address, people and keys as one line of JSON
  --state FILE     Load the state from FILE if it exists, and save the state to FILE on exit
  --strict-webhooks
                   Refuse webhook addresses in private networks, as a portal does
  -h, --help       Print this help

Example: docspace-mock --port 0 --json --state demo.json
";

#[tokio::main]
async fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print(io::stdout(), USAGE);
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            print(io::stderr(), &format!("docspace-mock: {problem}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print(io::stderr(), &format!("docspace-mock: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a text. Unlike `print!`, it does not panic if the stream is closed.
fn print(mut stream: impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
}

/// Parses the value of an option; `expected` describes a right value.
fn parse_value<T: std::str::FromStr>(value: &str, option: &str, expected: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("invalid value '{value}' for {option}: expected {expected}"))
}

/// Reads the command line. `None` means that the person asked for help.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<ServeOptions>, String> {
    let mut options = ServeOptions::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--port" => options.port = parse_value(&value()?, "--port", "a port number from 0 to 65535")?,
            "--bind" => options.bind = parse_value(&value()?, "--bind", "an IP address such as 127.0.0.1")?,
            "--json" => options.json = true,
            "--strict-webhooks" => options.strict_webhooks = true,
            "--state" => options.state = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument '{other}'")),
        }
    }
    Ok(Some(options))
}
