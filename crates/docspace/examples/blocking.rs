//! For scripts without async: prints every room with its owner and the number of its members and
//! links.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example blocking --features blocking > rooms.tsv
//! ```
//!
//! The program reads one room after another. For many rooms, use a few threads with clones of the
//! portal, which share its limits.

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
