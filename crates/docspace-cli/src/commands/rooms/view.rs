//! `docspace rooms view`.

use clap::Args;
use docspace::{Room, RoomHandle, RoomLink};

use super::open;
use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::{LinkCounts, RoomDetails, RoomDetailsRecord};
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms view "Audit 2026"
  docspace rooms view https://acme.onlyoffice.com/rooms/shared/17/filter
  docspace rooms view 17 --json members,links,expiredLinks,neverExpiringLinks"#;

/// The arguments of `docspace rooms view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    room: RoomArg,
    #[arg(skip)]
    wanted: Wanted,
}

/// The fields that need calls of their own, and whether they are printed.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    owner: bool,
    members: bool,
    links: bool,
}

impl PortalCommand for ViewArgs {
    type Record = RoomDetailsRecord;

    const SHAPE: Shape = Shape::Object;

    fn set_printed(&mut self, is_printed: impl Fn(&str) -> bool) {
        self.wanted = Wanted {
            owner: is_printed("ownerEmail"),
            members: is_printed("members"),
            links: ["links", "expiredLinks", "neverExpiringLinks"].into_iter().any(is_printed),
        };
    }

    async fn run(self, session: &Session) -> Result<Report<RoomDetailsRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        let (read, members, links) = futures::join!(
            self.wanted.room_and_owner(session, &room),
            self.wanted.members(&room),
            self.wanted.links(&room),
        );
        let (room, owner_email) = read?;
        let url = open::address(&session.portal, &room);
        Ok(Records::Card(RoomDetailsRecord(room, RoomDetails { url, owner_email, members, links })).into())
    }
}

impl Wanted {
    /// Reads the room and the e-mail address of its owner. Only the room must be readable: details
    /// that the caller is not allowed to read are left out.
    async fn room_and_owner(self, session: &Session, room: &RoomHandle) -> Result<(Room, Option<String>), Failure> {
        let room = room.get().await?;
        let owner = room.owned_by.as_ref().or(room.created_by.as_ref()).filter(|_| self.owner);
        let email = match owner {
            Some(owner) => session.portal.people().get(owner.id).await.ok().and_then(|person| person.email),
            None => None,
        };
        Ok((room, email))
    }

    async fn members(self, room: &RoomHandle) -> Option<u64> {
        if self.members { room.members().total().await.ok() } else { None }
    }

    async fn links(self, room: &RoomHandle) -> Option<LinkCounts> {
        let links = if self.links { room.links().list().await.ok()? } else { return None };
        let count = |is_counted: fn(&&RoomLink) -> bool| links.iter().filter(is_counted).count();
        Some(LinkCounts {
            all: links.len(),
            expired: count(|link| link.is_expired()),
            never_expiring: count(|link| link.expires().is_none_or(|date| date.is_unset())),
        })
    }
}
