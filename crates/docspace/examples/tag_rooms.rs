//! For administrators: adds a tag to every room whose title contains a text.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example tag_rooms -- audit "Audit 20"
//! ```
//!
//! The rooms keep their other tags. A portal compares tags without regard to case, so it uses the
//! existing spelling of a tag.

use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use docspace::Portal;
use futures::{StreamExt, stream};

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
    let (Some(tag), Some(text)) = (arguments.next(), arguments.next()) else {
        bail!("arguments are missing: tag_rooms TAG TEXT");
    };
    // Every title contains the empty text.
    ensure!(!text.trim().is_empty(), "the text to find in titles is empty");
    let portal = Portal::from_env()?;

    let mut rooms = portal.rooms().list().search(text).all().await?;
    rooms.retain(|room| !room.tags.iter().any(|known| known.to_lowercase() == tag.trim().to_lowercase()));
    let total = rooms.len();

    // `ManyRooms::edit` would replace the tags of a room. A few calls at the same time are enough,
    // because the portal limits them anyway.
    let work = rooms.into_iter().map(|room| {
        let (handle, tag) = (portal.room(&room), tag.clone());
        async move { (room, handle.add_tags([tag]).await) }
    });
    let mut work = stream::iter(work).buffer_unordered(4);
    let mut done = 0;
    while let Some((room, outcome)) = work.next().await {
        match outcome {
            Ok(now) => {
                done += 1;
                println!("{}\t{}\t{}", now.id, now.title, now.tags.join(", "));
            }
            Err(error) => println!("{}\t{}\tfailed: {error}", room.id, room.title),
        }
    }
    eprintln!("tagged rooms: {done}");
    ensure!(done == total, "{} rooms could not be tagged", total - done);
    Ok(())
}
