//! `docspace mock`: a portal to try things on, for any client.

use std::net::{IpAddr, Ipv4Addr};

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
}

impl MockArgs {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let options = ServeOptions { port: self.port, bind: self.bind, json: self.json, ..ServeOptions::default() };
        let (bind, port) = (self.bind, self.port);
        docspace_mock::serve(options).await.map_err(|error| {
            if error.kind() == std::io::ErrorKind::BrokenPipe {
                return error.into();
            }
            Failure::local(format!("the mock portal cannot run on {bind}, port {port}: {error}"))
                .advise("choose another port, or 0 for a free one")
        })
    }
}
