//! Pictures that are uploaded to become logos.

use docspace_api::ClientInfo;
use docspace_api::types::LogoRequest;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::{Call, Error, Result};
use crate::portal::Portal;

/// Maximum width and height of a logo, in pixels
/// (docs/portal/tags-groups-logos-quotas.md#setting-a-logo).
pub(crate) const MAX_SIDE: u16 = 1280;

impl Portal {
    /// Uploads a picture that can then become the logo of a room; see [`UploadedPicture`]. `name`
    /// is its file name, such as `acme.png`.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the picture is empty, or the portal cannot read
    ///   it.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a user or guest.
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
                let reason = message.unwrap_or_else(|| "the portal did not find a picture in the file".to_owned());
                Err(Error::invalid(format!("the portal cannot read the picture: {reason}")).of(&call).advise(""))
            }
            None => Err(call.no_response()),
        }
    }
}

/// An uploaded picture, a part of which can become the logo of a room. Returned by
/// [`Portal::upload_picture`].
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// # let bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// let picture = portal.upload_picture("acme.png", bytes).await?;
/// let left_upper_corner = picture.part(0, 0, 256, 256);
/// let room = room.set_logo(left_upper_corner).await?;
/// println!("{}", room.logo.original);
/// # Ok(()) });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedPicture {
    file: String,
    /// Width and height, if this crate can read them.
    size: Option<(u32, u32)>,
}

impl UploadedPicture {
    /// The whole picture, to become the logo.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the picture is wider or higher than 1280 pixels,
    ///   or is not a PNG, JPEG, GIF or WebP, so that its size is unknown. Choose a
    ///   [`part`](Self::part) of it.
    pub fn whole(&self) -> Result<LogoRequest> {
        let (width, height) = logo_size(self.size)?;
        Ok(self.part(0, 0, width, height))
    }

    /// A part of the picture, to become the logo: its left and upper edge, its width and its
    /// height, in pixels.
    pub fn part(&self, x: u16, y: u16, width: u16, height: u16) -> LogoRequest {
        let [x, y, width, height] = [x, y, width, height].map(i32::from);
        LogoRequest { tmp_file: self.file.clone(), x: Some(x), y: Some(y), width, height }
    }

    /// The address of the picture on the portal, as
    /// [`Watermark::picture`](crate::rooms::Watermark::picture) takes it.
    pub fn address(&self) -> &str {
        &self.file
    }
}

/// Returns the content type and the body of a form with one file, in the field `file`. A call that
/// uploads a file needs this name; one that uploads a picture takes any
/// (docs/portal/folders-and-files.md#uploading-a-file).
///
/// The forms of `reqwest` are streams, which cannot be sent again if the portal is too busy.
pub(crate) fn form(name: &str, content: &[u8]) -> (String, Vec<u8>) {
    let boundary = Uuid::new_v4().simple().to_string();
    let name: String = name.chars().map(|c| if c.is_control() || matches!(c, '"' | '\\') { '_' } else { c }).collect();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), content, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    (format!("multipart/form-data; boundary={boundary}"), body)
}

#[derive(Deserialize)]
struct Upload {
    response: Option<UploadResult>,
}

/// Has `data` for a picture and `message` for another file
/// (docs/portal/tags-groups-logos-quotas.md#uploading-a-picture).
#[derive(Deserialize)]
struct UploadResult {
    success: bool,
    data: Option<String>,
    message: Option<String>,
}

/// Checks that the whole picture can become a logo, before it is uploaded.
pub(crate) fn check_whole(picture: &[u8]) -> Result<()> {
    if picture.is_empty() { Ok(()) } else { logo_size(size(picture)).map(drop) }
}

fn logo_size(size: Option<(u32, u32)>) -> Result<(u16, u16)> {
    let Some((width, height)) = size else {
        return Err(Error::invalid("the size of the picture is unknown")
            .advise("choose the part that becomes the logo, or use a PNG, JPEG, GIF or WebP"));
    };
    let side = |pixels: u32| u16::try_from(pixels).ok().filter(|pixels| (1..=MAX_SIDE).contains(pixels));
    side(width).zip(side(height)).ok_or_else(|| {
        let what = format!("the picture has {width} by {height} pixels; a logo has at most {MAX_SIDE} by {MAX_SIDE}");
        Error::invalid(what).advise("make the picture smaller, or choose the part that becomes the logo")
    })
}

/// Returns the width and height that the header of a picture contains.
fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(picture).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_read_from_the_header_of_a_picture() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0\x08\x06";
        let gif = b"GIF89a\x40\x01\xf0\0\xf7\0\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc4\0\x03\0\xff\xc2\0\x11\x08\0\xf0\x01\x40\x03";
        for picture in [&png[..], gif, jpeg] {
            assert_eq!(size(picture), Some((320, 240)), "{picture:?}");
            // A picture that is cut off has no size, or the same.
            for cut in 0..picture.len() {
                assert!(size(&picture[..cut]).is_none_or(|size| size == (320, 240)), "{cut} of {picture:?}");
            }
        }
        assert_eq!(size(b"not a picture"), None);
    }

    #[test]
    fn file_name_cannot_break_the_header_of_a_form() {
        let (kind, body) = form("a\r\n\"b\";.png", b"\x89PNG");
        let text = String::from_utf8_lossy(&body);
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert!(text.contains("filename=\"a___b_;.png\"\r\n"), "{text}");
        assert!(body.starts_with(format!("--{boundary}\r\n").as_bytes()));
        assert!(text.ends_with(&format!("PNG\r\n--{boundary}--\r\n")), "{text}");
    }

    #[test]
    fn error_for_a_picture_of_wrong_size_names_the_size() {
        assert_eq!(logo_size(Some((1280, 1))).unwrap(), (1280, 1));
        for (size, expected) in [(Some((4000, 300)), "4000 by 300"), (Some((0, 1)), "0 by 1"), (None, "unknown")] {
            assert!(logo_size(size).unwrap_err().to_string().contains(expected));
        }
    }
}
