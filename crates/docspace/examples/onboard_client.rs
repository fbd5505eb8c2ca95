//! For agencies, auditors, law firms: one room for each client, with the colleagues who work for the client as members,
//! and a link for the client, who has no account, that ends by itself after 90 days.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example onboard_client -- "Acme" ann@firm.com bob@firm.com
//! ```
//!
//! Prints the client's link alone on standard output, so that the next program can mail it; the rest goes to standard
//! error. The link opens the room to whoever has it.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use chrono::{TimeDelta, Utc};
use docspace::{Access, Portal, RoomType};

const DAYS: i64 = 90;

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
    let client = arguments.next().context("say which client: onboard_client CLIENT [COLLEAGUE@…]")?;
    let colleagues: Vec<String> = arguments.collect();
    let portal = Portal::from_env()?;

    // A portal takes any number of rooms of one title, so a second run would make a second room for the client.
    let alike = portal.rooms().list().search(&client).all().await?;
    if let Some(room) = alike.iter().find(|room| room.title.eq_ignore_ascii_case(client.trim())) {
        bail!("there is a room for {} already: {}", room.title, room.id);
    }
    let room = portal.rooms().create(&client, RoomType::Custom).tags(["client"]).send().await?;
    eprintln!("made room {} for {}", room.id, room.title);

    let handle = portal.room(&room);
    if !colleagues.is_empty() {
        let add = |set: docspace::members::SetMembers, email: &String| set.give(email.clone(), Access::Editing);
        let members = colleagues.iter().fold(handle.members().set().notify(), add);
        members.send().await.with_context(|| format!("room {} is there, but not all members are", room.id))?;
        eprintln!("added {}", colleagues.join(", "));
    }

    let end = Utc::now() + TimeDelta::days(DAYS);
    let link = handle.links().create(Access::Comment).title(format!("For {}", room.title)).expires(end.into());
    let link = link.send().await.with_context(|| format!("room {} is there, but has no link", room.id))?;
    eprintln!("the client's link may be used until {}", end.format("%Y-%m-%d"));
    println!("{}", link.url());
    Ok(())
}
