//! Giving a room away.

use docspace_api::ClientRoomsExt;
use docspace_api::types::{ChangeOwnerRequest, Entry, PersonId, Room};

use super::RoomHandle;
use crate::error::{Call, Error, ErrorKind, Result};

impl RoomHandle {
    /// Gives the room to another owner, and looks whether it was given. An active room can be deleted by its owner only.
    ///
    /// ```
    /// # use docspace_mock::{MockPortal, Role};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let address = mock.email("ann");
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let ann = portal.people().find(address).await?.expect("she has an account");
    /// let room = portal.room(&room).change_owner(ann.id).await?;
    /// assert_eq!(room.created_by.map(|owner| owner.id), Some(ann.id));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The call and its answer are the published document's, and no recording shows them; which is why the room is read
    /// afterwards. Who may not read it any more, having given it away, gets the room as the portal's answer tells it.
    ///
    /// # Errors
    ///
    /// `Forbidden` when one may not, or the person cannot own rooms: users and guests cannot. `NotDone` when the portal
    /// answered as if it were done and did not do it.
    pub async fn change_owner(&self, owner: PersonId) -> Result<Room> {
        let call = Call::new("change_owner", format!("of room {}", self.id()));
        if owner.0.is_nil() {
            return Err(Error::invalid("the id of the new owner is empty").of(&call));
        }
        let body = ChangeOwnerRequest::of_folders(owner, [self.id().clone().into()]);
        let answer = call.envelope(self.portal().api().change_owner().body(body).send().await).await?;
        let given = |room: &Room| room.created_by.as_ref().is_some_and(|person| person.id == owner);
        let told = answer.response.unwrap_or_default().into_iter().find_map(|entry| match entry {
            Entry::Folder(folder) => Room::try_from(folder).ok().filter(|room| room.id == *self.id() && given(room)),
            Entry::File(_) => None,
        });
        match (self.get().await, told) {
            (Ok(room), _) if given(&room) => Ok(room),
            (Ok(_), _) => Err(Error::new(ErrorKind::NotDone, "the portal answered, but kept the owner").of(&call)),
            (Err(error), Some(told)) if error.is_forbidden() => Ok(told),
            (Err(error), _) => Err(error.while_waiting(&call)),
        }
    }
}
