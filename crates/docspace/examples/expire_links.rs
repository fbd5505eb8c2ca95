//! For administrators: gives every external link that never ends an end, so many days from now. Titles, passwords and
//! accesses of the links stay.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example expire_links -- 30
//! ```
//!
//! Run it as often as you like: links that have an end keep it. Fails when it could not be done for some link; those
//! that cannot end, such as the main link of a public room, are listed but are no failure.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
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
    let days = std::env::args().nth(1).context("say after how many days: expire_links DAYS")?;
    let days: u16 = days.parse().with_context(|| format!("`{days}` is no number of days"))?;
    let end = Utc::now() + TimeDelta::days(days.into());
    let portal = Portal::from_env()?;

    let (mut done, mut failed) = (0, 0);
    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        let links = portal.room(&room).links();
        for link in links.list().await? {
            if link.is_invitation() || link.shared_link.expiration_date.is_some() {
                continue;
            }
            let what = format!("`{}` of room {} ({})", link.title(), room.id, room.title);
            if !link.can_edit_expiration_date {
                println!("cannot end: {what}");
                continue;
            }
            match links.update(link.id()).expires(end.into()).send().await {
                Ok(_) => {
                    done += 1;
                    println!("ends {}: {what}", end.format("%Y-%m-%d"));
                }
                // One stubborn room is no reason to leave all others open.
                Err(error) => {
                    failed += 1;
                    println!("failed: {what}: {error}");
                }
            }
        }
    }
    println!("{done} links end now");
    ensure!(failed == 0, "{failed} links were left as they are");
    Ok(())
}
