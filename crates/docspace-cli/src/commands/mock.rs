//! `docspace mock`: a portal to try things on, for any client.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use docspace_mock::ServeOptions;

use crate::failure::Failure;

/// Where it listens.
#[derive(Debug, clap::Args)]
pub(crate) struct MockArgs {
    /// The port to listen on; 0 for a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Print address, people and keys as JSON
    #[arg(long)]
    json: bool,
    /// Start from FILE if it is there, and write the state to it at the end
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
                return Failure::local(error.to_string());
            }
            Failure::local(format!("the mock portal cannot run on {bind}, port {port}: {error}"))
                .advise("choose another port, or 0 for a free one")
        })
    }
}
