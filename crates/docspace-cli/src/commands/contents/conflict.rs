//! The flag `--on-conflict`.

use clap::{Args, ValueEnum};
use docspace::folders::ConflictRule;

/// What happens to titles that the target contains already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// Skip files that exist, and merge folders
    Skip,
    /// Add new versions to files that exist, and merge folders
    Overwrite,
    /// Give copies another title, such as `plan (1).txt`; moved files keep their title
    Duplicate,
}

/// The flag `--on-conflict`, for commands that copy or move.
#[derive(Debug, Args)]
pub(crate) struct ConflictArgs {
    /// Choose what to do if the target already contains a title (default: fail, and copy or move
    /// nothing)
    #[arg(long, value_name = "RULE")]
    on_conflict: Option<OnConflict>,
}

impl ConflictArgs {
    /// The rule, if there is one.
    pub(crate) fn rule(&self) -> Option<ConflictRule> {
        self.on_conflict.map(|rule| match rule {
            OnConflict::Skip => ConflictRule::Skip,
            OnConflict::Overwrite => ConflictRule::Overwrite,
            OnConflict::Duplicate => ConflictRule::Duplicate,
        })
    }
}
