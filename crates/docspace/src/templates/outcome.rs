//! What comes out of making a template, or a room from a template, compared with what was asked for.
//!
//! The portal's status is that of whatever job was in the slot last, and a job that fails can leave an empty room of the
//! right title behind (recording templates/failed-jobs). So only what is there tells how a job ended.

use std::collections::HashSet;

use docspace_api::types::Room;
use docspace_api::{RoomId, SearchArea};

use super::shares::Shares;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::stored_tags;
use crate::rooms::{ListRooms, Presence, find_room, read_room};
use crate::support::input;

/// What had the wanted title before the job was started.
pub(super) type Before = HashSet<RoomId>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Template,
    Room,
}

/// What is asked for.
pub(super) struct Wanted {
    pub(super) kind: Kind,
    pub(super) call: Call,
    /// The room or template that it is made from.
    pub(super) source: RoomId,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) logo: WantedLogo,
    pub(super) shares: Option<Shares>,
}

/// Which logo it is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WantedLogo {
    Any,
    New,
    Copied,
}

impl WantedLogo {
    pub(super) fn new(is_given: bool, is_copied: Option<bool>) -> Self {
        match (is_given, is_copied) {
            (true, _) => Self::New,
            (false, Some(true)) => Self::Copied,
            (false, _) => Self::Any,
        }
    }
}

impl Wanted {
    /// What there is of the wanted title, as the portal stores it.
    pub(super) async fn of_title(&self, portal: &Portal) -> Result<Vec<Room>> {
        let area = match self.kind {
            Kind::Template => SearchArea::Templates,
            Kind::Room => SearchArea::Active,
        };
        let title = input::as_stored(&self.title);
        let listed = ListRooms::new(portal.clone()).area(area).search(&*title).all().await?;
        Ok(listed.into_iter().filter(|room| room.title == title).collect())
    }

    /// What came out of a job that has ended. `made` is the id that its status had, and `error` the error that the status
    /// had at the end, if the portal still knew it.
    pub(super) async fn outcome(
        &self,
        portal: &Portal,
        before: &Before,
        made: Option<i32>,
        error: Option<&str>,
    ) -> Result<Room> {
        let caller = portal.caller_id().await?;
        let is_own = |room: &Room| {
            let is_kind = match self.kind {
                Kind::Template => room.is_template(),
                Kind::Room => room.is_active(),
            };
            let is_by_caller = room.created_by.as_ref().is_none_or(|person| person.id == caller);
            is_kind && is_by_caller && room.title == input::as_stored(&self.title) && !before.contains(&room.id)
        };
        let known = match made {
            Some(id) => find_room(portal, &RoomId::from(id)).await?,
            None => Presence::Gone,
        };
        if let Some(room) = known.room().filter(&is_own) {
            return self.check(portal, room, error).await;
        }
        let mut found: Vec<Room> = self.of_title(portal).await?.into_iter().filter(is_own).collect();
        match (found.pop(), error) {
            (Some(room), _) if found.is_empty() => self.check(portal, room, error).await,
            (Some(room), _) => {
                let ids: Vec<String> = found.iter().chain([&room]).map(|room| room.id.to_string()).collect();
                let reason = format!("several rooms of this title were made at the same time: {}", ids.join(", "));
                let error = Error::new(ErrorKind::Conflict, reason).of(&self.call);
                Err(error.advise("check which one is yours, and use a unique title for each"))
            }
            (None, Some("")) => Err(self.failed("another job was running, and the portal dropped this one")),
            (None, Some(error)) => Err(self.failed(error)),
            (None, None) => Err(self.failed("the portal no longer knows how the job ended")),
        }
    }

    /// Compares what came out with what was asked for. An error in the status can be that of somebody else's job; then
    /// everything is there.
    async fn check(&self, portal: &Portal, room: Room, error: Option<&str>) -> Result<Room> {
        let missing = if error == Some("") { Vec::new() } else { self.missing(portal, &room).await? };
        if !missing.is_empty() {
            let why = error.unwrap_or("the portal no longer knows why");
            let reason = format!("{why}; {} `{}` is there without {}", room.id, room.title, missing.join(", "));
            let error = Error::new(ErrorKind::NotDone, reason).of(&self.call);
            return Err(error.advise("delete what is there before trying again"));
        }
        let room = stored_tags::check_kept(portal, &self.call, Some(&self.tags), room).await?;
        match &self.shares {
            Some(shares) => shares.check(room).await,
            None => Ok(room),
        }
    }

    /// What the room lacks of what was asked for.
    async fn missing(&self, portal: &Portal, room: &Room) -> Result<Vec<&'static str>> {
        let source = read_room(portal, &self.source).await?;
        let needs_logo = match self.logo {
            WantedLogo::Any => false,
            WantedLogo::New => true,
            WantedLogo::Copied => !source.logo.original.is_empty(),
        };
        let lacks = [
            ("its files", room.files_count < source.files_count),
            ("its folders", room.folders_count < source.folders_count),
            ("its tags", !stored_tags::missing(&self.tags, &room.tags).is_empty()),
            ("its logo", needs_logo && room.logo.original.is_empty()),
        ];
        Ok(lacks.into_iter().filter_map(|(what, is_missing)| is_missing.then_some(what)).collect())
    }

    fn failed(&self, reason: &str) -> Error {
        let advice = "check whether it exists before trying again";
        Error::new(ErrorKind::NotDone, reason).of(&self.call).advise(advice)
    }
}
