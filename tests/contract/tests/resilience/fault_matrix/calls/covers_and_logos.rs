//! Covers, colors and logos of rooms, and uploaded pictures.

use docspace::ErrorKind;
use docspace::rooms::UploadedPicture;
use futures::{FutureExt, TryFutureExt};

use super::Call;

/// The first bytes of a GIF of one pixel.
const PICTURE: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0";

pub(super) const COVERS_AND_LOGOS: &[Call] = &[
    call!("Portal::covers", "GET /files/rooms/covers", |s| s.portal.covers().await).accepts_missing_response(),
    call!("RoomHandle::set_cover", "POST /files/rooms/*/cover", |s| {
        s.portal.room(&s.fixture.room).set_cover(&s.fixture.cover).await
    }),
    call!("RoomHandle::remove_cover", "POST /files/rooms/*/cover", |s| {
        s.portal.room(&s.fixture.room).remove_cover().await
    }),
    call!("RoomHandle::set_color", "POST /files/rooms/*/cover", |s| {
        s.portal.room(&s.fixture.room).set_color("00FF00").await
    }),
    call!("Portal::upload_picture", "POST /files/logos", |s| s.portal.upload_picture("logo.gif", PICTURE).await),
    call!("RoomHandle::set_logo", "POST /files/rooms/*/logo", |s| {
        let set =
            async |picture: UploadedPicture| s.portal.room(&s.fixture.room).set_logo(picture.part(0, 0, 1, 1)).await;
        s.portal.upload_picture("logo.gif", PICTURE).and_then(set).await
    }),
    call!("RoomHandle::upload_logo", "POST /files/rooms/*/logo", |s| {
        s.portal.room(&s.fixture.room).upload_logo("logo.gif", PICTURE).await
    }),
    call!("RoomHandle::upload_logo: upload", "POST /files/logos", |s| {
        s.portal.room(&s.fixture.room).upload_logo("logo.gif", PICTURE).await
    }),
    call!("RoomHandle::remove_logo", "DELETE /files/rooms/*/logo", |s| {
        s.portal.room(&s.fixture.room).remove_logo().await
    }),
];
