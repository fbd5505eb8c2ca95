//! One room.

use docspace_api::types::Room;
use docspace_api::{ClientRoomsExt, RoomId, RoomType, SearchArea};

use super::{EditRoom, Lifecycle, ListRooms, RESTORE_FIRST, Target, read_room, unless_archived};
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::waiting::{Operation, Terms};

/// As many rooms can a person pin (portal-facts 6.12).
const MOST_PINNED: usize = 10;

/// A room that is meant: its id, and its type where it is known.
///
/// ```
/// use docspace::RoomId;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let by_number = portal.room(17);
/// let by_id = portal.room("17".parse::<RoomId>()?);
/// assert_eq!(by_id.id(), by_number.id());
///
/// let as_read = portal.room(&room); // its type is known then, which saves a call before a link is made
/// assert_eq!(as_read.id(), &room.id);
/// # Ok(())
/// # }
/// ```
///
/// [`Portal::room`], [`Portal::template`], [`Rooms::many`](crate::rooms::Rooms::many) and [`Groups`](crate::rooms::Groups) take whatever
/// can become one: an id, the number of an id, or a [`Room`] as it was read.
#[derive(Clone, Debug)]
pub struct RoomRef {
    pub(crate) id: RoomId,
    pub(crate) room_type: Option<RoomType>,
}

impl RoomRef {
    /// The room's type, read where it is not known yet.
    pub(crate) async fn room_type(&self, portal: &Portal) -> Result<RoomType> {
        match self.room_type {
            Some(room_type) => Ok(room_type),
            None => Ok(read_room(portal, &self.id).await?.room_type),
        }
    }
}

impl From<RoomId> for RoomRef {
    fn from(id: RoomId) -> Self {
        Self { id, room_type: None }
    }
}

impl From<&RoomId> for RoomRef {
    fn from(id: &RoomId) -> Self {
        id.clone().into()
    }
}

impl From<i32> for RoomRef {
    fn from(id: i32) -> Self {
        RoomId::from(id).into()
    }
}

impl From<&Room> for RoomRef {
    fn from(room: &Room) -> Self {
        Self { id: room.id.clone(), room_type: Some(room.room_type) }
    }
}

/// One room of a portal. Made by [`Portal::room`], which sends nothing, so the room may not exist.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let handle = portal.room(&room); // or its id: portal.room(17)
/// handle.rename("Audit 2027").await?;
/// handle.add_tags(["audit"]).await?;
/// let now = handle.get().await?;
/// assert_eq!((now.title.as_str(), now.tags), ("Audit 2027", vec!["audit".to_owned()]));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RoomHandle {
    portal: Portal,
    room: RoomRef,
}

impl RoomHandle {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The room as it was named.
    pub(super) fn room(&self) -> &RoomRef {
        &self.room
    }

    /// The room's id.
    pub fn id(&self) -> &RoomId {
        &self.room.id
    }

    /// Reads the room; archived rooms and templates too.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is none, `Invalid` when the id is that of a folder, `Forbidden` when one may not read it.
    pub async fn get(&self) -> Result<Room> {
        read_room(&self.portal, &self.room.id).await
    }

    /// Changes the room: say what, then `send`.
    pub fn edit(&self) -> EditRoom {
        EditRoom::new(self.portal.clone(), self.room.id.clone())
    }

    /// Renames the room.
    ///
    /// # Errors
    ///
    /// As [`EditRoom::send`].
    pub async fn rename(&self, title: impl Into<String>) -> Result<Room> {
        self.edit().title(title).send().await
    }

