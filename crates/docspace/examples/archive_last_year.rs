//! For project managers: archives all rooms that have not changed since a date, or only those with
//! a tag.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example archive_last_year -- 2026-01-01 client
//! ```
//!
//! Prints a line for each room when it is in the archive. You can interrupt the program and run it
//! again at any time: the next run archives the remaining rooms. Fails if a room could not be
//! archived.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use docspace::rooms::ListRooms;
use docspace::{Portal, Timestamp};
use futures::StreamExt;

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
    let mut arguments = std::env::args().skip(1);
    let before: Timestamp = arguments.next().context("the date is missing: archive_last_year BEFORE [TAG]")?.parse()?;
    let tag = arguments.next();
    let portal = Portal::from_env()?;

    // Reads the whole list before archiving the first room, to report the number of rooms.
    let rooms = portal.rooms().list().with_option(tag, ListRooms::tag).all().await?;
    let old: Vec<_> = rooms.into_iter().filter(|room| room.updated < before).map(|room| room.id).collect();
    let total = old.len();
    eprintln!("rooms to archive: {total}");

    let mut done = 0;
    let mut outcomes = portal.rooms().many(old).archive();
    while let Some((id, outcome)) = outcomes.next().await {
        match outcome {
            Ok(room) => {
                done += 1;
                println!("archived\t{id}\t{}", room.title);
            }
            Err(error) => println!("failed\t{id}\t{error}"),
        }
    }
    ensure!(done == total, "{} of {total} rooms were not archived; run the program again for them", total - done);
    Ok(())
}
