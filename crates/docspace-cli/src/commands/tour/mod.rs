//! `docspace tour`: the three workflows from beginning to end, for whoever wants to see them work.

mod cleanup;
mod guide;
mod links;
mod rooms;
mod templates;

use docspace::Portal;
use docspace_mock::{Clock, MockPortal};
use uuid::Uuid;

use self::guide::Guide;
use crate::app::App;
use crate::failure::Failure;
use crate::interrupt::{interrupt, next_interrupt};
use crate::session::Session;
use crate::terminal::write;

/// Where the tour goes.
#[derive(Debug, clap::Args)]
pub(crate) struct TourArgs {
    /// Use the portal you are logged in to, and leave nothing behind on it
    #[arg(long)]
    live: bool,
}

impl TourArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        if self.live {
            let session = app.session()?;
            // What the tour makes is told from everything else by this mark. A portal replaces many other characters.
            let mark = format!("tour-{} ", &Uuid::new_v4().simple().to_string()[..8]);
            write(&format!(
                "A tour of {}, in rooms whose titles begin with “{}”\n",
                address(&session.portal),
                mark.trim()
            ))?;
            return walk(Guide::new(session, mark), true).await;
        }
        let mock = MockPortal::builder().clock(Clock::real()).start().await?;
        let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
        let session = Session { portal, terminal: app.terminal };
        write(&format!("A tour of a mock portal on {}, started for it\n", mock.url()))?;
        let outcome = walk(Guide::new(session, String::new()), false).await;
        mock.shutdown().await;
        outcome
    }
}

/// As people write it.
fn address(portal: &Portal) -> &str {
    portal.url().as_str().trim_end_matches('/')
}

/// All of it, and what has to be done at the end.
async fn walk(mut guide: Guide, live: bool) -> Result<(), Failure> {
    let outcome = tokio::select! {
        outcome = chapters(&mut guide) => outcome,
        () = interrupt() => Err(Failure::interrupted()),
    };
    // The mock portal is gone after this anyway.
    let left = if live { clean_up(&mut guide, outcome.as_ref().err()).await } else { Ok(()) };
    guide.summary(outcome.as_ref().err())?;
    outcome.and(left)
}

/// Removes what is left, unless somebody has no patience for that either. The step that failed is told at the end, so
/// what went wrong here is told at once.
async fn clean_up(guide: &mut Guide, failure: Option<&Failure>) -> Result<(), Failure> {
    let left = cleanup::may_be_left(guide);
    let ended = tokio::select! {
        ended = cleanup::run(guide, failure) => ended,
        () = next_interrupt() => Err(left),
    };
    match (ended, failure) {
        (Err(left), Some(_)) => {
            left.print(guide.session.terminal.json_failures);
            Ok(())
        }
        (ended, _) => ended,
    }
}

async fn chapters(guide: &mut Guide) -> Result<(), Failure> {
    rooms::walk(guide).await?;
    links::walk(guide).await?;
    templates::walk(guide).await
}
