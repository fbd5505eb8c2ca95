//! The flag `--dry-run`.

use clap::Args;
use docspace::Room;

use crate::output::{Records, Report};
use crate::terminal::print_message;

/// The flag `--dry-run`, for commands that change something.
#[derive(Debug, Args)]
pub(crate) struct DryRunArgs {
    /// Show what the command would change, without changing it
    #[arg(long, display_order = 800)]
    dry_run: bool,
}

impl DryRunArgs {
    /// Whether the command must not change anything.
    pub(crate) fn is_set(&self) -> bool {
        self.dry_run
    }

    /// Prints the change that the command would make, such as `delete tag audit`, and returns an
    /// empty report.
    pub(crate) fn report<R>(&self, change: &str) -> Report<R> {
        print_message(&format!("dry run: would {change}"));
        Records::None.into()
    }

    /// Works like [`report`](Self::report) for a change of a room or template.
    pub(crate) fn of_room<R>(&self, verb: &str, room: &Room) -> Report<R> {
        let noun = if room.is_template() { "template" } else { "room" };
        self.report(&format!("{verb} {noun} {} “{}”", room.id, room.title))
    }
}
