//! `docspace mock`: a mock portal for any client.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use docspace_mock::ServeOptions;

use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  docspace mock --port 0 --state portal.json
  docspace mock --json > portal.txt
  docspace mock > portal.txt &

The people and their API keys are the same at each start. Log in from another terminal:
  docspace auth login http://127.0.0.1:8080

The portal has the clock of this computer. To see what happens when a link expires, move it ahead:
  curl http://127.0.0.1:8080/_mock/clock -d '{\"advanceSeconds\": 604800}'
Filters such as --older-than still compute with the clock of this computer.

It accepts any number of calls. To turn on the limits of a portal:
  curl -X PUT http://127.0.0.1:8080/_mock/limits -d '{}'

Ctrl-C ends it with exit code 0.";

/// The flags of `docspace mock`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MockArgs {
    /// Listen on this port; 0 selects a free port
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// Listen on this address
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Print the address, the people and their API keys as JSON
    #[arg(long)]
    json: bool,
    /// Refuse the addresses of webhooks that a portal refuses: those of this computer and of
    /// private networks
    #[arg(long)]
    strict_webhooks: bool,
    /// Load the state of the portal from FILE if it exists, and save it there on exit
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Checks that the state can be saved, because the mock portal saves it only at its end.
fn check_writable(file: &Path) -> Result<(), Failure> {
    let opened = match OpenOptions::new().write(true).open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            OpenOptions::new().write(true).create_new(true).open(file).and_then(|_| std::fs::remove_file(file))
        }
        opened => opened.map(drop),
    };
    opened.map_err(|error| {
        Failure::local(format!("the state cannot be saved in {}: {error}", file.display()))
            .advise("pass a file that you can write to with --state")
    })
}

impl MockArgs {
    pub(crate) async fn execute(self) -> Result<(), Failure> {
        if let Some(file) = &self.state {
            check_writable(file)?;
        }
        let (bind, port) = (self.bind, self.port);
        let (json, state, strict_webhooks) = (self.json, self.state, self.strict_webhooks);
        let options = ServeOptions { port, bind, json, state, strict_webhooks, ..ServeOptions::default() };
        docspace_mock::serve(options).await.map_err(|error| {
            if error.kind() == std::io::ErrorKind::BrokenPipe {
                return error.into();
            }
            if error.kind() == std::io::ErrorKind::InvalidData {
                return Failure::local(error.to_string())
                    .advise("pass a file that `docspace mock --state` has saved, or the name of a new file");
            }
            Failure::local(format!("the mock portal on {bind}, port {port} failed: {error}")).advise(
                "choose another port with --port (0 selects a free one), another --bind address, \
                     or another --state file",
            )
        })
    }
}
