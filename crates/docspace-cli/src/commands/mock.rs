//! `docspace mock`: a mock portal for any client.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use docspace_mock::ServeOptions;

use crate::failure::Failure;

/// The flags of `docspace mock`.
#[derive(Debug, clap::Args)]
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
    /// Load the state of the portal from FILE if it exists, and save it there on exit
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

impl MockArgs {
    pub(crate) async fn execute(self) -> Result<(), Failure> {
        let (bind, port) = (self.bind, self.port);
        let options = ServeOptions { port, bind, json: self.json, state: self.state, ..ServeOptions::default() };
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
