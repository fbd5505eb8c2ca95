//! The flag `--dry-run`.

use std::fmt;

use clap::Args;
use docspace::Room;

use crate::output::{Records, Report};
use crate::terminal::print_message;

/// A setting, and its value before and after a change.
#[derive(Debug)]
pub(crate) struct SettingChange {
    /// The name of the field for `--json`.
    pub(crate) setting: &'static str,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

impl fmt::Display for SettingChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |value: &Option<String>| value.as_deref().unwrap_or("none").to_owned();
        write!(f, "{}: {} → {}", self.setting, value(&self.old), value(&self.new))
    }
}

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

    /// Works like [`report`](Self::report), and prints the values that the change would set.
    pub(crate) fn with_values<R>(&self, change: &str, values: &[impl fmt::Display]) -> Report<R> {
        let colon = if values.is_empty() { "" } else { ":" };
        let report = self.report(&format!("{change}{colon}"));
        for value in values {
            print_message(&format!("  {value}"));
        }
        report
    }

    /// Works like [`report`](Self::report) for a change of a room or template.
    pub(crate) fn of_room<R>(&self, verb: &str, room: &Room) -> Report<R> {
        self.report(&format!("{verb} {}", described(room)))
    }

    /// Prints the settings of a room or template that the command would change, and returns an
    /// empty report.
    pub(crate) fn of_settings<R>(&self, room: &Room, changes: &[SettingChange]) -> Report<R> {
        let room = described(room);
        if changes.is_empty() {
            return self.report(&format!("change nothing, because {room} already has these settings"));
        }
        self.with_values(&format!("change {room}"), changes)
    }
}

/// Returns a text such as `room 17 “Audit”`.
pub(crate) fn described(room: &Room) -> String {
    let noun = if room.is_template() { "template" } else { "room" };
    format!("{noun} {} “{}”", room.id, room.title)
}
