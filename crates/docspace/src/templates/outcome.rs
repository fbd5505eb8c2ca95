//! The result of creating a template, or a room from a template, compared with the request.
//!
//! The status of the portal belongs to the last job, no matter who started it, and a job that fails
//! can leave an empty room with the requested title behind (recording templates/failed-jobs).
//! Therefore only the template or room itself shows how a job ended.

use std::collections::HashSet;

use docspace_api::types::Room;
use docspace_api::{RoomId, SearchArea};
use serde::{Deserialize, Serialize};

use super::shares;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::members::Invitee;
use crate::rooms::stored_tags;
use crate::rooms::{ListRooms, Presence, find_room, read_room};
use crate::support::input;

/// The templates or rooms with the requested title that existed before the job was started.
pub(super) type Existing = HashSet<RoomId>;

/// What the job creates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Product {
    Template,
    Room,
}

/// What is requested.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Requested {
    pub(super) product: Product,
    /// The room or template to copy.
    pub(super) source: RoomId,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) logo: RequestedLogo,
    /// The people and groups to share a template with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) shares: Vec<Invitee>,
}

/// Which logo the new template or room is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RequestedLogo {
    Any,
    New,
    Copied,
}

impl RequestedLogo {
    pub(super) fn new(is_given: bool, is_copied: Option<bool>) -> Self {
        match (is_given, is_copied) {
            (true, _) => Self::New,
            (false, Some(true)) => Self::Copied,
            (false, _) => Self::Any,
        }
    }
}

impl Requested {
    /// The call that starts the job.
    pub(super) fn call(&self) -> Call {
        match self.product {
            Product::Template => Call::new("create_template", format!("from room {}", self.source)),
            Product::Room => Call::new("create_room_from_template", self.source.to_string()),
        }
    }

    /// Lists the templates or rooms with the requested title, as the portal stores it.
    pub(super) async fn list_by_title(&self, portal: &Portal) -> Result<Vec<Room>> {
        let area = match self.product {
            Product::Template => SearchArea::Templates,
            Product::Room => SearchArea::Active,
        };
        let title = input::as_stored(&self.title);
        let listed = ListRooms::new(portal.clone()).area(area).search(&*title).all().await?;
        Ok(listed.into_iter().filter(|room| room.title == title).collect())
    }

    /// Finds the result of a job that has ended. `created_id` is the id in its status, and `error`
    /// is the error in its last status, if the portal still had it.
    pub(super) async fn outcome(
        &self,
        portal: &Portal,
        existing: &Existing,
        created_id: Option<i32>,
        error: Option<&str>,
    ) -> Result<Room> {
        let caller = portal.caller_id().await?;
        let is_own = |room: &Room| {
            let is_product = match self.product {
                Product::Template => room.is_template(),
                Product::Room => room.is_active(),
            };
            let is_by_caller = room.created_by.as_ref().is_none_or(|person| person.id == caller);
            is_product && is_by_caller && room.title == input::as_stored(&self.title) && !existing.contains(&room.id)
        };
        let known = match created_id {
            Some(id) => find_room(portal, &RoomId::from(id)).await?,
            None => Presence::Gone,
        };
        if let Some(room) = known.room().filter(&is_own) {
            return self.check(portal, room, error).await;
        }
        let mut found: Vec<Room> = self.list_by_title(portal).await?.into_iter().filter(is_own).collect();
        match (found.pop(), error) {
            (Some(room), _) if found.is_empty() => self.check(portal, room, error).await,
            (Some(room), _) => {
                let ids: Vec<String> = found.iter().chain([&room]).map(|room| room.id.to_string()).collect();
                let reason = format!("several rooms with this title were created at the same time: {}", ids.join(", "));
                let error = Error::new(ErrorKind::Conflict, reason).of(&self.call());
                Err(error.advise("check which one is yours, and use a unique title for each"))
            }
            (None, Some("")) => Err(self.failed("the portal was creating another one, and dropped this request")),
            (None, Some(error)) => Err(self.explained(portal, error).await),
            (None, None) => Err(self.failed("the portal no longer has the result")),
        }
    }

    /// Compares the result with the request. An error in the status can belong to another job; in
    /// that case nothing is missing.
    async fn check(&self, portal: &Portal, room: Room, error: Option<&str>) -> Result<Room> {
        let missing = if error == Some("") { Vec::new() } else { self.missing(portal, &room).await? };
        if !missing.is_empty() {
            let why = error.map_or("the portal no longer has the reason", |error| error.trim_end_matches('.'));
            let reason = format!("{why}; {} `{}` exists, but without {}", room.id, room.title, missing.join(", "));
            let error = Error::new(ErrorKind::NotDone, reason).of(&self.call());
            return Err(error.advise("delete it before trying again"));
        }
        let room = stored_tags::check_kept(portal, &self.call(), Some(&self.tags), room).await?;
        shares::check(portal, &self.call(), &self.shares, room).await
    }

    /// Lists the requested parts that the room lacks.
    async fn missing(&self, portal: &Portal, room: &Room) -> Result<Vec<&'static str>> {
        let source = read_room(portal, &self.source).await?;
        let needs_logo = match self.logo {
            RequestedLogo::Any => false,
            RequestedLogo::New => true,
            RequestedLogo::Copied => !source.logo.original.is_empty(),
        };
        let lacks = [
            ("its files", room.files_count < source.files_count),
            ("its folders", room.folders_count < source.folders_count),
            ("its tags", !stored_tags::missing(&self.tags, &room.tags).is_empty()),
            ("its logo", needs_logo && room.logo.original.is_empty()),
        ];
        Ok(lacks.into_iter().filter_map(|(part, is_missing)| is_missing.then_some(part)).collect())
    }

    /// The error of a job that created nothing. A portal checks only inside the job whether the
    /// source exists (docs/portal/templates.md#errors-of-a-job).
    async fn explained(&self, portal: &Portal, error: &str) -> Error {
        if !matches!(find_room(portal, &self.source).await, Ok(Presence::Gone)) {
            return self.failed(error);
        }
        let what = match self.product {
            Product::Template => "room",
            Product::Room => "template",
        };
        Error::new(ErrorKind::NotFound, format!("there is no {what} {}", self.source)).of(&self.call())
    }

    fn failed(&self, reason: &str) -> Error {
        let advice = "check whether it exists before trying again";
        Error::new(ErrorKind::NotDone, reason).of(&self.call()).advise(advice)
    }
}
