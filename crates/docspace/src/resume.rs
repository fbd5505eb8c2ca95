//! Waiting again for an operation.

use crate::error::{Error, Result};
use crate::portal::Portal;
use crate::waiting::{Operation, Resumed, Ticket};
use crate::{folders, rooms, templates};

impl Portal {
    /// Returns the operation of a [`Ticket`], to wait for it again, even in another program. Sends
    /// nothing, and never starts the operation again. [`Resumed`] has the result: a room or
    /// template, or the folders and files that were copied or moved.
    ///
    /// A web service can answer a request soon and finish the work later:
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use docspace::waiting::{Resumed, Ticket};
    /// use docspace::{Portal, Result, Room};
    ///
    /// enum Answer {
    ///     Created(Box<Room>), // 201, with the room
    ///     Accepted(Ticket),   // 202, with an id under which the service stores the ticket
    /// }
    ///
    /// async fn create_room(portal: &Portal, template: i32, title: &str) -> Result<Answer> {
    ///     let mut creation = portal.template(template).create_room(title).start().await?;
    ///     Ok(match creation.wait_for(Duration::from_secs(30)).await? {
    ///         Some(room) => Answer::Created(Box::new(room)),
    ///         None => Answer::Accepted(creation.ticket().expect("not an index export")),
    ///     })
    /// }
    ///
    /// // Later, even after a restart: `None` means that the portal is still working.
    /// async fn ask_again(portal: &Portal, ticket: &Ticket) -> Result<Option<Room>> {
    ///     let resumed = portal.resume(ticket)?.wait_for(Duration::from_secs(30)).await?;
    ///     Ok(resumed.and_then(Resumed::into_room))
    /// }
    /// ```
    ///
    /// The deadline counts from the first poll of the resumed operation, by default 10 minutes. If
    /// the portal no longer lists the operation, and the room, folder or file does not show that it
    /// is done, the wait ends with [`NotDone`](crate::ErrorKind::NotDone).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): this version cannot read the ticket.
    pub fn resume(&self, ticket: &Ticket) -> Result<Operation<Resumed>> {
        let content = ticket.content();
        let operation = rooms::resume(self, content).or_else(|| templates::resume(self, content));
        let operation = operation.or_else(|| folders::resume(self, content));
        operation
            .ok_or_else(|| Error::invalid("the ticket cannot be read").advise("use the ticket exactly as it was saved"))
    }
}
