//! Shows a plan, asks, and carries it out.

use docspace_manifest::apply::{Applied, ApplyError, ApplyOptions, Done, apply};
use docspace_manifest::plan::Plan;

use super::files::plan_failure;
use super::record::AppliedRecord;
use crate::args::SafetyArgs;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
use crate::prompt;
use crate::session::Session;
use crate::terminal::{Terminal, print_lines};

/// Shows a plan, asks, and carries it out. A dry run only shows it.
pub(crate) async fn carry_out(
    session: &Session,
    plan: &Plan,
    safety: &SafetyArgs,
    invite: bool,
) -> Result<Report<AppliedRecord>, Failure> {
    let is_dry = safety.dry_run.is_set();
    if is_dry || safety.must_ask() {
        print_lines(&plan.to_text());
    }
    plan_failure(&plan.problems).map_or(Ok(()), Err)?;
    if is_dry {
        return Ok(safety.dry_run.report(&format!("make {}", count(plan))));
    }
    if !plan.differs() {
        return Ok(Report::from(Records::List(Vec::new())).note(plan.summary()));
    }
    if safety.must_ask() {
        prompt::confirm(&format!("Make {}?", count(plan)))?;
    }
    let options = if invite { ApplyOptions::default().invite_unknown() } else { ApplyOptions::default() };
    let actions = plan.rooms.iter().map(|room| room.actions.len()).sum();
    let bar = Bar::start(session.terminal, "applying", actions);
    let applied = apply(&session.portal, plan, &options, |_| bar.done()).await.map_err(failure)?;
    drop(bar);
    let summary = Some(format!("made {} of {}", done(&applied), count(plan)));
    let failed = failed(plan, &applied, session.terminal);
    Ok(Report::from(Records::List(AppliedRecord::all(plan, &applied))).summary(summary).failing(failed))
}

/// Returns a phrase such as `3 changes`.
fn count(plan: &Plan) -> String {
    match plan.rooms.iter().map(|room| room.actions.len()).sum() {
        1_usize => "1 change".to_owned(),
        count => format!("{count} changes"),
    }
}

/// Returns the number of actions that were carried out.
fn done(applied: &Applied) -> usize {
    applied.rooms.iter().flat_map(|room| &room.actions).filter(|done| done.is_done()).count()
}

/// Prints what failed, and returns the failure of the command.
fn failed(plan: &Plan, applied: &Applied, terminal: Terminal) -> Option<Failure> {
    let mut failures = Vec::new();
    let mut skipped = 0;
    for (room, action, done) in applied.not_done(plan) {
        match done {
            Done::Failed(error) => {
                let failure = failure(error.clone()).with_subject(&format!("{}, {action}", room.title));
                failure.print(terminal.json_failures);
                failures.push(failure);
            }
            _ => skipped += 1,
        }
    }
    if failures.is_empty() {
        return None;
    }
    let skipped = if skipped == 0 { String::new() } else { format!(", and {skipped} were not tried because of them") };
    let message = format!("{} of {} failed{skipped}", failures.len(), count(plan));
    Some(Failure::several(&failures, message).advise("see the errors above, and run the command again"))
}

fn failure(error: ApplyError) -> Failure {
    match error {
        ApplyError::Call(error) => error.into(),
        other => Failure::local(other.to_string()).advise("make a new plan, and check it"),
    }
}
