//! Whether a portal kept the tags that it was given.

use docspace_api::types::Room;

use super::read_room;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::input;

/// The tags that a room lacks, in any spelling that a portal may store.
pub(crate) fn missing<'t>(asked: &'t [String], kept: &[String]) -> Vec<&'t str> {
    let is_kept = |tag: &&String| kept.iter().any(|kept| input::may_be_same_name(tag, kept));
    asked.iter().filter(|tag| !is_kept(tag)).map(String::as_str).collect()
}

/// Returns the room if the portal kept all of these tags.
pub(crate) async fn check_kept(portal: &Portal, call: &Call, asked: Option<&[String]>, room: Room) -> Result<Room> {
    let asked = asked.unwrap_or_default();
    let beyond = asked.iter().any(|tag| tag.chars().any(|c| c.len_utf16() == 2));
    // A portal whose database cannot store such characters answers with the tag as it was sent, but stores another. If
    // reading the room fails, the portal's first answer counts.
    let stored = if beyond { read_room(portal, &room.id).await.ok() } else { None };
    let kept = &stored.as_ref().unwrap_or(&room).tags;
    let missing: Vec<String> = missing(asked, kept).into_iter().map(|tag| format!("`{tag}`")).collect();
    if missing.is_empty() {
        return Ok(room);
    }
    let reason = format!("the room {} exists, but the portal did not keep the tags {}", room.id, missing.join(", "));
    let advice = if beyond { "use tags without emoji" } else { "check the room's tags" };
    Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
}
