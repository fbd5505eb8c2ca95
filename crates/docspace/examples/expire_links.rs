//! For administrators: sets an expiry date for every external link that has none. Titles, passwords
//! and access levels of the links stay the same.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example expire_links -- 30
//! ```
//!
//! The argument is the number of days from now. You can run the program again at any time: links
//! that have an expiry date keep it. Fails if a link could not be changed. Links that cannot
//! expire, such as the primary link of a public room, are listed, but are not failures.

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
    let days = std::env::args().nth(1).context("the number of days is missing: expire_links DAYS")?;
    let days: u16 = days.parse().with_context(|| format!("`{days}` is not a number of days"))?;
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
                println!("cannot expire: {what}");
                continue;
            }
            match links.update(link.id()).expires(end).send().await {
                Ok(_) => {
                    done += 1;
                    println!("expires {}: {what}", end.format("%Y-%m-%d"));
                }
                // A link that cannot be changed does not stop the rest.
                Err(error) => {
                    failed += 1;
                    println!("failed: {what}: {error}");
                }
            }
        }
    }
    println!("links with a new expiry date: {done}");
    ensure!(failed == 0, "{failed} links were not changed");
    Ok(())
}
