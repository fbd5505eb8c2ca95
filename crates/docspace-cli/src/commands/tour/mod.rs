//! `docspace tour`: runs the workflows for rooms, links and templates step by step and prints each
//! step.

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

const EXAMPLES: &str = "Examples:
  docspace tour
  docspace tour --live";

/// The flags of `docspace tour`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TourArgs {
    /// Run on the portal that you are logged in to; the tour deletes everything that it creates
    #[arg(long)]
    live: bool,
}

impl TourArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        if self.live {
            let session = app.session()?;
            // The prefix identifies the rooms and templates of this tour. It contains only
            // characters that the portal stores unchanged.
            let title_prefix = format!("tour-{} ", &Uuid::new_v4().simple().to_string()[..8]);
            write(&format!(
                "Tour of {}; the titles of all its rooms and templates begin with “{}”\n",
                address(&session.portal),
                title_prefix.trim()
            ))?;
            return run(Guide::new(session, title_prefix), true).await;
        }
        let mock = MockPortal::builder().clock(Clock::real()).start().await;
        let mock = mock.map_err(|error| {
            Failure::local(format!("cannot start the mock portal: {error}"))
                .advise("check that programs on this computer can listen on 127.0.0.1")
        })?;
        let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
        let session = Session { portal, terminal: app.terminal };
        write(&format!("Tour of a temporary mock portal at {}\n", mock.url()))?;
        let outcome = run(Guide::new(session, String::new()), false).await;
        mock.shutdown().await;
        outcome
    }
}

/// Returns the address of the portal without the slash at its end.
fn address(portal: &Portal) -> &str {
    portal.url().as_str().trim_end_matches('/')
}

/// Runs all chapters, cleans up a real portal, and prints the summary.
async fn run(mut guide: Guide, live: bool) -> Result<(), Failure> {
    let outcome = tokio::select! {
        outcome = chapters(&mut guide) => outcome,
        () = interrupt() => Err(Failure::interrupted()),
    };
    // The temporary mock portal needs no cleanup.
    let cleanup = if live { clean_up(&mut guide, outcome.as_ref().err()).await } else { Ok(()) };
    guide.summary(outcome.as_ref().err())?;
    outcome.and(cleanup)
}

/// Cleans up, until it is done or Ctrl-C is pressed again. If a step failed, that failure is the
/// outcome of the command, so a failure of the cleanup is printed here.
async fn clean_up(guide: &mut Guide, failure: Option<&Failure>) -> Result<(), Failure> {
    let interrupted = cleanup::incomplete(guide);
    let ended = tokio::select! {
        ended = cleanup::run(guide, failure) => ended,
        () = next_interrupt() => Err(interrupted),
    };
    match (ended, failure) {
        (Err(incomplete), Some(_)) => {
            incomplete.print(guide.session.terminal.json_failures);
            Ok(())
        }
        (ended, _) => ended,
    }
}

async fn chapters(guide: &mut Guide) -> Result<(), Failure> {
    rooms::run(guide).await?;
    links::run(guide).await?;
    templates::run(guide).await
}
