//! `docspace rooms news`.

use clap::Args;
use docspace::Timestamp;
use docspace::rooms::{Entry, Folder};

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::lookup::{Kind, RoomName};
use crate::output::{Bar, Field, Record, Records, Report, Shape, instant};
use crate::records::entry;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace rooms news
  docspace rooms news 17 --json title,url";

/// The arguments of `docspace rooms news`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewsArgs {
    /// Id, title or portal address of the room (default: all of your rooms)
    room: Option<RoomName>,
}

/// A file that is new to the caller.
pub(crate) struct NewsRecord {
    day: Timestamp,
    /// The title of the room, unless the command is about one room.
    room: Option<String>,
    entry: Entry,
}

impl Record for NewsRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("day", "Start of the day of the change", &|news| instant(news.day)).never_cut(),
        Field::<Self>::column("room", "Title of the room; null if the command is about one room", &|news| {
            news.room.clone()
        }),
        Field::<Self>::id("Id of the file or folder", &|news| entry::id(&news.entry)),
        Field::<Self>::column("title", "Title", &|news| entry::title(&news.entry)).priority(90),
        Field::<Self>::detail("url", "Address of a file in the browser; null for a folder", &|news| {
            entry::url(&news.entry)
        }),
    ];
}

impl PortalCommand for NewsArgs {
    type Record = NewsRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<NewsRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading news", 1);
        let mut found = Vec::new();
        let mut add = |day, room: Option<&Folder>, entries: Vec<Entry>| {
            let room = room.map(|room| room.title.clone());
            found.extend(entries.into_iter().map(|entry| NewsRecord { day, room: room.clone(), entry }));
        };
        match self.room {
            Some(room) => {
                let id = room.find(&session.portal, Kind::Room).await?;
                for day in session.portal.room(id).news().await? {
                    add(day.date, None, day.items);
                }
            }
            None => {
                for day in session.portal.rooms().news().await? {
                    for news in day.items {
                        add(day.date, news.room.as_ref(), news.items.unwrap_or_default());
                    }
                }
            }
        }
        Ok(Records::Found(found, "no new files found").into())
    }
}
