//! For team leads, when somebody leaves: a colleague gets the access that the one who leaves has, room by room, and the
//! other's ends.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example hand_over -- ann@firm.com bob@firm.com
//! ```
//!
//! Who is a member of a room already keeps the access that they have there. Rooms that the one who leaves owns are
//! listed: their owner has to be changed by hand. Mind the spelling: an address that the portal does not know is
//! invited to it.

use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use docspace::members::Member;
use docspace::{Access, Portal, Room};
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
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        bail!("say from whom to whom: hand_over FROM@… TO@…");
    };
    ensure!(!from.eq_ignore_ascii_case(&to), "{from} has all of that already");
    let portal = Portal::from_env()?;

    let (mut done, mut left) = (0, 0);
    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        let members = portal.room(&room).members().list().await?;
        let called = |email: &str| {
            let fits = |member: &&Member| member.email().is_some_and(|known| known.eq_ignore_ascii_case(email));
            members.iter().find(fits)
        };
        let Some(leaving) = called(&from) else { continue };
        let name = format!("room {} ({})", room.id, room.title);
        if leaving.is_owner {
            left += 1;
            println!("{name}: {from} is the owner");
            continue;
        }
        let access = called(&to).is_none().then_some(leaving.access);
        match hand_over(&portal, &room, &from, &to, access).await {
            Ok(()) => {
                done += 1;
                println!("{name}: {}", access.map_or("was a member".to_owned(), |access| access.to_string()));
            }
            Err(error) => {
                left += 1;
                println!("{name}: failed: {error}");
            }
        }
    }
    eprintln!("{done} rooms handed over");
    ensure!(left == 0, "{left} rooms are left with {from}");
    Ok(())
}

/// In one call, giving before taking: a portal makes the changes in this order and stops at the first that it refuses,
/// so that the room is never without both.
async fn hand_over(portal: &Portal, room: &Room, from: &str, to: &str, access: Option<Access>) -> docspace::Result<()> {
    let mut change = portal.room(room).members().set();
    if let Some(access) = access {
        change = change.give(to, access);
    }
    change.remove(from).send().await
}
