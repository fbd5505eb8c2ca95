//! Carrying out the plan: owners first, then members, then the account.

use docspace::{Portal, RoomHandle};
use futures::{FutureExt, TryFutureExt};

use super::plan::{Plan, RoomStep, state};
use crate::commands::people::status;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::interrupt::interrupt;
use crate::output::{Bar, Records, Report};
use crate::session::Session;
use crate::waiting::change;

/// Carries out the plan. A failure does not stop the other steps.
pub(super) async fn all(session: &Session, mut plan: Plan) -> Result<Report<RoomStep>, Failure> {
    let count = plan.steps.iter().filter(|step| step.hand_over || step.remove).count();
    let mut run = Run { session, bar: Bar::start(session.terminal, "changing rooms", count), failures: Vec::new() };
    let (heir, leaver) = (plan.heir.id, plan.leaver.id);
    for step in plan.steps.iter_mut().filter(|step| step.hand_over) {
        let unknown = UnknownOutcome::new(format!("who owns room {}", step.id), hints::room(&step.id));
        let handle = session.portal.room(&step.id);
        let ends_here = !step.remove;
        let changed = run.step(step, change(&unknown, handle.change_owner(heir)).map_ok(drop)).await;
        if changed && ends_here {
            step.state = state::DONE;
            run.bar.done();
        }
    }
    for step in plan.steps.iter_mut().filter(|step| step.remove && step.state == state::PLANNED) {
        let handle = session.portal.room(&step.id);
        let unknown = UnknownOutcome::new(
            format!("whether the person was removed from room {}", step.id),
            format!("docspace members list {}", step.id),
        );
        let removed = run.step(step, remove(&handle, leaver, &unknown)).await;
        if removed {
            step.state = state::DONE;
            run.bar.done();
        }
    }
    let disabled = run.disable(&session.portal, &plan).await;
    Ok(run.report(plan, disabled))
}

/// Removes the person from the room.
async fn remove(
    room: &RoomHandle,
    person: docspace::people::PersonId,
    unknown: &UnknownOutcome,
) -> Result<(), Failure> {
    change(unknown, room.members().set().remove(person).send()).await.map(drop)
}

/// A run, and its failures so far.
struct Run<'s> {
    session: &'s Session,
    bar: Bar,
    failures: Vec<Failure>,
}

impl Run<'_> {
    /// Does one part of a step unless Ctrl-C was pressed. Returns whether it succeeded.
    async fn step(&mut self, step: &mut RoomStep, work: impl Future<Output = Result<(), Failure>>) -> bool {
        if interrupt().now_or_never().is_some() {
            return false;
        }
        match work.await {
            Ok(()) => true,
            Err(failure) => {
                step.state = state::FAILED;
                step.reason = Some(failure.message().to_owned());
                let failure = failure.of(&step.id).with_subject(&format!("room {}", step.id));
                self.bar.suspend(|| failure.print(self.session.terminal.json_failures));
                self.failures.push(failure);
                false
            }
        }
    }

    /// Disables the account if all steps succeeded. Returns whether it is disabled.
    async fn disable(&mut self, portal: &Portal, plan: &Plan) -> bool {
        let is_interrupted = interrupt().now_or_never().is_some();
        if !plan.must_disable() || !self.failures.is_empty() || is_interrupted {
            return plan.leaver.is_disabled();
        }
        match status::disable(portal, &plan.leaver).await {
            Ok(()) => true,
            Err(failure) => {
                self.bar.suspend(|| failure.print(self.session.terminal.json_failures));
                self.failures.push(failure);
                false
            }
        }
    }

    fn report(self, plan: Plan, is_disabled: bool) -> Report<RoomStep> {
        let name = plan.name();
        let kept = plan.steps.iter().filter(|step| step.keeps_access()).count();
        let rooms = if kept == 1 { "1 room".to_owned() } else { format!("{kept} rooms") };
        let failure = if interrupt().now_or_never().is_some() {
            Some(Failure::interrupted().advise("run the command again for what is left"))
        } else if !self.failures.is_empty() {
            let account = if plan.must_disable() && !is_disabled { "; the account is not disabled" } else { "" };
            let failed = self.failures.len();
            let steps = if failed == 1 { "step" } else { "steps" };
            let message = format!("{failed} {steps} failed{account}");
            let advice = "see the errors above, then run the command again for what is left";
            Some(Failure::several(&self.failures, message).advise(advice))
        } else if kept > 0 && !is_disabled {
            let advice = "see the reasons of these rooms, or add --disable, so that the person can no longer sign in";
            Some(Failure::local(format!("{name} keeps access to {rooms}")).advise(advice))
        } else {
            None
        };
        let report = Report::from(Records::List(plan.steps)).failing(failure);
        match is_disabled {
            true => report.note(format!("the account of {name} is disabled")),
            false => report,
        }
    }
}
