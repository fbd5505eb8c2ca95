//! For team leads, when a colleague leaves: moves that person's access to another person, room by
//! room.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example hand_over -- ann@firm.com bob@firm.com
//! ```
//!
//! In rooms where the second person is already a member, their access does not change. Rooms that
//! the first person owns are only listed: change their owner by hand.

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
        bail!("arguments are missing: hand_over FROM@… TO@…");
    };
    ensure!(!from.eq_ignore_ascii_case(&to), "both addresses are the same");
    let portal = Portal::from_env()?;

    let (mut done, mut left) = (0, 0);
    let mut rooms = portal.rooms().list().stream();
    while let Some(room) = rooms.try_next().await? {
        let members = portal.room(&room).members().list().await?;
        let find = |email: &str| {
            let has_address = |member: &&Member| member.email().is_some_and(|known| known.eq_ignore_ascii_case(email));
            members.iter().find(has_address)
        };
        let Some(leaving) = find(&from) else { continue };
        let name = format!("room {} ({})", room.id, room.title);
        if leaving.is_owner {
            left += 1;
            println!("{name}: {from} is the owner");
            continue;
        }
        let access = find(&to).is_none().then_some(leaving.access);
        match hand_over(&portal, &room, &from, &to, access).await {
            Ok(()) => {
                done += 1;
                println!("{name}: {}", access.map_or("was already a member".to_owned(), |access| access.to_string()));
            }
            Err(error) => {
                left += 1;
                println!("{name}: failed: {error}");
            }
        }
    }
    eprintln!("rooms handed over: {done}");
    ensure!(left == 0, "{from} still has access to {left} rooms");
    Ok(())
}

/// Gives access to one person before removing the other, in one call. The portal makes the changes
/// in this order and stops at the first that it rejects, so one of the two always has access.
async fn hand_over(portal: &Portal, room: &Room, from: &str, to: &str, access: Option<Access>) -> docspace::Result<()> {
    let change = portal.room(room).members().set().with_option(access, |change, access| change.give(to, access));
    change.remove(from).send().await.map(drop)
}
