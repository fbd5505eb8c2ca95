//! For administrators: makes the people in a table the members of a room, and removes everyone else
//! but the owner.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example sync_members -- 17 members.csv         # only checks
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example sync_members -- 17 members.csv --yes   # changes
//! ```
//!
//! Each line of the table has an address and an access, such as `ann@firm.com,Editing`. Without a
//! file, the table is read from standard input. Without `--yes`, the program checks the table and
//! prints what it would change. People without an account are an error, and are not invited.

use std::io::Read;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use docspace::members::{Changes, MemberChange};
use docspace::{Access, Portal, RoomId};

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
    let (yes, arguments): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word == "--yes");
    let (room, file) = match arguments.as_slice() {
        [room] => (room, None),
        [room, file] => (room, Some(file)),
        _ => bail!("usage: sync_members ROOM [FILE] [--yes]"),
    };
    let table = match file {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?,
        None => {
            let mut table = String::new();
            std::io::stdin().read_to_string(&mut table)?;
            table
        }
    };
    let wanted = rows(&table)?;
    // An export that failed would remove everyone.
    ensure!(!wanted.is_empty(), "the table is empty");

    let set = Portal::from_env()?.room(room.parse::<RoomId>()?).members().replace(wanted);
    if yes.is_empty() {
        print(&set.preview().await?);
        eprintln!("nothing was changed: use --yes to make these changes");
    } else {
        print(&set.send().await?);
    }
    Ok(())
}

/// Reads the table. Blank lines and lines that begin with `#` are left out.
fn rows(table: &str) -> Result<Vec<(String, Access)>> {
    let lines = table.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let rows = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(number, line)| {
        let (email, access) = line.split_once(',').with_context(|| format!("line {number} does not have a comma"))?;
        let access = access.trim().parse().with_context(|| format!("line {number}"))?;
        Ok((email.trim().to_owned(), access))
    });
    rows.collect()
}

fn print(changes: &Changes) {
    let before = |change: &MemberChange| change.before.map_or("no access".to_owned(), |access| access.to_string());
    for change in changes.given.iter().chain(&changes.removed) {
        println!("{change}\t{}\t{}", before(change), change.access);
    }
    eprintln!("{} set, {} removed, {} as before", changes.given.len(), changes.removed.len(), changes.unchanged.len());
}
