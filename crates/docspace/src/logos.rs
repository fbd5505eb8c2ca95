//! What stands for a room: a cover in a colour, or a picture.

use docspace_api::types::{Cover, LogoRequest, Room, SetRoomCoverRequest};
use docspace_api::{ClientInfo, ClientLogosExt};
use reqwest::multipart::{Form, Part};
use serde::Deserialize;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::RoomHandle;
use crate::text;

impl Portal {
    /// The covers that the portal offers.
    ///
    /// # Errors
    ///
    /// `Forbidden` for guests.
    pub async fn covers(&self) -> Result<Vec<Cover>> {
        let call = Call::new("list_covers", "");
        Ok(call.envelope(self.api().list_covers().send().await).await?.response.unwrap_or_default())
    }

    /// Uploads a picture, so that it can become the logo of a room. It is sent once only.
    ///
    /// # Errors
    ///
    /// `Invalid` for an empty picture, and for one that the portal cannot read; `Forbidden` for users and guests.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, room: docspace::Room) -> Result<(), Box<dyn std::error::Error>> {
    /// let picture = portal.upload_picture("acme.png", std::fs::read("acme.png")?).await?;
    /// portal.room(&room).set_logo(picture.part(0, 0, 256, 256)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upload_picture(
        &self,
        name: impl Into<String>,
        picture: impl Into<Vec<u8>>,
    ) -> Result<UploadedPicture> {
        let (name, picture) = (name.into(), picture.into());
        if picture.is_empty() {
            return Err(Error::invalid(format!("the picture `{name}` is empty")));
        }
        let call = Call::new("upload_picture", format!("`{name}`"));
        // The portal takes the first file, whatever the field is called (portal-facts 6.11).
        let form = Form::new().part("file", Part::bytes(picture).file_name(name));
        let address = format!("{}/api/2.0/files/logos", self.api().baseurl());
        let request = self.api().client().post(address).multipart(form);
        let answer: Upload = call.send(self.api(), request).await?;
        match answer.response {
            Some(UploadResult { success: true, data: Some(file), .. }) => Ok(UploadedPicture { file }),
            Some(UploadResult { message, .. }) => {
                let reason = message.unwrap_or_else(|| "it found no picture in what was sent".to_owned());
                Err(Error::invalid(format!("the portal cannot read the picture: {reason}")).of(&call).advise(""))
            }
            None => Err(Error::new(ErrorKind::Decode, "the answer has no `response`").of(&call)),
        }
    }
}

/// A picture that was uploaded, by [`Portal::upload_picture`]. It becomes a logo when a part of it is given to a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedPicture {
    file: String,
}

impl UploadedPicture {
    /// The part that becomes the logo, in pixels: its left and upper edge, its width and its height.
    pub fn part(&self, x: u16, y: u16, width: u16, height: u16) -> LogoRequest {
        let [x, y, width, height] = [x, y, width, height].map(i32::from);
        LogoRequest { tmp_file: self.file.clone(), x: Some(x), y: Some(y), width, height }
    }
}

#[derive(Deserialize)]
struct Upload {
    response: Option<UploadResult>,
}

/// `data` for a good picture, `message` for a bad one, neither without one (portal-facts 5.6).
#[derive(Deserialize)]
struct UploadResult {
    success: bool,
    data: Option<String>,
    message: Option<String>,
}

impl RoomHandle {
    /// Gives the room a cover, one of [`Portal::covers`]; the colour stays.
    ///
    /// # Errors
    ///
    /// `Invalid` for a cover that the portal does not offer, `NotFound` when there is no such room, `Forbidden` when one
    /// may not.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, room: docspace::Room) -> docspace::Result<()> {
    /// let cover = portal.covers().await?.remove(0);
    /// portal.room(&room).set_cover(cover.id).await?;
    /// portal.room(&room).set_color("FF5733").await?;
    /// # Ok(())
    /// # }
    /// ```
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
        let color = text::color(color)?.to_owned();
        self.put_cover(SetRoomCoverRequest { cover: None, color: Some(color) }).await
    }

    /// Makes a logo out of an uploaded picture.
    ///
    /// # Errors
    ///
    /// `Invalid` for a part of the picture that lies outside of 1280 by 1280 pixels, `Forbidden` for a picture that
    /// somebody else uploaded or nobody did.
    pub async fn set_logo(&self, logo: LogoRequest) -> Result<Room> {
        check(&logo)?;
        let call = Call::new("set_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_logo().id(self.id()).body(logo).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Takes the logo away; the colour from before is back then.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, `Forbidden` when one may not.
    pub async fn remove_logo(&self) -> Result<Room> {
        let call = Call::new("remove_room_logo", format!("of room {}", self.id()));
        let answer = self.portal().api().remove_room_logo().id(self.id()).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    async fn put_cover(&self, body: SetRoomCoverRequest) -> Result<Room> {
        let call = Call::new("set_room_cover", format!("of room {}", self.id()));
        let answer = self.portal().api().set_room_cover().id(self.id()).body(body).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}

/// The part of a picture that becomes a logo (portal-facts 6.1).
pub(crate) fn check(logo: &LogoRequest) -> Result<()> {
    let sides = [logo.width, logo.height];
    let corner = [logo.x.unwrap_or(0), logo.y.unwrap_or(0)];
    if sides.iter().any(|side| !(1..=1280).contains(side)) || corner.iter().any(|edge| !(0..=1280).contains(edge)) {
        return Err(Error::invalid("the part of the picture for the logo must lie within 1280 by 1280 pixels"));
    }
    Ok(())
}
