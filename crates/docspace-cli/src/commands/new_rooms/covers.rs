//! Checking the covers of new rooms before anything is created.

use super::row::NewRoom;
use crate::csv::Problems;
use crate::failure::Failure;
use crate::session::Session;

/// Adds a problem for each cover that the portal does not have. Only reads.
pub(super) async fn check(session: &Session, rooms: &[NewRoom], problems: &mut Problems) -> Result<(), Failure> {
    let covers = rooms.iter().filter_map(|room| Some((room.line, room.settings.shared.cover.as_deref()?)));
    let covers: Vec<_> = covers.collect();
    if covers.is_empty() {
        return Ok(());
    }
    let known = session.portal.covers().await?;
    for (line, cover) in covers.into_iter().filter(|(_, cover)| known.iter().all(|known| known.id != *cover)) {
        problems.add(line, "cover", cover, "the portal does not have it: list the covers with `docspace covers list`");
    }
    Ok(())
}
