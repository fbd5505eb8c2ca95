//! Changing several links.

use futures::stream::{self, StreamExt};

use super::reader::FoundLink;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::interrupt::interrupt;
use crate::output::Bar;
use crate::records::LinkOwnerId;
use crate::session::Session;
use crate::text::plain;

/// Number of links that are changed in parallel.
const PARALLEL_CHANGES: usize = 4;

impl FoundLink {
    /// Names the link and its owner for a person.
    pub(super) fn describe(&self) -> String {
        format!("link “{}” of {}", plain(self.link.title()), self.owner.describe())
    }

    /// Returns the open question if a change of the link is interrupted, such as `was changed`.
    pub(super) fn unknown_outcome(&self, predicate: &str) -> UnknownOutcome {
        let question = format!("whether link {} {predicate}", self.link.id().0);
        UnknownOutcome::new(question, hints::links_of(&self.owner.id().argument()))
    }
}

/// Makes a change to each of these links, and goes on past failures. Prints each failure as it
/// happens, unless there is only one link. Returns the results in the order of the links, and the
/// failure of the command. `verb` is the word for the change, such as `changing`.
pub(super) async fn change_all<T, F>(
    links: Vec<FoundLink>,
    verb: &str,
    session: &Session,
    change: impl Fn(FoundLink) -> F,
) -> (Vec<T>, Option<Failure>)
where
    F: Future<Output = Result<T, Failure>>,
{
    let count = links.len();
    let bar = Bar::start(session.terminal, format!("{verb} links"), count);
    // After Ctrl-C no change is started, and those in flight report that their outcome is unknown.
    let links = stream::iter(links).take_until(interrupt());
    let calls = links.map(|found| {
        let (owner, link) = (found.owner.id(), found.link.id().0);
        let call = change(found);
        async move {
            call.await.map_err(|failure| {
                let failure = failure.with_subject(&format!("link {link} of {owner}"));
                if let LinkOwnerId::Room(room) = &owner { failure.of(room) } else { failure }
            })
        }
    });
    let mut calls = std::pin::pin!(calls.buffered(PARALLEL_CHANGES));
    let (mut done, mut failures) = (Vec::new(), Vec::new());
    while let Some(outcome) = calls.next().await {
        bar.done();
        match outcome {
            Ok(result) => done.push(result),
            Err(failure) => {
                if count > 1 {
                    bar.suspend(|| failure.print(session.terminal.json_failures));
                }
                failures.push(failure);
            }
        }
    }
    let not_started = count - done.len() - failures.len();
    let failure = match failures.len() {
        _ if not_started > 0 => Some(
            Failure::interrupted()
                .advise(format!("run the command again for the {not_started} links that it left unchanged")),
        ),
        0 => None,
        1 if count == 1 => failures.pop(),
        failed => Some(Failure::several(&failures, format!("{verb} failed for {failed} of {count} links"))),
    };
    (done, failure)
}
