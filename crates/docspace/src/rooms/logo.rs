//! What stands for a room: a cover in a colour, or a logo made of a picture.

use docspace_api::ClientLogosExt;
use docspace_api::types::{Cover, LogoRequest, Room, SetRoomCoverRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::settings::check_logo;
use crate::rooms::{RoomHandle, picture, unless_archived};
use crate::support::input;

impl Portal {
    /// The covers that the portal offers: drawings that can stand for a room's picture, or for a room group.
    ///
    /// # Errors
    ///
    /// `Forbidden` for guests.
    pub async fn covers(&self) -> Result<Vec<Cover>> {
        let call = Call::new("list_covers", "");
        Ok(call.envelope(self.api().list_covers().send().await).await?.response.unwrap_or_default())
    }
}

impl RoomHandle {
    /// Gives the room a cover, one of [`Portal::covers`]; the colour stays.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let cover = portal.covers().await?.remove(0);
    /// portal.room(&room).set_cover(cover.id).await?;
    /// let room = portal.room(&room).set_color("FF5733").await?;
    /// assert!(room.logo.cover.is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Invalid` for a cover that the portal does not offer, `NotFound` when there is no such room, `Forbidden` when one
    /// may not.
    pub async fn set_cover(&self, cover: impl Into<String>) -> Result<Room> {
        self.put_cover(SetRoomCoverRequest { cover: Some(cover.into()), color: None }).await
    }

    /// Takes the cover away; the colour stays.
    ///
    /// # Errors
    ///
    /// As for [`set_cover`](Self::set_cover).
    pub async fn remove_cover(&self) -> Result<Room> {
        self.set_cover("").await
    }

    /// Gives the room a colour, in hexadecimal digits such as `FF5733`; the cover stays.
    ///
    /// # Errors
    ///
    /// `Invalid` for a colour that is none, otherwise as for [`set_cover`](Self::set_cover).
    pub async fn set_color(&self, color: &str) -> Result<Room> {
        let color = input::color(color)?.to_owned();
        self.put_cover(SetRoomCoverRequest { cover: None, color: Some(color) }).await
    }

    /// Uploads a picture and makes all of it the room's logo.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, room: docspace::Room) -> Result<(), Box<dyn std::error::Error>> {
    /// portal.room(&room).upload_logo("acme.png", std::fs::read("acme.png")?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Portal::upload_picture`], [`UploadedPicture::whole`](crate::rooms::UploadedPicture::whole) and
    /// [`set_logo`](Self::set_logo).
    pub async fn upload_logo(&self, name: impl Into<String>, picture: impl Into<Vec<u8>>) -> Result<Room> {
        let picture = picture.into();
        picture::whole(&picture)?;
        self.set_logo(self.portal().upload_picture(name, picture).await?.whole()?).await
    }

    /// Makes a logo out of an uploaded picture.
    ///
    /// # Errors
    ///
    /// `Invalid` for a part of the picture that lies outside of 1280 by 1280 pixels, `Forbidden` for a picture that
    /// somebody else uploaded or nobody did.
    pub async fn set_logo(&self, logo: LogoRequest) -> Result<Room> {
        check_logo(&logo)?;
        let call = Call::new("set_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_logo().id(self.id()).body(logo).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        unless_archived(self.portal(), self.id(), outcome).await
    }

    /// Takes the logo away; the colour from before is back then.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, `Forbidden` when one may not. `NotDone` when the portal answered as if it were
    /// done and did not do it, as with a room in the archive. Of a room without a logo it takes the call from anybody.
    pub async fn remove_logo(&self) -> Result<Room> {
        let call = Call::new("remove_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().remove_room_logo().id(self.id()).send().await;
        let room = call.response(answer, |envelope| envelope.response).await?;
        if room.logo.original.is_empty() {
            return Ok(room);
        }
        let error = Error::new(ErrorKind::NotDone, "the portal answered, but the logo is still there").of(&call);
        Err(error.advise("restore the room first if it is in the archive, and check that you may edit it"))
    }

    async fn put_cover(&self, body: SetRoomCoverRequest) -> Result<Room> {
        let call = Call::new("set_room_cover", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_cover().id(self.id()).body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        unless_archived(self.portal(), self.id(), outcome).await
    }
}