    /// Pins the room to the top of the caller's lists. At most ten rooms can be pinned.
    ///
    /// # Errors
    ///
    /// `Conflict` when ten others are pinned; `Forbidden` for an archived room, one that may not be read, and also for one
    /// that does not exist.
    pub async fn pin(&self) -> Result<Room> {
        let call = Call::new("pin_room", self.room.id.to_string());
        let answer = self.portal.api().pin_room().id(&self.room.id).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Err(error) if error.is_forbidden() => Err(self.explain_pin(error).await),
            outcome => outcome,
        }
    }

    /// A portal refuses the eleventh pin as it refuses one that the caller may not set (portal-facts 6.12).
    async fn explain_pin(&self, error: Error) -> Error {
        match self.get().await {
            Ok(room) if room.is_archived() => return error.advise(RESTORE_FIRST),
            Ok(room) if !room.pinned => {}
            _ => return error,
        }
        let mut pinned = Vec::new();
        for area in [SearchArea::Active, SearchArea::Templates] {
            let listed = ListRooms::new(self.portal.clone()).area(area).first_page().await.unwrap_or_default();
            pinned.extend(listed.into_iter().filter(|room| room.pinned).map(|room| format!("`{}`", room.title)));
        }
        if pinned.len() < MOST_PINNED {
            return error;
        }
        error
            .conflict(format!("{MOST_PINNED} rooms are pinned already: {}", pinned.join(", ")))
            .advise("unpin one of them first")
    }

    /// Takes the room's pin away.
    ///
    /// # Errors
    ///
    /// As for [`pin`](Self::pin).
    pub async fn unpin(&self) -> Result<Room> {
        let call = Call::new("unpin_room", self.room.id.to_string());
        let answer = self.portal.api().unpin_room().id(&self.room.id).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        unless_archived(&self.portal, &self.room.id, outcome).await
    }

    /// Numbers the entries of an indexed room anew, without gaps. Rooms without numbers stay as they are.
    ///
    /// # Errors
    ///
    /// `Forbidden` when one may not or the room is archived, and also when it does not exist.
    pub async fn reorder(&self) -> Result<Room> {
        let call = Call::new("reorder_room", self.room.id.to_string());
        let answer = self.portal.api().reorder_room().id(&self.room.id).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        unless_archived(&self.portal, &self.room.id, outcome).await
    }

    /// Starts to move the room to the archive. Everybody's pins and the lifetime setting are lost for good; links rest
    /// until the room is restored.
    ///
    /// Only a few operations of a kind are under way at once, so this waits for others to end; see
    /// [`WaitPolicy::in_flight`](crate::waiting::WaitPolicy::in_flight).
    ///
    /// # Errors
    ///
    /// - `NotFound`: the room does not exist, or it is a template.
    /// - `Forbidden`: the caller is not allowed to archive the room.
    /// - `Timeout`: other operations did not end by the [deadline](crate::waiting::WaitPolicy::deadline).
    ///   Nothing was sent.
    pub async fn archive(&self) -> Result<Operation<Room>> {
        self.archive_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn archive_with(&self, terms: &Terms) -> Result<Operation<Room>> {
        Lifecycle::new(&self.portal, self.id(), Target::Archived).start(terms, |room| room).await
    }

    /// Starts to move the room out of the archive. Its links work again then.
    ///
    /// # Errors
    ///
    /// As for [`archive`](Self::archive).
    pub async fn restore(&self) -> Result<Operation<Room>> {
        self.restore_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn restore_with(&self, terms: &Terms) -> Result<Operation<Room>> {
        Lifecycle::new(&self.portal, self.id(), Target::Active).start(terms, |room| room).await
    }

    /// Starts to delete the room for good, with all that is in it. There is no trash.
    ///
    /// An active room can be deleted by its owner only, an archived one by administrators too. The room is read first,
    /// since a portal would delete any folder of this id. Of a template it is the same as
    /// [`TemplateHandle::delete`](crate::templates::TemplateHandle::delete).
    ///
    /// # Errors
    ///
    /// - `NotFound`: the room does not exist.
    /// - `Invalid`: the id is that of a folder.
    /// - `Forbidden`: the caller is not allowed to delete the room.
    /// - Otherwise as for [`archive`](Self::archive).
    pub async fn delete(self) -> Result<Operation<()>> {
        self.delete_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn delete_with(&self, terms: &Terms) -> Result<Operation<()>> {
        Lifecycle::new(&self.portal, self.id(), Target::Gone).delete(terms, self.get()).await
    }
}
