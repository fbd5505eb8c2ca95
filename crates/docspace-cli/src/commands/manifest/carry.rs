//! Shows a plan, asks, and carries it out.

use std::sync::atomic::{AtomicUsize, Ordering};

use docspace_manifest::apply::{Applied, ApplyError, ApplyOptions, Done, apply, check};
use docspace_manifest::plan::Plan;

use super::files::plan_failure;
use super::record::AppliedRecord;
use crate::args::SafetyArgs;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::output::{Bar, Records, Report};
use crate::prompt;
use crate::session::Session;
use crate::terminal::{Terminal, print_lines};
use crate::text::counted;

/// The advice about people without an account.
const INVITE: &str = "check the spelling, or add --invite to invite them to the portal";

/// Shows a plan, asks, and carries it out. A dry run only shows it.
pub(crate) async fn carry_out(
    session: &Session,
    plan: &Plan,
    safety: &SafetyArgs,
    invite: bool,
) -> Result<Report<AppliedRecord>, Failure> {
    plan_failure(&plan.problems).map_or(Ok(()), Err)?;
    let options = if invite { ApplyOptions::default().invite_unknown() } else { ApplyOptions::default() };
    check(plan, &options).map_err(failure)?;
    let is_dry = safety.dry_run.is_set();
    if is_dry || safety.must_ask() || !plan.differs() {
        print_lines(&plan.to_text());
    }
    let changes = count(plan.change_count());
    if is_dry {
        return Ok(safety.dry_run.report(&format!("make {changes}")));
    }
    if !plan.differs() {
        return Ok(Records::List(Vec::new()).into());
    }
    if safety.must_ask() {
        prompt::confirm(&format!("Make {changes}?"))?;
    }
    let bar = Bar::of_calls(session.terminal, "applying", plan.change_count(), &session.portal);
    let tried = AtomicUsize::new(0);
    let applied = apply(&session.portal, plan, &options, |event| {
        tried.fetch_add(event.action.count(), Ordering::Relaxed);
        bar.advance(event.action.count());
    });
    let applied = unless_interrupted(applied).await;
    drop(bar);
    let interrupted = || {
        let tried = tried.load(Ordering::Relaxed);
        Failure::interrupted().advise(format!("after {tried} of {changes}; apply again to continue"))
    };
    let applied = applied.ok_or_else(interrupted)?.map_err(failure)?;
    let summary = Some(format!("made {} of {changes}", applied.done_count(plan)));
    let failed = failed(plan, &applied, session.terminal);
    Ok(Report::from(Records::List(AppliedRecord::all(plan, &applied))).summary(summary).failing(failed))
}

/// Returns a phrase such as `3 changes`.
fn count(changes: usize) -> String {
    counted(changes, "change", "changes")
}

/// Prints what failed, and returns the failure of the command.
fn failed(plan: &Plan, applied: &Applied, terminal: Terminal) -> Option<Failure> {
    let (mut failed, mut skipped) = (0, 0);
    for (room, action, done) in applied.not_done(plan) {
        match done {
            Done::Failed(error) => {
                failure(error.clone()).with_subject(&format!("{}, {action}", room.title)).print(terminal.json_failures);
                failed += action.count();
            }
            _ => skipped += action.count(),
        }
    }
    let message = match (failed, skipped) {
        (0, 0) => return None,
        (_, 0) => format!("{failed} of {} failed", count(plan.change_count())),
        (_, _) => {
            let skipped = counted(skipped, "was not tried", "were not tried");
            format!("{failed} of {} failed, and {skipped}", count(plan.change_count()))
        }
    };
    Some(match applied.stopped {
        Some(_) => Failure::incomplete(format!("the command stopped early: {message}"))
            .advise("see the errors above, then run the command again: it continues"),
        None => Failure::incomplete(message).advise("see the errors above, then run the command again"),
    })
}

fn failure(error: ApplyError) -> Failure {
    match error {
        ApplyError::WithoutAccount(people) => {
            let message = "these people have no account on the portal, so nothing was changed:";
            let failure = Failure::not_found(message).listing(people.iter().map(String::as_str));
            failure.advise(INVITE)
        }
        // The advice of the library names its own method.
        ApplyError::Call(error) if error.advice().contains("invite_unknown") => Failure::from(error).advise(INVITE),
        ApplyError::Call(error) => error.into(),
        other => Failure::local(other.to_string()).advise("make a new plan with `docspace plan`, and check it"),
    }
}
