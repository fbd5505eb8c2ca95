//! For agencies, auditors and law firms: creates a room for a client, with colleagues as members,
//! and a link for the client, who has no account. The link expires after 90 days.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example onboard_client -- "Acme" ann@firm.com bob@firm.com
//! ```
//!
//! Prints only the client's link on standard output, so that another program can send it.
//! Everything else goes to standard error. Everyone who has the link can open the room.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use docspace::{Access, Portal, RoomType, Timestamp};

const DAYS: u16 = 90;

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
    let client = arguments.next().context("the client is missing: onboard_client CLIENT [COLLEAGUE@…]")?;
    let colleagues: Vec<String> = arguments.collect();
    let portal = Portal::from_env()?;

    // A portal accepts several rooms with the same title, so a second run would create a second
    // room for the client.
    let found = portal.rooms().list().search(&client).all().await?;
    if let Some(room) = found.iter().find(|room| room.title.eq_ignore_ascii_case(client.trim())) {
        bail!("there is already a room for {}: {}", room.title, room.id);
    }
    let room = portal.rooms().create(&client, RoomType::Custom).tags(["client"]).send().await?;
    eprintln!("created room {} for {}", room.id, room.title);

    let handle = portal.room(&room);
    if !colleagues.is_empty() {
        let add = |set: docspace::members::SetMembers, email: &String| set.give(email.clone(), Access::Editing);
        let members = colleagues.iter().fold(handle.members().set().notify(), add);
        let changes = members.send().await;
        let changes = changes.with_context(|| format!("room {} exists, but without all of its members", room.id))?;
        changes.given.iter().for_each(|colleague| eprintln!("added {colleague}"));
    }

    let end = Timestamp::in_days(DAYS);
    let link = handle.links().create(Access::Comment).title(format!("For {}", room.title)).expires(end);
    let link = link.send().await.with_context(|| format!("room {} exists, but without a link", room.id))?;
    eprintln!("the client's link expires on {}", end.date());
    println!("{}", link.url());
    Ok(())
}
