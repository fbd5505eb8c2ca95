//! For whoever keeps a list, and wants no async in a script: every room with its owner, and how many members and links
//! it has.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example blocking --features blocking > rooms.tsv
//! ```
//!
//! Rooms are asked one after the other. With many of them, a few threads that share the portal are faster: clones of it
//! keep to one limit.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use docspace::blocking::Portal;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let portal = Portal::from_env()?;
    let mut table = std::io::stdout().lock();
    writeln!(table, "room\ttitle\towner\tmembers\tlinks")?;
    for room in portal.rooms().list().stream() {
        let room = room?;
        let handle = portal.room(&room);
        let (members, links) = (handle.members().list()?, handle.links().list()?);
        let owner = members.iter().find(|member| member.is_owner).and_then(|owner| owner.email()).unwrap_or("-");
        writeln!(table, "{}\t{}\t{owner}\t{}\t{}", room.id, room.title, members.len(), links.len())?;
    }
    Ok(())
}
