//! `docspace apply`.

use std::path::PathBuf;

use clap::Args;
use docspace_manifest::plan::{Plan, PlanOptions, plan};
use docspace_manifest::{Wanted, read};

use super::carry::carry_out;
use super::files::{FilesArgs, plan_failure};
use super::limits::LimitArgs;
use super::record::AppliedRecord;
use super::saved::SavedPlan;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace apply --file rooms.yaml
  docspace apply --file rooms/ --prune --yes
  docspace plan --file rooms/ --output plan.json && docspace apply plan.json

The plan is shown before the question. A saved plan is refused if the portal has changed since.
After an interruption, apply the manifest again: the command continues where it stopped, and repeats
no change. The command never deletes a room: at most it archives one. It never changes the owner of
a room or your own access. Folders that the manifest lists are created; no folder is renamed or
deleted, not even with --prune.

If a change fails, the command still makes the others, and the exit code is 1. The command stops if
the portal cannot be reached, does not accept the credentials or does not allow more calls.";

/// The arguments of `docspace apply`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(override_usage = "docspace apply [OPTIONS] --file <FILE|DIR>\n       docspace apply [OPTIONS] <PLAN>")]
pub(crate) struct ApplyArgs {
    /// Plan that `docspace plan --output` has saved
    #[arg(value_name = "PLAN", conflicts_with_all = ["files", "prune", "max_removals"])]
    saved: Option<PathBuf>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    limits: LimitArgs,
    /// Invite addresses without an account to the portal, as guests (default: fail for them)
    #[arg(long)]
    invite: bool,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for ApplyArgs {
    type Record = AppliedRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        if self.saved.is_none() {
            self.files.check()?;
        }
        self.safety.check_because("this command changes rooms", terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<AppliedRecord>, Failure> {
        let plan = match &self.saved {
            Some(path) => {
                let saved = SavedPlan::read(path, session.portal.url().as_str())?;
                plan_failure(saved.problems()).map_or(Ok(()), Err)?;
                let now = compare(session, &saved.wanted, &saved.options()).await?;
                saved.check_unmoved(&now)?;
                now
            }
            None => compare(session, &self.files.load()?, &self.limits.options()).await?,
        };
        carry_out(session, &plan, &self.safety, self.invite).await
    }
}

async fn compare(session: &Session, wanted: &Wanted, options: &PlanOptions) -> Result<Plan, Failure> {
    Ok(plan(wanted, &read(&session.portal, wanted).await?, options))
}
