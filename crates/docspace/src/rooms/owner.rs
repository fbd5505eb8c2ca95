//! Changing the owner of a room.

use docspace_api::ClientRoomsExt;
use docspace_api::types::{ChangeOwnerRequest, Entry, PersonId, Room};

use super::RoomHandle;
use crate::error::{Call, Error, ErrorKind, Result};

impl RoomHandle {
    /// Gives the room to another owner, and checks that the owner changed. The former owner becomes
    /// a room manager (docs/portal/rooms.md#changing-the-owner).
    ///
    /// While the room is active, only its new owner can delete it. A caller who is no longer
    /// allowed to read the room gets it from the portal's answer to the change.
    ///
    /// ```
    /// # doc_examples::with_people(async |portal, room, ann, _| {
    /// let ann = portal.people().find(ann).await?.expect("ann has an account");
    /// let room = room.change_owner(ann.id).await?;
    /// if let Some(owner) = &room.created_by {
    ///     println!("the owner is {}", owner.display_name);
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id of the new owner is empty.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change the owner,
    ///   or the new owner is a user or guest, who cannot own rooms.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but the owner did not
    ///   change.
    pub async fn change_owner(&self, owner: PersonId) -> Result<Room> {
        let call = Call::new("change_owner", format!("of room {}", self.id()));
        if owner.0.is_nil() {
            return Err(Error::invalid("the id of the new owner is empty").of(&call));
        }
        let body = ChangeOwnerRequest::of_folders(owner, [self.id().clone().into()]);
        let answer = call.envelope(self.portal().api().change_owner().body(body).send().await).await?;
        let has_new_owner = |room: &Room| room.created_by.as_ref().is_some_and(|person| person.id == owner);
        let answered = answer.response.unwrap_or_default().into_iter().find_map(|entry| match entry {
            Entry::Folder(folder) => {
                Room::try_from(folder).ok().filter(|room| room.id == *self.id() && has_new_owner(room))
            }
            Entry::File(_) => None,
        });
        match (self.get().await, answered) {
            (Ok(room), _) if has_new_owner(&room) => Ok(room),
            (Ok(_), _) => {
                Err(Error::new(ErrorKind::NotDone, "the portal reported success, but the owner did not change")
                    .of(&call))
            }
            (Err(error), Some(answered)) if error.is_forbidden() => Ok(answered),
            (Err(error), _) => Err(error.while_waiting(&call)),
        }
    }
}
