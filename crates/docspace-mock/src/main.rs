//! `docspace-mock --port 8080 [--json]`: a mock portal for clients in any language.

use std::io::{self, Write};
use std::process::ExitCode;

use docspace_mock::{ServeOptions, serve};

const USAGE: &str = "Usage: docspace-mock [--port PORT] [--bind ADDRESS] [--json] [--state FILE]

Starts a mock ONLYOFFICE DocSpace portal and runs until Ctrl-C.

  --port PORT      the port to listen on, 0 for a free one (8080)
  --bind ADDRESS   the address to listen on (127.0.0.1)
  --json           message address, people and keys as JSON
  --state FILE     start from FILE if it is there, and write the state to it at the end
";

#[tokio::main]
async fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print(io::stdout(), USAGE);
            return ExitCode::SUCCESS;
        }
        Err(wrong) => {
            print(io::stderr(), &format!("{wrong}\n\n{USAGE}"));
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

/// Writes a text, and ignores a closed stream instead of panicking.
fn print(mut stream: impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
}

/// Nothing stands for a call for help.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<ServeOptions>, String> {
    let mut options = ServeOptions::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--port" => options.port = value()?.parse().map_err(|_| "the port is no number".to_owned())?,
            "--bind" => options.bind = value()?.parse().map_err(|_| "the address is no IP address".to_owned())?,
            "--json" => options.json = true,
            "--state" => options.state = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(Some(options))
}
