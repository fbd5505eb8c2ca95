//! For administrators: deletes the rooms that were archived more than a number of days ago.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example clean_archive -- 365         # only lists
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example clean_archive -- 365 --yes   # deletes
//! ```
//!
//! This cannot be undone: deleted rooms do not go to the trash. Fails if a room could not be
//! deleted; run it again in that case.

use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use chrono::{TimeDelta, Utc};
use docspace::Portal;
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
    let days = arguments.next().context("the number of days is missing: clean_archive DAYS [--yes]")?;
    let days: u16 = days.parse().with_context(|| format!("`{days}` is not a number of days"))?;
    let sure = match arguments.next().as_deref() {
        None => false,
        Some("--yes") => true,
        Some(other) => bail!("unknown argument `{other}`: clean_archive DAYS [--yes]"),
    };
    let portal = Portal::from_env()?;

    // Archiving a room was the last change to it, because an archived room cannot be changed.
    let limit = (Utc::now() - TimeDelta::days(days.into())).into();
    let mut rooms = portal.rooms().list().archived().all().await?;
    rooms.retain(|room| room.updated < limit);
    for room in &rooms {
        println!("old\t{}\t{}\t{}", room.id, room.updated.to_utc().format("%Y-%m-%d"), room.title);
    }
    if !sure {
        eprintln!("rooms that would be deleted: {}; add --yes to delete them", rooms.len());
        return Ok(());
    }

    let (total, mut done) = (rooms.len(), 0);
    let mut outcomes = portal.rooms().many(&rooms).delete();
    while let Some((id, outcome)) = outcomes.next().await {
        match outcome {
            Ok(()) => {
                done += 1;
                println!("deleted\t{id}");
            }
            Err(error) => println!("failed\t{id}\t{error}"),
        }
    }
    ensure!(done == total, "{} of {total} rooms were not deleted", total - done);
    Ok(())
}
