//! Where new rooms come from: nothing but their settings, or a template.

use std::time::Duration;

use docspace::Room;
use docspace::templates::TemplateHandle;

use super::row::{COLUMNS, NewRoom, TYPE};
use crate::args::ApplyTo;
use crate::csv::Column;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::Bar;
use crate::session::Session;

/// The source of new rooms.
pub(in crate::commands) enum Source {
    Settings,
    Template { template: TemplateHandle, room: Box<Room>, copy_logo: bool, limit: Duration },
}

impl Source {
    /// The columns that the file can have.
    pub(super) fn columns(&self) -> Vec<Column> {
        let (title, others) = COLUMNS.split_at(1);
        match self {
            Self::Settings => [title, &[TYPE], others].concat(),
            Self::Template { .. } => COLUMNS.to_vec(),
        }
    }

    /// Creates the room without its members and its link.
    pub(super) async fn create(&self, session: &Session, new: &NewRoom, bar: &Bar) -> Result<Room, Failure> {
        let settings = new.settings.clone();
        let question = format!("whether the room “{}” was created", new.title);
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&new.title));
        match (self, new.room_type) {
            (Self::Template { template, copy_logo, limit, .. }, _) => {
                let mut room = settings.apply_to(template.create_room(&new.title));
                if *copy_logo {
                    room = room.copy_logo();
                }
                let operation = room.start().await.map_err(|error| unknown.classify(error))?;
                let (bar, subject) = (bar.clone(), format!("room “{}”", new.title));
                let operation = operation.deadline(*limit).on_progress(move |now| bar.show(&subject, now));
                operation.wait().await.map_err(|error| unknown.classify(error))
            }
            (Self::Settings, Some(room_type)) => {
                let room = settings.apply_to(session.portal.rooms().create(&new.title, room_type));
                room.send().await.map_err(|error| unknown.classify(error).with_cover_hint())
            }
            (Self::Settings, None) => Err(Failure::usage("the type of the room is missing").advise("add --type")),
        }
    }
}
