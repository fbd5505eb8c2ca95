//! For schools and trainers: creates the room of a course from a template, adds the teachers, and
//! creates an invitation for the number of seats.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example course_from_template -- \
//!     "Course" "Statistics 2027" 30 teacher@school.edu
//! ```
//!
//! Prints only the address of the invitation on standard output. Everyone who opens it within 30
//! days joins the course, until all seats are taken.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use chrono::{TimeDelta, Utc};
use docspace::{Access, Portal, Room, RoomType};

const DAYS: i64 = 30;

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
    let usage = "arguments are missing: course_from_template TEMPLATE TITLE SEATS [TEACHER@…]";
    let mut arguments = std::env::args().skip(1);
    let (Some(template), Some(title), Some(seats)) = (arguments.next(), arguments.next(), arguments.next()) else {
        bail!(usage);
    };
    let seats: u32 = seats.parse().with_context(|| format!("`{seats}` is not a number of seats"))?;
    let teachers: Vec<String> = arguments.collect();
    let portal = Portal::from_env()?;

    let template = find(&portal, &template).await?;
    let creating = portal.template(&template).create_room(title).copy_logo().tags(["course"]).start().await?;
    // The portal does not report a percentage for this, so only the stages are shown.
    let mut stage = None;
    let creating = creating.on_progress(move |progress| {
        if stage.replace(progress.stage) != Some(progress.stage) {
            eprintln!("{}", progress.stage);
        }
    });
    let room = creating.wait().await?;
    eprintln!("created room {} from template {}", room.id, template.title);

    let handle = portal.room(&room);
    for teacher in &teachers {
        handle.members().add(teacher.clone(), Access::ContentCreator).await?;
        eprintln!("added the teacher {teacher}");
    }

    // In a form filling room, students fill in forms instead of reading files.
    let access = if room.room_type == RoomType::FillingForms { Access::FillForms } else { Access::Read };
    let end = Utc::now() + TimeDelta::days(DAYS);
    let invitation = handle.links().invite(access).title("Students").max_uses(seats).expires(end).send().await?;
    eprintln!("seats: {seats}; people can join until {}", end.format("%Y-%m-%d"));
    println!("{}", invitation.url());
    Ok(())
}

/// Finds the template with this title. Fails if there are several.
async fn find(portal: &Portal, title: &str) -> Result<Room> {
    let mut templates = portal.templates().list().all().await?;
    let known: Vec<String> = templates.iter().map(|template| template.title.clone()).collect();
    templates.retain(|template| template.title.eq_ignore_ascii_case(title));
    match (templates.pop(), templates.len()) {
        (Some(template), 0) => Ok(template),
        (Some(_), more) => bail!("there are {} templates called {title}: rename all but one", more + 1),
        (None, _) => bail!("there is no template called {title}; the templates are: {}", known.join(", ")),
    }
}
