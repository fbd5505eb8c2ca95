//! For web services: creates a room from a template and answers quickly: with the room, or with a
//! file that can be used to ask again, even after a restart.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example answer_later -- create 23 "Deal 7" deal-7.json
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example answer_later -- ask deal-7.json
//! ```
//!
//! It prints `201` with the room, or `202` with the file. The file holds a ticket of the operation.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use docspace::deps::serde_json;
use docspace::waiting::Resumed;
use docspace::{Portal, Room};

/// How long the caller of the service waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &*arguments.iter().map(String::as_str).collect::<Vec<_>>() {
        ["create", template, title, file] => create(&Portal::from_env()?, template, title, Path::new(file)).await,
        ["ask", file] => ask(&Portal::from_env()?, Path::new(file)).await,
        _ => bail!("arguments are missing: answer_later create TEMPLATE TITLE FILE, or answer_later ask FILE"),
    }
}

async fn create(portal: &Portal, template: &str, title: &str, file: &Path) -> Result<()> {
    let template: docspace::RoomId = template.parse()?;
    let mut creation = portal.template(template).create_room(title).start().await?;
    // Stored before the wait, so that a crash of the service loses nothing.
    std::fs::write(file, serde_json::to_string(&creation.ticket())?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    let room = creation.wait_for(PATIENCE).await?;
    answer(room, file)
}

async fn ask(portal: &Portal, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let ticket = serde_json::from_str(&text).with_context(|| format!("{} is not a ticket", file.display()))?;
    let resumed = portal.resume(&ticket)?.wait_for(PATIENCE).await?;
    answer(resumed.and_then(Resumed::into_room), file)
}

fn answer(room: Option<Room>, file: &Path) -> Result<()> {
    match room {
        Some(room) => {
            println!("201\t{}\t{}", room.id, room.title);
            std::fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))
        }
        None => {
            println!("202\t{}", file.display());
            Ok(())
        }
    }
}
