//! The mock portal as a program: says its address, people and keys, and runs until Ctrl-C.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::server::{MockPortal, control};
use crate::state::people::Role;

/// What the program was told.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The port; 0 for a free one.
    pub port: u16,
    /// The address to listen on.
    pub bind: IpAddr,
    /// Print the introduction as JSON.
    pub json: bool,
    /// A file that the state is read from at the start, if it is there, and written to at the end.
    pub state: Option<PathBuf>,
    /// Who is there besides the owner.
    pub people: Vec<(String, Role)>,
}

impl Default for ServeOptions {
    /// Somebody of every role, on port 8080 of this machine.
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
        }
    }
}

/// Runs a mock portal with the computer's clock until Ctrl-C or SIGTERM.
///
/// # Errors
/// If the address cannot be listened on, or nothing can be printed.
pub async fn serve(options: ServeOptions) -> io::Result<()> {
    let mut builder = MockPortal::builder().port(options.port).bind(options.bind).clock(Clock::real());
    if let Some(file) = options.state.as_ref().filter(|file| file.exists()) {
        builder = builder.state(stored(file)?);
    }
    for (name, role) in &options.people {
        builder = builder.person(name, *role);
    }
    let mock = builder.start().await?;
    io::stdout().write_all(introduction(&mock, options.json).as_bytes())?;
    io::stdout().flush()?;
    stopped().await?;
    if let Some(file) = &options.state {
        let state = mock.portal(|portal| portal.dump());
        std::fs::write(file, format!("{state:#}\n"))?;
    }
    mock.shutdown().await;
    Ok(())
}

/// The state in a file; an error names the file.
fn stored(file: &Path) -> io::Result<serde_json::Value> {
    let named = |error: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{} holds no state: {error}", file.display()))
    };
    serde_json::from_slice(&std::fs::read(file).map_err(|error| named(&error))?).map_err(|error| named(&error))
}

/// Ctrl-C, or the signal by which services are stopped.
async fn stopped() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            done = tokio::signal::ctrl_c() => done,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Address, people and keys: all of it made up, so it may be shown.
fn introduction(mock: &MockPortal, as_json: bool) -> String {
    if as_json {
        return format!("{}\n", mock.portal(|portal| control::overview(portal)));
    }
    let people = mock.portal(|portal| portal.names());
    let mut text = format!("A mock DocSpace portal listens on {}\n\n", mock.url());
    for (name, role) in &people {
        let role = format!("{role:?}");
        text += &format!("  {name:<10} {role:<14} {:<24} {}\n", mock.email(name), mock.key(name));
    }
    text += &format!("\nThe password of all is {}. Stop with Ctrl-C.\n", mock.password("owner"));
    text
}
