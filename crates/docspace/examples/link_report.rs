//! For account managers: prints the links that have expired, that expire soon, or that never
//! expire.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example link_report -- 14 | column -ts $'\t'
//! ```
//!
//! The argument is the number of days that count as soon. The table begins with the most urgent
//! links. The addresses and passwords of links are not printed, because they open rooms.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::{TimeDelta, Utc};
use docspace::{Portal, Timestamp};
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

/// The states in the order of the report.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Expired,
    Expires,
    Eternal,
}

async fn run() -> Result<()> {
    let days = std::env::args().nth(1).unwrap_or_else(|| "14".to_owned());
    let days: u16 = days.parse().with_context(|| format!("`{days}` is not a number of days"))?;
    let soon: Timestamp = (Utc::now() + TimeDelta::days(days.into())).into();
    let portal = Portal::from_env()?;

    let mut found = Vec::new();
    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        for link in portal.room(&room).links().list().await? {
            let end = link.shared_link.expiration_date;
            let state = match end {
                _ if link.is_expired() => State::Expired,
                Some(end) if end <= soon => State::Expires,
                Some(_) => continue,
                None => State::Eternal,
            };
            found.push((state, end, room.id.to_string(), room.title.clone(), link));
        }
    }
    found.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));

    let mut table = std::io::stdout().lock();
    writeln!(table, "state\tend\troom\ttitle\tkind\tlink")?;
    for (state, end, id, title, link) in &found {
        let state = match state {
            State::Expired => "expired",
            State::Expires => "expires",
            State::Eternal => "eternal",
        };
        let end = end.map_or("-".to_owned(), |end| end.to_utc().format("%Y-%m-%d").to_string());
        let kind = if link.is_invitation() { "invitation" } else { "external" };
        writeln!(table, "{state}\t{end}\t{id}\t{title}\t{kind}\t{}", link.title())?;
    }
    Ok(())
}
