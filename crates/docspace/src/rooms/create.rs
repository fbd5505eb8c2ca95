//! Making a room.

use docspace_api::types::{CreateRoomRequest, PersonId, Room, ShareRequest};
use docspace_api::{Access, ClientRoomsExt, RoomType};

use super::creation::Creation;
use super::settings::{common_settings, room_settings, room_type_settings};
use super::stored_tags;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::members::roles;
use crate::support::input;

/// A room to be made. Made by [`Rooms::create`](crate::rooms::Rooms::create).
///
/// ```
/// use docspace::RoomType;
/// use docspace::rooms::{Lifetime, Watermark, WatermarkPart};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let mark = Watermark::new().text("Confidential").show([WatermarkPart::UserName, WatermarkPart::Date]);
/// let room = portal
///     .rooms()
///     .create("Audit 2026", RoomType::VirtualData)
///     .indexing(true)
///     .lifetime(Lifetime::months(6))
///     .watermark(mark)
///     .send()
///     .await?;
/// assert!(room.indexing && room.lifetime.is_some() && room.watermark.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateRoom {
    portal: Portal,
    request: CreateRoomRequest,
}

common_settings!(CreateRoom);
room_settings!(CreateRoom);
room_type_settings!(CreateRoom);

impl CreateRoom {
    pub(super) fn new(portal: Portal, title: String, room_type: RoomType) -> Self {
        Self { portal, request: CreateRoomRequest::new(title, room_type) }
    }

    /// Encrypts what is in it, for these people with these accesses. Each of them needs an encryption key, which one makes
    /// for oneself in the portal; of who has none the portal says so, and makes no room (portal-facts 6.1). No recording
    /// shows a room that was made so.
    pub fn private(mut self, people: impl IntoIterator<Item = (PersonId, Access)>) -> Self {
        let share = |(person, access)| ShareRequest { share_to: Some(person), access: Some(access) };
        self.request.private = Some(true);
        self.request.share = Some(people.into_iter().map(share).collect());
        self
    }

    /// Creates the room. The request is sent only once. If the answer is lost, for example because
    /// of a 503 or a broken connection, the client searches for a room with this title and type
    /// that the caller has created since, and returns it. If there is no such room or more than
    /// one, the call fails with the error of the lost answer, and the [`advice`](Error::advice)
    /// names the rooms found.
    ///
    /// A room that another program creates for the same person at the same moment, with the same
    /// title and type, cannot be distinguished from it.
    ///
    /// The portal creates a room before it checks the logo (portal-facts 6.1), so the logo is set
    /// with a separate call.
    ///
    /// # Errors
    ///
    /// - `Invalid`, before anything is sent: the title is blank or too long, this version does not
    ///   know the room type, the color is not a color, a tag is empty, the lifetime is outside 1 to
    ///   999, the watermark prints nothing, or this type of room does not have one of the settings.
    /// - `Forbidden`: the caller is a user or guest, or a member of a private room has no
    ///   encryption key.
    /// - `NotDone`: the room was created, but differs from the request, for example because some
    ///   tags are missing. The error names the room.
    /// - If the portal rejects the logo, the error's advice states that the room was created, and
    ///   its id.
    pub async fn send(mut self) -> Result<Room> {
        self.request.title = input::room_title(&self.request.title)?.to_owned();
        self.check_type()?;
        self.check_room_settings()?;
        let (call, logo) = (Call::new("create_room", format!("`{}`", self.request.title)), self.request.logo.take());
        let creation = Creation::begin(&self.portal, &self.request.title, self.request.room_type);
        let answer = self.portal.api().create_room().body(self.request.clone()).send().await;
        let answer = call.response(answer, |envelope| envelope.response).await;
        let (is_lost, asked) = (answer.is_err(), self.request.tags.as_deref());
        let is_whole = |room: &Room| {
            differences(&self.request, room).is_empty()
                && stored_tags::missing(asked.unwrap_or_default(), &room.tags).is_empty()
        };
        let made = creation.outcome(answer, is_whole).await?;
        drop(creation);
        let id = made.id.clone();
        let room =
            match logo {
                Some(logo) => self.portal.room(&id).set_logo(logo).await.map_err(|error| {
                    error.advise(format!("the room was created, but without the logo: its id is {id}"))
                })?,
                None => made,
            };
        // A portal that fails midway can leave a room with only some of its settings.
        let wrong = if is_lost { differences(&self.request, &room) } else { Vec::new() };
        if !wrong.is_empty() {
            let reason = format!("the room {id} was created, but with a different {}", wrong.join(" and "));
            let error = Error::new(ErrorKind::NotDone, reason).of(&call);
            return Err(error.advise("edit the room, or delete it and try again"));
        }
        stored_tags::check_kept(&self.portal, &call, asked, room).await
    }

    /// Some settings mean something to one type of room only.
    fn check_type(&self) -> Result<()> {
        let (request, room_type) = (&self.request, self.request.room_type);
        if let RoomType::Unknown(number) = room_type {
            return Err(Error::invalid(format!("{number} is no room type"))
                .advise(format!("use one of {}", RoomType::NAMES.join(", "))));
        }
        let forms = request.send_form_to_external_db.is_some() || request.save_form_as_xlsx.is_some();
        if forms && room_type != RoomType::FillingForms {
            return Err(Error::invalid(format!("a room of type {room_type} collects no answers to forms"))
                .advise("make a FillingForms room"));
        }
        for share in request.share.iter().flatten() {
            roles::check(room_type, share.access.unwrap_or(Access::None))?;
        }
        if request.chat_settings.is_some() && room_type != RoomType::Ai {
            let what = format!("a room of type {room_type} has no assistant");
            return Err(Error::invalid(what).advise("make an Ai room"));
        }
        Ok(())
    }
}

/// The settings in which a room differs from the request, except for tags.
fn differences(asked: &CreateRoomRequest, room: &Room) -> Vec<&'static str> {
    let lifetime = asked.lifetime.as_ref().is_some_and(|lifetime| lifetime.enabled != Some(false));
    let watermark = asked.watermark.as_ref().is_some_and(|mark| mark.enabled != Some(false));
    [
        ("numbering", asked.indexing.is_some_and(|on| on != room.indexing)),
        ("download permission", asked.deny_download.is_some_and(|on| on != room.deny_download)),
        ("privacy", asked.private.is_some_and(|on| on != room.private)),
        ("lifetime", lifetime && room.lifetime.is_none()),
        ("watermark", watermark && room.watermark.is_none()),
    ]
    .into_iter()
    .filter_map(|(what, differs)| differs.then_some(what))
    .collect()
}
