//! For auditors: prints who has access to which rooms, as a table for a spreadsheet. It includes
//! external links, because they give access without an account.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example audit_access > access.tsv
//! ```
//!
//! Prints only the rooms that the key's owner can see, so use the key of an administrator. The
//! addresses of links are not printed, because they open rooms.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use docspace::Portal;
use futures::TryStreamExt;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let portal = Portal::from_env()?;
    let mut table = std::io::stdout().lock();
    line(&mut table, ["room", "title", "type", "kind", "who", "e-mail", "access"])?;

    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        let handle = portal.room(&room);
        let (id, kind) = (room.id.to_string(), room.room_type.to_string());
        let mut row = |what: &str, who: &str, email: &str, access: &str| {
            line(&mut table, [&id, &room.title, &kind, what, who, email, access])
        };
        for member in handle.members().list().await? {
            let what = if member.is_group() { "group" } else { "person" };
            // The owner has all rights, regardless of the reported access.
            let access = if member.is_owner { "owner".to_owned() } else { member.access.to_string() };
            row(what, member.name().unwrap_or_default(), member.email().unwrap_or_default(), &access)?;
        }
        for link in handle.links().list().await? {
            let what = match (link.is_expired(), link.is_invitation()) {
                (true, _) => continue,
                (false, true) => "invitation",
                (false, false) => "link",
            };
            row(what, link.title(), "", &link.access.to_string())?;
        }
    }
    Ok(())
}

/// Writes a line of the table. A tab in a title would shift the columns, so it becomes a space.
fn line(to: &mut impl Write, cells: [&str; 7]) -> std::io::Result<()> {
    writeln!(to, "{}", cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t"))
}
