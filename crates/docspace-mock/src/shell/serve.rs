//! The mock portal as a program: says its address, people and keys, and runs until Ctrl-C.

use super::MockPortal;
use crate::clock::Clock;
use crate::state::people::Role;
use serde_json::json;
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};

/// What the program was told.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The port; 0 for a free one.
    pub port: u16,
    /// The address to listen on.
    pub bind: IpAddr,
    /// Say it as JSON.
    pub json: bool,
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
            people: people.map(|(name, role)| (name.to_owned(), role)).to_vec(),
        }
    }
}

/// Runs a mock portal with the computer's clock until Ctrl-C.
///
/// # Errors
/// If the address cannot be listened on, or nothing can be printed.
pub async fn serve(options: ServeOptions) -> io::Result<()> {
    let mut builder = MockPortal::builder().port(options.port).bind(options.bind).clock(Clock::real());
    for (name, role) in &options.people {
        builder = builder.person(name, *role);
    }
    let mock = builder.start().await?;
    io::stdout().write_all(introduction(&mock, options.json).as_bytes())?;
    io::stdout().flush()?;
    tokio::signal::ctrl_c().await?;
    mock.shutdown().await;
    Ok(())
}

/// Address, people and keys: all of it made up, so it may be shown.
fn introduction(mock: &MockPortal, as_json: bool) -> String {
    let people = mock.portal(|portal| portal.names());
    if as_json {
        let people: Vec<_> = people
            .iter()
            .map(|(name, role)| {
                json!({
                    "name": name,
                    "role": format!("{role:?}"),
                    "id": mock.person_id(name),
                    "email": mock.email(name),
                    "password": mock.password(name),
                    "key": mock.key(name),
                })
            })
            .collect();
        return format!("{}\n", json!({"url": mock.url(), "people": people}));
    }
    let mut text = format!("A mock DocSpace portal listens on {}\n\n", mock.url());
    for (name, role) in &people {
        let role = format!("{role:?}");
        text += &format!("  {name:<10} {role:<14} {:<24} {}\n", mock.email(name), mock.key(name));
    }
    text += &format!("\nThe password of all is {}. Stop with Ctrl-C.\n", mock.password("owner"));
    text
}
