//! Pictures that are uploaded, to become logos.

use docspace_api::ClientInfo;
use docspace_api::types::LogoRequest;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::{Call, Error, Result};
use crate::portal::Portal;

/// The longest side of what becomes a logo, in pixels (portal-facts 6.1).
pub(crate) const LONGEST_SIDE: u16 = 1280;

impl Portal {
    /// Uploads a picture, so that it can become the logo of a room.
    ///
    /// # Errors
    ///
    /// `Invalid` for an empty picture, and for one that the portal cannot read; `Forbidden` for users and guests.
    pub async fn upload_picture(
        &self,
        name: impl Into<String>,
        picture: impl Into<Vec<u8>>,
    ) -> Result<UploadedPicture> {
        let (name, picture) = (name.into(), picture.into());
        if picture.is_empty() {
            return Err(Error::invalid(format!("the picture `{name}` is empty")));
        }
        let (call, size) = (Call::new("upload_picture", format!("`{name}`")), size(&picture));
        let address = format!("{}/api/2.0/files/logos", self.api().baseurl());
        let (kind, form) = form(&name, &picture);
        let request = self.api().client().post(address).header(CONTENT_TYPE, kind).body(form);
        let answer: Upload = call.send(self.api(), request).await?;
        match answer.response {
            Some(UploadResult { success: true, data: Some(file), .. }) => Ok(UploadedPicture { file, size }),
            Some(UploadResult { message, .. }) => {
                let reason = message.unwrap_or_else(|| "it found no picture in what was sent".to_owned());
                Err(Error::invalid(format!("the portal cannot read the picture: {reason}")).of(&call).advise(""))
            }
            None => Err(call.no_response()),
        }
    }
}

/// A picture that was uploaded, by [`Portal::upload_picture`]. It becomes a logo when a part of it is given to a room.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// let picture = portal.upload_picture("acme.png", bytes).await?;
/// let room = portal.room(&room).set_logo(picture.part(0, 0, 256, 256)).await?;
/// assert!(!room.logo.original.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedPicture {
    file: String,
    /// Its width and height; none where this crate cannot read them.
    size: Option<(u32, u32)>,
}

impl UploadedPicture {
    /// Where the portal keeps it for now, as [`Watermark::picture`](crate::rooms::Watermark::picture) takes it.
    pub fn address(&self) -> &str {
        &self.file
    }

    /// All of the picture, to become the logo.
    ///
    /// # Errors
    ///
    /// `Invalid` for a picture of more than 1280 pixels in width or height, and for one that is no PNG, JPEG, GIF or WebP:
    /// its size is not known then. Choose a [`part`](Self::part) of it.
    pub fn whole(&self) -> Result<LogoRequest> {
        let (width, height) = fitting(self.size)?;
        Ok(self.part(0, 0, width, height))
    }

    /// The part that becomes the logo, in pixels: its left and upper edge, its width and its height.
    pub fn part(&self, x: u16, y: u16, width: u16, height: u16) -> LogoRequest {
        let [x, y, width, height] = [x, y, width, height].map(i32::from);
        LogoRequest { tmp_file: self.file.clone(), x: Some(x), y: Some(y), width, height }
    }
}

/// The type and the body of a form with this one file. The portal takes the first file, whatever the field is called
/// (portal-facts 6.11).
///
/// reqwest's own forms are read as they are sent, so what a portal was too busy for could not be sent again.
fn form(name: &str, picture: &[u8]) -> (String, Vec<u8>) {
    let boundary = Uuid::new_v4().simple().to_string();
    let name: String = name.chars().map(|c| if c.is_control() || matches!(c, '"' | ';') { '_' } else { c }).collect();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), picture, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    (format!("multipart/form-data; boundary={boundary}"), body)
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

/// Whether all of a picture can become a logo, found before it is uploaded.
pub(crate) fn whole(picture: &[u8]) -> Result<()> {
    if picture.is_empty() { Ok(()) } else { fitting(size(picture)).map(drop) }
}

fn fitting(size: Option<(u32, u32)>) -> Result<(u16, u16)> {
    let Some((width, height)) = size else {
        return Err(Error::invalid("the size of the picture is not known")
            .advise("say which part of it shall be the logo, or use a PNG, JPEG, GIF or WebP"));
    };
    let side = |pixels: u32| u16::try_from(pixels).ok().filter(|pixels| (1..=LONGEST_SIDE).contains(pixels));
    side(width).zip(side(height)).ok_or_else(|| {
        let what = format!(
            "the picture has {width} by {height} pixels; a logo is made of at most {LONGEST_SIDE} by {LONGEST_SIDE}"
        );
        Error::invalid(what).advise("make it smaller, or say which part of it shall be the logo")
    })
}

/// The width and height that a picture says it has.
fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(picture).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_say_how_large_they_are() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0\x08\x06";
        let gif = b"GIF89a\x40\x01\xf0\0\xf7\0\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc4\0\x03\0\xff\xc2\0\x11\x08\0\xf0\x01\x40\x03";
        for picture in [&png[..], gif, jpeg] {
            assert_eq!(size(picture), Some((320, 240)), "{picture:?}");
            // What breaks off says nothing, or the same.
            for cut in 0..picture.len() {
                assert!(size(&picture[..cut]).is_none_or(|size| size == (320, 240)), "{cut} of {picture:?}");
            }
        }
        assert_eq!(size(b"no picture at all"), None);
    }

    #[test]
    fn a_name_cannot_end_the_head_of_a_form() {
        let (kind, body) = form("a\r\n\"b\".png", b"\x89PNG");
        let text = String::from_utf8_lossy(&body);
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert!(text.contains("filename=\"a___b_.png\"\r\n"), "{text}");
        assert!(body.starts_with(format!("--{boundary}\r\n").as_bytes()));
        assert!(text.ends_with(&format!("PNG\r\n--{boundary}--\r\n")), "{text}");
    }

    #[test]
    fn what_is_too_large_for_a_logo_is_told_with_its_size() {
        assert_eq!(fitting(Some((1280, 1))).unwrap(), (1280, 1));
        for (size, says) in [(Some((4000, 300)), "4000 by 300"), (Some((0, 1)), "0 by 1"), (None, "not known")] {
            assert!(fitting(size).unwrap_err().to_string().contains(says));
        }
    }
}
