//! The mock portal as a program: prints its address, people and keys, and runs until Ctrl-C.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::server::{MockPortal, control};
use crate::state::people::Role;

/// The options of the program.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The port to listen on; 0 picks a free port.
    pub port: u16,
    /// The address to listen on.
    pub bind: IpAddr,
    /// Whether to print the address, people and keys as JSON.
    pub json: bool,
    /// A file that the state is loaded from at the start, if it exists, and saved to at the end.
    pub state: Option<PathBuf>,
    /// The people besides the owner.
    pub people: Vec<(String, Role)>,
    /// Whether receivers of webhooks are refused as on a portal; see
    /// [`Builder::strict_webhooks`](crate::Builder::strict_webhooks).
    pub strict_webhooks: bool,
}

impl Default for ServeOptions {
    /// One person of each role, on port 8080 of this computer.
    fn default() -> Self {
        let people = [
            ("admin", Role::DocSpaceAdmin),
            ("roomadmin", Role::RoomAdmin),
            ("user", Role::User),
            ("guest", Role::Guest),
        ];
        Self {
            port: 8080,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            json: false,
            state: None,
            people: people.map(|(name, role)| (name.to_owned(), role)).to_vec(),
            strict_webhooks: false,
        }
    }
}

/// Runs a mock portal with the computer's clock until Ctrl-C or SIGTERM.
///
/// # Errors
/// - The error of the operating system: the server cannot listen on the address, the state file
///   cannot be written, or the introduction cannot be printed.
/// - [`InvalidData`](io::ErrorKind::InvalidData): the state file cannot be read, or it is not a
///   dump of a portal.
pub async fn serve(options: ServeOptions) -> io::Result<()> {
    let mut builder = MockPortal::builder().port(options.port).bind(options.bind).clock(Clock::real());
    if let Some(file) = options.state.as_ref().filter(|file| file.exists()) {
        builder = builder.state(read_state(file)?);
    }
    if options.strict_webhooks {
        builder = builder.strict_webhooks();
    }
    for (name, role) in &options.people {
        builder = builder.person(name, *role);
    }
    let mock = builder.start().await?;
    mock.shared.report_not_modeled();
    // From here on a signal does not end the program without saving the state. A script may send it
    // as soon as it has read the introduction.
    let stopped = stop_signal()?;
    io::stdout().write_all(introduction(&mock, options.json).as_bytes())?;
    io::stdout().flush()?;
    stopped.await?;
    if let Some(file) = &options.state {
        let state = mock.portal(|portal| portal.dump());
        std::fs::write(file, format!("{state:#}\n"))?;
    }
    mock.shutdown().await;
    Ok(())
}

/// Reads the state from a file. An error contains the path of the file.
fn read_state(file: &Path) -> io::Result<serde_json::Value> {
    let with_path = |error: &dyn std::fmt::Display| {
        let text = format!("cannot read the state from {}: {error}; choose another file with --state", file.display());
        io::Error::new(io::ErrorKind::InvalidData, text)
    };
    serde_json::from_slice(&std::fs::read(file).map_err(|error| with_path(&error))?).map_err(|error| with_path(&error))
}

/// Listens for Ctrl-C and SIGTERM from now on, and returns a future that ends with the first one.
fn stop_signal() -> io::Result<impl Future<Output = io::Result<()>>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            Ok(())
        })
    }
    #[cfg(not(unix))]
    Ok(tokio::signal::ctrl_c())
}

/// The address, people and keys. They are made up, so printing them is safe.
fn introduction(mock: &MockPortal, as_json: bool) -> String {
    if as_json {
        return format!("{}\n", mock.portal(|portal| control::overview(portal)));
    }
    let people = mock.portal(|portal| portal.names());
    let mut text = format!("Mock DocSpace portal listening on {}\n\n", mock.url());
    text += &format!("  {:<10} {:<14} {:<24} {}\n", "NAME", "ROLE", "E-MAIL", "API KEY");
    for (name, role) in &people {
        let role = format!("{role:?}");
        text += &format!("  {name:<10} {role:<14} {:<24} {}\n", mock.email(name), mock.key(name));
    }
    text += &format!("\nPassword of every person: {}\n", mock.password("owner"));
    text += &format!("Log in from another terminal: docspace auth login {}\n", mock.url());
    text += "Press Ctrl-C to stop.\n";
    text
}
