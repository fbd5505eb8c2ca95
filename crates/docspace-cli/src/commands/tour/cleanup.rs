//! What the tour does at the end on somebody's portal: it removes what it made, above all when a step failed.

use std::collections::BTreeMap;
use std::time::Duration;

use docspace::Room;
use docspace::rooms::SearchArea;

use super::guide::{Guide, brief};
use crate::failure::Failure;
use crate::terminal::write;
use crate::text::plain;

/// How long to wait for one deletion.
const PATIENCE: Duration = Duration::from_secs(60);
/// A room whose making broke off can appear a little later.
const LATER: Duration = Duration::from_secs(2);

/// Deletes all that is left of the tour, after the step that failed, if one did.
pub(super) async fn run(guide: &mut Guide, failure: Option<&Failure>) -> Result<(), Failure> {
    if failure.is_none() && guide.created.is_empty() {
        return Ok(());
    }
    write("\nCleaning up\n")?;
    let mut trouble = Vec::new();
    let rounds = if failure.is_some_and(|failure| !failure.is_outcome_known()) { 2 } else { 1 };
    for round in 0..rounds {
        if round > 0 {
            tokio::time::sleep(LATER).await;
        }
        match left(guide).await {
            Ok(rooms) => trouble = delete(guide, rooms).await?,
            Err(failure) => {
                let known: Vec<_> = guide.created.iter().map(brief).collect();
                trouble = vec![format!("what is left cannot be looked for: {}", failure.message())];
                trouble.extend(known.into_iter().map(|room| format!("{room} was made")));
            }
        }
    }
    if trouble.is_empty() {
        return write("✓ nothing of the tour is left\n");
    }
    for trouble in &trouble {
        write(&format!("✗ {}\n", plain(trouble)))?;
    }
    Err(may_be_left(guide))
}

/// Tells how a person finds what is left.
pub(super) fn may_be_left(guide: &Guide) -> Failure {
    let mark = guide.mark().trim();
    let advice = format!("look for rooms, archived rooms and templates whose titles begin with “{mark}”");
    Failure::local("the tour may have left something behind").advise(advice)
}

/// All rooms and templates of this tour, those whose making was never answered among them.
async fn left(guide: &Guide) -> Result<Vec<Room>, Failure> {
    let mut found = BTreeMap::new();
    for area in [SearchArea::Any, SearchArea::Templates] {
        let rooms = guide.session.portal.rooms().list().area(area).search(guide.mark().trim()).all().await?;
        found.extend(
            rooms.into_iter().filter(|room| room.title.starts_with(guide.mark())).map(|room| (room.id.clone(), room)),
        );
    }
    Ok(found.into_values().collect())
}

/// What could not be deleted, and why.
async fn delete(guide: &mut Guide, rooms: Vec<Room>) -> Result<Vec<String>, Failure> {
    let mut trouble = Vec::new();
    for room in rooms {
        let ended = async { guide.session.portal.room(&room).delete().await?.deadline(PATIENCE).wait().await };
        match ended.await {
            Ok(()) => {
                guide.forget(&room.id);
                write(&format!("✓ deleted {}\n", plain(&brief(&room))))?;
            }
            Err(error) if error.is_not_found() => guide.forget(&room.id),
            Err(error) => trouble.push(format!("{} is still there: {}", brief(&room), Failure::from(error).message())),
        }
    }
    Ok(trouble)
}
