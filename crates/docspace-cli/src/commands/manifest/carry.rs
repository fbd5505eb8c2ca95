//! Shows a plan, asks, and carries it out.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use docspace::Portal;
use docspace_manifest::apply::{Applied, ApplyError, ApplyOptions, Done, apply};
use docspace_manifest::plan::{Action, Plan};

use super::files::plan_failure;
use super::record::AppliedRecord;
use crate::args::SafetyArgs;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
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
    plan_failure(&plan.problems).map_or(Ok(()), Err)?;
    if !invite {
        check_people(&session.portal, plan).await?;
    }
    let is_dry = safety.dry_run.is_set();
    if is_dry || safety.must_ask() || !plan.differs() {
        print_lines(&plan.to_text());
    }
    if is_dry {
        return Ok(safety.dry_run.report(&format!("make {}", count(plan))));
    }
    if !plan.differs() {
        return Ok(Records::List(Vec::new()).into());
    }
    if safety.must_ask() {
        prompt::confirm(&format!("Make {}?", count(plan)))?;
    }
    let options = if invite { ApplyOptions::default().invite_unknown() } else { ApplyOptions::default() };
    let actions = plan.rooms.iter().map(|room| room.actions.len()).sum();
    let bar = Bar::start(session.terminal, "applying", actions);
    let tried = AtomicUsize::new(0);
    let applied = apply(&session.portal, plan, &options, |_| {
        tried.fetch_add(1, Ordering::Relaxed);
        bar.done();
    });
    let applied = unless_interrupted(applied).await;
    drop(bar);
    let interrupted = || {
        let tried = tried.load(Ordering::Relaxed);
        Failure::interrupted().advise(format!("after {tried} of {}; apply again to continue", count(plan)))
    };
    let applied = applied.ok_or_else(interrupted)?.map_err(failure)?;
    let summary = Some(format!("made {} of {}", done(&applied), count(plan)));
    let failed = failed(plan, &applied, session.terminal);
    Ok(Report::from(Records::List(AppliedRecord::all(plan, &applied))).summary(summary).failing(failed))
}

/// Fails if people who are to become members have no account. Nothing was changed then.
async fn check_people(portal: &Portal, plan: &Plan) -> Result<(), Failure> {
    let new: BTreeSet<&str> = plan.rooms.iter().flat_map(|room| &room.actions).filter_map(new_person).collect();
    let mut unknown = Vec::new();
    for address in new {
        match portal.people().find(address).await {
            Ok(Some(_)) => {}
            Ok(None) => unknown.push(address),
            // Without the right to read people, the call that adds them reports unknown ones.
            Err(error) if error.is_forbidden() => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let failure = Failure::not_found("these people have no account on the portal, so nothing was changed:");
    Err(failure.listing(unknown).advise("check the spelling, or add --invite to invite them to the portal"))
}

/// The address of a person that an action adds to a room.
fn new_person(action: &Action) -> Option<&str> {
    match action {
        Action::Give { member, before: None, .. } if !member.is_group && member.id.is_none() => Some(&member.name),
        _ => None,
    }
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
        // The advice of the library names its own method.
        ApplyError::Call(error) if error.advice().contains("invite_unknown") => {
            Failure::from(error).advise("check the spelling, or add --invite to invite people to the portal")
        }
        ApplyError::Call(error) => error.into(),
        other => Failure::local(other.to_string()).advise("make a new plan, and check it"),
    }
}
