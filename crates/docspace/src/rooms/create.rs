//! Creating a room.

use docspace_api::types::{CreateRoomRequest, PersonId, Room, ShareRequest};
use docspace_api::{Access, ClientRoomsExt, RoomType};

use super::creation::Creation;
use super::settings::{common_settings, room_settings, room_type_settings};
use super::stored_tags;
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::members::roles;
use crate::support::input;
use crate::support::optional::optional_settings;

/// Creates a room. Returned by [`Rooms::create`](crate::rooms::Rooms::create).
///
/// ```
/// use docspace::RoomType;
/// use docspace::rooms::{Lifetime, Watermark, WatermarkPart};
///
/// # doc_examples::with_portal(async |portal| {
/// let parts = [WatermarkPart::UserName, WatermarkPart::Date];
/// let watermark = Watermark::new().text("Confidential").show(parts);
/// let room = portal
///     .rooms()
///     .create("Audit 2026", RoomType::VirtualData)
///     .indexing(true)
///     .lifetime(Lifetime::months(6))
///     .watermark(watermark)
///     .send()
///     .await?;
/// println!("created room {}", room.id);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreateRoom {
    portal: Portal,
    request: CreateRoomRequest,
}

brief_debug!(CreateRoom, |create| title: format_args!("{:?}", create.request.title));

optional_settings!(CreateRoom);

common_settings!(CreateRoom);
room_settings!(CreateRoom);
room_type_settings!(CreateRoom);

impl CreateRoom {
    pub(super) fn new(portal: Portal, title: String, room_type: RoomType) -> Self {
        Self { portal, request: CreateRoomRequest::new(title, room_type) }
    }

    /// Creates the room.
    ///
    /// **The request is sent only once.** If its answer is lost, for example because of a 503 or a
    /// broken connection, the client searches for a room with this title and type that the caller
    /// has created since, and returns it. If there is no such room, or more than one, the call
    /// fails with the error of the lost answer. Its [`advice`](Error::advice) names the rooms that
    /// were found.
    ///
    /// A room that another program creates for the same person at the same moment, with the same
    /// title and type, cannot be distinguished from it.
    ///
    /// The portal creates a room before it checks the logo (docs/portal/rooms.md#creating-a-room),
    /// so the logo is set with a separate call.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank or
    ///   longer than 170 characters, this version does not know the room type, the color is not a
    ///   color, a tag is empty or longer than 255 characters, the lifetime is outside 1 to 999, the
    ///   watermark prints nothing or its text is longer than 255 characters, or this type of room
    ///   does not have one of the settings.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a user or guest, or a member of
    ///   a private room has no encryption key.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the room was created, but differs from the
    ///   request, for example because some tags are missing. The error names the room.
    /// - If the portal rejects the logo, the advice of the error states that the room was created,
    ///   and its id.
    pub async fn send(self) -> Result<Room> {
        // In a box, because it is the largest future of this crate.
        Box::pin(self.create()).await
    }

    async fn create(mut self) -> Result<Room> {
        self.request.title = input::room_title(&self.request.title)?.to_owned();
        self.check_type()?;
        self.check_room_settings()?;
        let (call, logo) = (Call::new("create_room", format!("`{}`", self.request.title)), self.request.logo.take());
        let creation = Creation::begin(&self.portal, &self.request.title, self.request.room_type);
        let answer = self.portal.api().create_room().body(self.request.clone()).send().await;
        let answer = call.response(answer, |envelope| envelope.response).await;
        let (is_lost, requested) = (answer.is_err(), self.request.tags.as_deref());
        let is_complete = |room: &Room| {
            differences(&self.request, room).is_empty()
                && stored_tags::missing(requested.unwrap_or_default(), &room.tags).is_empty()
        };
        let created = creation.outcome(answer, is_complete).await?;
        drop(creation);
        let id = created.id.clone();
        let room =
            match logo {
                Some(logo) => self.portal.room(&id).set_logo(logo).await.map_err(|error| {
                    error.advise(format!("the room was created, but without the logo: its id is {id}"))
                })?,
                None => created,
            };
        // A portal that fails midway can leave a room with only some of its settings.
        let different = if is_lost { differences(&self.request, &room) } else { Vec::new() };
        if !different.is_empty() {
            let reason = format!("the room {id} was created, but with a different {}", different.join(" and "));
            let error = Error::new(ErrorKind::NotDone, reason).of(&call);
            return Err(error.advise("edit the room, or delete it and try again"));
        }
        stored_tags::check_kept(&self.portal, &call, requested, room).await
    }

    /// Encrypts the content of the room for these people, with these accesses. By default, a room
    /// is not private.
    ///
    /// Each of these people needs an encryption key, which they create in the portal. If one of
    /// them has none, the portal creates no room (docs/portal/rooms.md#private-rooms). A successful
    /// call was not tested on a portal.
    pub fn private(mut self, people: impl IntoIterator<Item = (PersonId, Access)>) -> Self {
        let share = |(person, access)| ShareRequest { share_to: Some(person), access: Some(access) };
        self.request.private = Some(true);
        self.request.share = Some(people.into_iter().map(share).collect());
        self
    }

    /// Checks that a room of this type has the requested settings.
    fn check_type(&self) -> Result<()> {
        let (request, room_type) = (&self.request, self.request.room_type);
        if let RoomType::Unknown(number) = room_type {
            return Err(Error::invalid(format!("{number} is not a room type"))
                .advise(format!("use one of {}", RoomType::NAMES.join(", "))));
        }
        let forms = request.send_form_to_external_db.is_some() || request.save_form_as_xlsx.is_some();
        if forms && room_type != RoomType::FillingForms {
            return Err(Error::invalid(format!("a room of type {room_type} has no settings for the answers to forms"))
                .advise("create a FillingForms room, or leave these settings out"));
        }
        for share in request.share.iter().flatten() {
            roles::check(room_type, share.access.unwrap_or(Access::None))?;
        }
        if request.chat_settings.is_some() && room_type != RoomType::Ai {
            let reason = format!("a room of type {room_type} has no AI assistant");
            return Err(Error::invalid(reason).advise("create an Ai room, or leave `chat_settings` out"));
        }
        Ok(())
    }
}

/// The settings in which a room differs from the request, except for tags.
fn differences(requested: &CreateRoomRequest, room: &Room) -> Vec<&'static str> {
    let lifetime = requested.lifetime.as_ref().is_some_and(|lifetime| lifetime.enabled != Some(false));
    let watermark = requested.watermark.as_ref().is_some_and(|mark| mark.enabled != Some(false));
    [
        ("index numbering", requested.indexing.is_some_and(|on| on != room.indexing)),
        ("download permission", requested.deny_download.is_some_and(|on| on != room.deny_download)),
        ("privacy", requested.private.is_some_and(|on| on != room.private)),
        ("lifetime", lifetime && room.lifetime.is_none()),
        ("watermark", watermark && room.watermark.is_none()),
    ]
    .into_iter()
    .filter_map(|(setting, differs)| differs.then_some(setting))
    .collect()
}
