//! Checks that the portal stored the tags that were sent.

use docspace_api::types::Room;

use super::read_room;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::input;

/// Returns the requested tags that a room lacks. A stored tag counts in any spelling that a portal
/// may store.
pub(crate) fn missing<'t>(requested: &'t [String], stored: &[String]) -> Vec<&'t str> {
    let is_stored = |tag: &&String| stored.iter().any(|name| input::may_be_same_name(tag, name));
    requested.iter().filter(|tag| !is_stored(tag)).map(String::as_str).collect()
}

/// Returns the room if the portal stored all requested tags.
pub(crate) fn check_kept(
    portal: &Portal,
    call: &Call,
    requested: Option<&[String]>,
    room: Room,
) -> impl Future<Output = Result<Room>> {
    Box::pin(check(portal, call, requested, room))
}

async fn check(portal: &Portal, call: &Call, requested: Option<&[String]>, room: Room) -> Result<Room> {
    let requested = requested.unwrap_or_default();
    let has_emoji = requested.iter().any(|tag| tag.chars().any(|c| c.len_utf16() == 2));
    // A portal whose database cannot store these characters answers with the tag as it was sent,
    // but stores another one. If the room cannot be read, its tags are taken from that answer.
    let stored = if has_emoji { read_room(portal, &room.id).await.ok() } else { None };
    let stored_names = &stored.as_ref().unwrap_or(&room).tags;
    let missing: Vec<String> = missing(requested, stored_names).into_iter().map(|tag| format!("`{tag}`")).collect();
    if missing.is_empty() {
        return Ok(room);
    }
    let reason = format!("the room {} exists, but the portal did not store the tags {}", room.id, missing.join(", "));
    let advice = if has_emoji { "use tags without emoji" } else { "check the room's tags" };
    Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
}
