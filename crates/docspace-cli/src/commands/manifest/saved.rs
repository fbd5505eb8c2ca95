//! Plans in files.

use std::path::Path;

use docspace_manifest::plan::{MaxRemovals, Plan, PlanOptions, Prune};
use docspace_manifest::{Problem, Wanted};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::files::misplaced;
use crate::failure::Failure;
use crate::input;
use crate::report::OutputFile;

/// The form of the file. Another version of the program may write another one.
const FORM: u32 = 1;

/// A plan with everything that is needed to make it again.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SavedPlan {
    form: u32,
    portal: String,
    prune: Prune,
    max_removals: MaxRemovals,
    pub(super) wanted: Wanted,
    pub(super) plan: Plan,
}

impl SavedPlan {
    pub(super) fn new(portal: String, options: &PlanOptions, wanted: Wanted, plan: Plan) -> Self {
        Self { form: FORM, portal, prune: options.prune, max_removals: options.max_removals, wanted, plan }
    }

    /// Writes the plan to a [file for secrets](OutputFile::create_secret), because it contains
    /// passwords.
    pub(super) fn write(&self, file: OutputFile) -> Result<(), Failure> {
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|error| Failure::local(format!("cannot write the plan: {error}")))?;
        text.push(b'\n');
        file.write(&text)
    }

    /// Reads a plan that was made for this portal.
    pub(super) fn read(path: &Path, portal: &str) -> Result<Self, Failure> {
        if path.is_dir() {
            return Err(misplaced("apply", &path.to_string_lossy()));
        }
        let text = input::read_text(&path.to_string_lossy())?;
        let unusable = |reason: String| {
            let failure = Failure::usage(format!("cannot use the plan {}: {reason}", path.display()));
            failure.advise("make a plan with `docspace plan --file FILE --output PLAN`")
        };
        let saved: Self = match serde_json::from_str(&text) {
            Ok(saved) => saved,
            Err(_) if is_manifest(path, &text) => return Err(misplaced("apply", &path.to_string_lossy())),
            Err(error) => return Err(unusable(format!("it is not a saved plan: {error}"))),
        };
        if saved.form != FORM {
            return Err(unusable("another version of the program wrote it".to_owned()));
        }
        if saved.portal != portal {
            return Err(unusable(format!("it is for the portal {}, not for {portal}", saved.portal)));
        }
        Ok(saved)
    }

    /// The options with which the plan was made, and the present.
    pub(super) fn options(&self) -> PlanOptions {
        PlanOptions { prune: self.prune, max_removals: self.max_removals, ..PlanOptions::default() }
    }

    /// Fails if a plan that is made now would do something else.
    pub(super) fn check_unmoved(&self, now: &Plan) -> Result<(), Failure> {
        if self.plan == *now {
            return Ok(());
        }
        let failure = Failure::conflict("the portal has changed since the plan was made, so nothing was changed");
        Err(failure.advise(
            "make a new plan with `docspace plan --file FILE --output PLAN` and check it; to continue an interrupted \
             apply, run `docspace apply --file FILE`",
        ))
    }

    /// The problems that the plan had when it was made.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.plan.problems
    }
}

/// Whether a file is a manifest in the place of a saved plan.
fn is_manifest(path: &Path, text: &str) -> bool {
    let is_yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    is_yaml || serde_json::from_str::<Value>(text).is_ok_and(|file| file.get("rooms").is_some())
}
