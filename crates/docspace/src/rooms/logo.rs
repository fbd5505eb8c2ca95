//! The picture of a room: a logo, or a cover with a color.

use docspace_api::ClientLogosExt;
use docspace_api::types::{Cover, LogoRequest, Room, SetRoomCoverRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::settings::check_logo;
use crate::rooms::{RoomHandle, picture, with_archive_advice};
use crate::support::input;

impl RoomHandle {
    /// Uploads a picture and makes the whole picture the logo of the room.
    ///
    /// ```no_run
    /// # doc_examples::with_room(async |_, room| {
    /// let picture = std::fs::read("acme.png").expect("the file can be read");
    /// room.upload_logo("acme.png", picture).await?;
    /// let room = room.get().await?;
    /// println!("{}", room.logo.original);
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the picture is empty, is
    ///   wider or taller than 1280 pixels, or is not a PNG, JPEG, GIF or WebP, whose size the
    ///   client can read. For a large picture or another format, use
    ///   [`Portal::upload_picture`](crate::Portal::upload_picture) and
    ///   [`set_logo`](Self::set_logo).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the portal cannot read the picture.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to upload pictures
    ///   or to edit the room, or the room is archived.
    pub async fn upload_logo(&self, name: impl Into<String>, picture: impl Into<Vec<u8>>) -> Result<Room> {
        let picture = picture.into();
        picture::check_whole(&picture)?;
        self.set_logo(self.portal().upload_picture(name, picture).await?.whole()?).await
    }

    /// Makes a part of an uploaded picture the logo of the room; see
    /// [`UploadedPicture`](crate::rooms::UploadedPicture).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the part is not within 1280 by 1280 pixels.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room,
    ///   the room is archived, or the picture was uploaded by another person or not at all.
    pub async fn set_logo(&self, logo: LogoRequest) -> Result<Room> {
        check_logo(&logo)?;
        let call = Call::new("set_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_logo().id(self.id()).body(logo).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        with_archive_advice(self.portal(), self.id(), outcome).await
    }

    /// Removes the logo. The room then shows its color again. If the room has no logo, the call
    /// changes nothing, and succeeds even for a caller who is not allowed to edit the room.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but the logo is still
    ///   there, for example because the room is archived.
    pub async fn remove_logo(&self) -> Result<Room> {
        let call = Call::new("remove_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().remove_room_logo().id(self.id()).send().await;
        let room = call.response(answer, |envelope| envelope.response).await?;
        if room.logo.original.is_empty() {
            return Ok(room);
        }
        let error =
            Error::new(ErrorKind::NotDone, "the portal reported success, but the logo is still there").of(&call);
        Err(error.advise("restore the room first if it is in the archive, and check that you are allowed to edit it"))
    }

    /// Sets the cover to the one with this id; [`Portal::covers`] lists them. The color stays the
    /// same.
    ///
    /// ```
    /// # doc_examples::with_room(async |portal, room| {
    /// let cover = portal.covers().await?.remove(0);
    /// room.set_cover(cover.id).await?;
    /// room.set_color("FF5733").await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the portal has no such cover.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    pub async fn set_cover(&self, cover: impl Into<String>) -> Result<Room> {
        self.put_cover(SetRoomCoverRequest { cover: Some(cover.into()), color: None }).await
    }

    /// Removes the cover. The color stays the same.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    pub async fn remove_cover(&self) -> Result<Room> {
        self.set_cover("").await
    }

    /// Sets the color, given as six or three hexadecimal digits such as `FF5733`. The cover stays
    /// the same.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the color does not have six or three hexadecimal
    ///   digits.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    pub async fn set_color(&self, color: impl Into<String>) -> Result<Room> {
        let color = input::color(&color.into())?.to_owned();
        self.put_cover(SetRoomCoverRequest { cover: None, color: Some(color) }).await
    }

    async fn put_cover(&self, body: SetRoomCoverRequest) -> Result<Room> {
        let call = Call::new("set_room_cover", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_cover().id(self.id()).body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        with_archive_advice(self.portal(), self.id(), outcome).await
    }
}

impl Portal {
    /// Lists the covers of the portal: pictures that a room or a room group can have.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a guest.
    pub async fn covers(&self) -> Result<Vec<Cover>> {
        let call = Call::new("list_covers", "");
        Ok(call.envelope(self.api().list_covers().send().await).await?.response.unwrap_or_default())
    }
}
