//! For schools and trainers: makes the room of a course from a template, with its teachers, and an invitation for as
//! many people as there are seats.
//!
//! ```sh
//! DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example course_from_template -- \
//!     "Course" "Statistics 2027" 30 teacher@school.edu
//! ```
//!
//! Prints the invitation's address alone on standard output; whoever opens it joins the course, for the next 30 days.

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
    let usage = "say what to make: course_from_template TEMPLATE TITLE SEATS [TEACHER@…]";
    let mut arguments = std::env::args().skip(1);
    let (Some(template), Some(title), Some(seats)) = (arguments.next(), arguments.next(), arguments.next()) else {
        bail!(usage);
    };
    let seats: u32 = seats.parse().with_context(|| format!("`{seats}` is no number of seats"))?;
    let teachers: Vec<String> = arguments.collect();
    let portal = Portal::from_env()?;

    let template = find(&portal, &template).await?;
    let making = portal.template(&template).create_room(title).copy_logo().tags(["course"]).start().await?;
    // The portal tells no percentage for this, so the steps are all there is to show.
    let mut stage = None;
    let making = making.on_progress(move |now| {
        if stage.replace(now.stage) != Some(now.stage) {
            eprintln!("{}", now.stage);
        }
    });
    let room = making.wait().await?;
    eprintln!("made room {} from template {}", room.id, template.title);

    let handle = portal.room(&room);
    for teacher in &teachers {
        handle.members().add(teacher.clone(), Access::ContentCreator).await?;
        eprintln!("{teacher} teaches");
    }

    // In a room for filling in forms there is nothing to read for those who join.
    let access = if room.room_type == RoomType::FillingForms { Access::FillForms } else { Access::Read };
    let end = Utc::now() + TimeDelta::days(DAYS);
    let invitation = handle.links().invite(access).title("Students").max_uses(seats).expires(end.into()).send().await?;
    eprintln!("{seats} people may join until {}", end.format("%Y-%m-%d"));
    println!("{}", invitation.url());
    Ok(())
}

/// The template of this title, which has to be the only one.
async fn find(portal: &Portal, title: &str) -> Result<Room> {
    let mut templates = portal.templates().list().all().await?;
    let known: Vec<String> = templates.iter().map(|template| template.title.clone()).collect();
    templates.retain(|template| template.title.eq_ignore_ascii_case(title));
    match (templates.pop(), templates.len()) {
        (Some(template), 0) => Ok(template),
        (Some(_), more) => bail!("there are {} templates called {title}; rename one", more + 1),
        (None, _) => bail!("there is no template called {title}, only: {}", known.join(", ")),
    }
}
