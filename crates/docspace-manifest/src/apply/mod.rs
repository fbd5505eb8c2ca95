//! Applying a plan: the runner that carries its actions out.
//!
//! - Rooms are changed side by side, the actions of a room in the order of the plan. The client
//!   keeps to the limits of the portal.
//! - Room groups come after all rooms, one after the other, so that no group is created twice. The
//!   archive is last.
//! - An action that fails does not stop the others, except where they depend on it: without its
//!   room or its outer folder, nothing is done in it, and a room of which something failed is not
//!   archived.
//! - The run ends early if no call can succeed: the portal cannot be reached, refuses the
//!   credentials, or does not allow more calls in this day. Actions that have begun are finished.
//! - The future can be dropped at any moment, and the program can be killed. The next plan
//!   continues. Nothing is made twice: rooms and folders are searched for before they are
//!   created, and links have ids that are derived from the manifest.

mod create;
mod failure;
mod folders;
mod groups;
mod links;
mod members;
mod outcome;
mod room;
mod settings;
mod step;
mod stop;

use docspace::Portal;
pub use failure::ApplyError;
use futures::{StreamExt, stream};
pub use outcome::{Applied, AppliedRoom, Done, Event};

use self::groups::Groups;
use self::room::RoomRun;
use self::step::Stage;
use self::stop::Stop;
use crate::plan::{Action, Plan};
use crate::problem::Problems;

/// How many rooms are changed at the same time.
const AT_ONCE: usize = 4;

/// How a plan is applied.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ApplyOptions {
    /// Invites people without an account as guests. By default, an unknown address is an error, so
    /// that a typo does not create an account.
    pub invite_unknown: bool,
}

impl ApplyOptions {
    /// Invites people without an account as guests.
    #[must_use]
    pub fn invite_unknown(mut self) -> Self {
        self.invite_unknown = true;
        self
    }
}

/// Applies a plan. `on_event` is called after each action.
///
/// ```
/// use docspace_manifest::apply::{ApplyOptions, apply};
/// use docspace_manifest::plan::{PlanOptions, plan};
/// use docspace_manifest::{Source, parse, read};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// # let mock = docspace_mock::MockPortal::builder().start().await?;
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let file = "rooms: [{title: Audit, type: custom, links: {For the client: {access: read}}}]";
/// let wanted = parse(&[Source::new("rooms.yaml", file)])?;
///
/// let plan_now = plan(&wanted, &read(&portal, &wanted).await?, &PlanOptions::default());
/// let applied = apply(&portal, &plan_now, &ApplyOptions::default(), |_| {}).await?;
/// assert!(applied.is_complete());
///
/// let again = plan(&wanted, &read(&portal, &wanted).await?, &PlanOptions::default());
/// assert!(!again.differs());
/// # Ok(()) })
/// # }
/// ```
///
/// # Errors
///
/// - [`ApplyError::Problems`]: the plan has problems. Nothing was sent.
/// - [`ApplyError::WithoutAccount`]: new members have no account on the portal, and the options do
///   not allow to invite them. Nothing was sent.
/// - [`ApplyError::Call`]: it is not known who the caller is, so no room can be created. Nothing
///   was changed.
///
/// What fails later is in the result.
pub async fn apply(
    portal: &Portal,
    plan: &Plan,
    options: &ApplyOptions,
    on_event: impl Fn(Event<'_>),
) -> Result<Applied, ApplyError> {
    check(plan, options)?;
    let on_event: &dyn Fn(Event<'_>) = &on_event;
    let creates = plan.rooms.iter().any(|room| matches!(room.actions.first(), Some(Action::Create { .. })));
    let me = if creates { Some(portal.my_id().await?) } else { None };
    let stop = Stop::default();
    let mut runs: Vec<RoomRun<'_>> = plan
        .rooms
        .iter()
        .map(|room| RoomRun::new(portal, me, &plan.manifest, room, options, on_event, &stop))
        .collect();
    side_by_side(&mut runs, Stage::Room).await;
    let mut groups = Groups::new(portal);
    for run in &mut runs {
        run.run_groups(&mut groups).await;
    }
    side_by_side(&mut runs, Stage::Archive).await;
    let rooms = runs.into_iter().map(RoomRun::finish).collect();
    Ok(Applied { rooms, stopped: stop.into_reason() })
}

/// Checks that a plan can be applied. Sends nothing. [`apply`] does this first.
///
/// # Errors
///
/// - [`ApplyError::Problems`]: the plan has problems.
/// - [`ApplyError::WithoutAccount`]: new members have no account on the portal, and the options do
///   not allow to invite them.
pub fn check(plan: &Plan, options: &ApplyOptions) -> Result<(), ApplyError> {
    if !plan.problems.is_empty() {
        return Err(ApplyError::Problems(Problems(plan.problems.clone())));
    }
    if !options.invite_unknown && !plan.without_account.is_empty() {
        return Err(ApplyError::WithoutAccount(plan.without_account.iter().cloned().collect()));
    }
    Ok(())
}

async fn side_by_side(runs: &mut [RoomRun<'_>], stage: Stage) {
    stream::iter(runs).map(|run| run.run(stage)).buffer_unordered(AT_ONCE).collect::<()>().await;
}
