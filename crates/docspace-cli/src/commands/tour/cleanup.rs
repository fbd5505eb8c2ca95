//! Cleaning up after a live tour: deletes all rooms and templates of the tour, also after a failed
//! step.

use std::collections::BTreeMap;
use std::time::Duration;

use docspace::Room;
use docspace::rooms::SearchArea;

use super::guide::{Guide, brief};
use crate::failure::Failure;
use crate::hints;
use crate::terminal::write;
use crate::text::plain;

/// Maximum time for one deletion.
const DELETION_TIMEOUT: Duration = Duration::from_secs(60);
/// Time until the second search. A room can appear a little after the call that creates it has
/// failed.
const SEARCH_DELAY: Duration = Duration::from_secs(2);

/// Deletes the remaining rooms and templates of the tour. `failure` is that of a failed step.
pub(super) async fn run(guide: &mut Guide, failure: Option<&Failure>) -> Result<(), Failure> {
    if failure.is_none() && guide.created.is_empty() {
        return Ok(());
    }
    write("\nCleaning up\n")?;
    let mut problems = Vec::new();
    let rounds = if failure.is_some_and(|failure| !failure.is_outcome_known()) { 2 } else { 1 };
    for round in 0..rounds {
        if round > 0 {
            tokio::time::sleep(SEARCH_DELAY).await;
        }
        match find_remaining(guide).await {
            Ok(rooms) => problems = delete(guide, rooms).await?,
            Err(failure) => {
                let created: Vec<_> = guide.created.iter().map(brief).collect();
                problems = vec![format!("cannot search for remaining rooms and templates: {}", failure.message())];
                problems.extend(created.into_iter().map(|room| format!("{room} was created and may still exist")));
            }
        }
    }
    if problems.is_empty() {
        return write("✓ no room or template of the tour is left\n");
    }
    for problem in &problems {
        write(&format!("✗ {}\n", plain(problem)))?;
    }
    Err(incomplete(guide))
}

/// Returns the failure of an incomplete cleanup. Its hint names the commands that find the rest.
pub(super) fn incomplete(guide: &Guide) -> Failure {
    let prefix = guide.title_prefix().trim();
    let advice = format!(
        "find them with `{} --search {prefix}` and `{} --search {prefix}`, \
         and delete them with `docspace rooms delete` and `docspace templates delete`",
        hints::ALL_ROOMS,
        hints::TEMPLATES
    );
    Failure::local("rooms or templates of the tour may still exist").advise(advice)
}

/// Finds all rooms and templates of this tour by their titles, including those whose creation got
/// no answer.
async fn find_remaining(guide: &Guide) -> Result<Vec<Room>, Failure> {
    let mut found = BTreeMap::new();
    for area in [SearchArea::Any, SearchArea::Templates] {
        let rooms = guide.session.portal.rooms().list().area(area).search(guide.title_prefix().trim()).all().await?;
        found.extend(
            rooms
                .into_iter()
                .filter(|room| room.title.starts_with(guide.title_prefix()))
                .map(|room| (room.id.clone(), room)),
        );
    }
    Ok(found.into_values().collect())
}

/// Deletes the rooms and templates. Returns a message for each that could not be deleted.
async fn delete(guide: &mut Guide, rooms: Vec<Room>) -> Result<Vec<String>, Failure> {
    let mut problems = Vec::new();
    for room in rooms {
        let ended = async { guide.session.portal.room(&room).delete().await?.deadline(DELETION_TIMEOUT).wait().await };
        match ended.await {
            Ok(()) => {
                guide.forget(&room.id);
                write(&format!("✓ deleted {}\n", plain(&brief(&room))))?;
            }
            Err(error) if error.is_not_found() => guide.forget(&room.id),
            Err(error) => problems.push(format!("{} still exists: {}", brief(&room), Failure::from(error).message())),
        }
    }
    Ok(problems)
}
