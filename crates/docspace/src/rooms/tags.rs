//! The tags of a room.

use docspace_api::ClientTagsExt;
use docspace_api::types::{Room, TagNamesRequest};

use super::{RoomHandle, read_room, unless_archived};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::input;

impl RoomHandle {
    /// Gives the room more tags. Those the portal does not know yet are made; one the room has already changes nothing.
    ///
    /// # Errors
    ///
    /// - `Invalid`: a tag is empty.
    /// - `NotFound`: the room does not exist.
    /// - `Forbidden`: the caller is not allowed to change the room, or it is archived.
    /// - `Operation`: the portal did not keep some of the tags, as some portals do with emoji. The
    ///   error names them.
    pub async fn add_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("add_room_tags", format!("to room {}", self.id()));
        let body = TagNamesRequest { names: names.clone() };
        let request = self.portal().api().add_room_tags().id(self.id()).body(body);
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        let room = unless_archived(self.portal(), self.id(), outcome).await?;
        check_kept(self.portal(), &call, Some(&names), room).await
    }

    /// Takes tags off the room.
    ///
    /// # Errors
    ///
    /// - `Invalid`: a tag is empty.
    /// - `NotFound`: the room does not exist.
    /// - `Forbidden`: the caller is not allowed to change the room, or it is archived.
    pub async fn remove_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("remove_room_tags", format!("of room {}", self.id()));
        let request = self.portal().api().remove_room_tags().id(self.id()).body(TagNamesRequest { names });
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        unless_archived(self.portal(), self.id(), outcome).await
    }
}

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
    Err(Error::new(ErrorKind::Operation, reason).of(call).advise(advice))
}

fn names<T: Into<String>>(tags: impl IntoIterator<Item = T>) -> Result<Vec<String>> {
    let names: Vec<String> = tags.into_iter().map(Into::into).collect();
    input::tags(&names)?;
    Ok(names)
}
