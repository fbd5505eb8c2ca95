//! The progress bar: on standard error, and only if that is a terminal.

use std::sync::Arc;
use std::time::Duration;

use docspace::waiting::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::Terminal;
use crate::text::plain;

/// A progress line. It is removed when its last clone is dropped.
#[derive(Clone)]
pub(crate) struct Bar(Arc<Line>);

struct Line(ProgressBar);

impl Bar {
    /// Shows the bar for `total` items. `activity` is a verb phrase such as `archiving rooms`.
    pub(crate) fn start(terminal: Terminal, activity: impl Into<String>, total: usize) -> Self {
        let target = if terminal.stderr { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
        let template = if total > 1 { "{spinner} {prefix} {pos}/{len} {msg}" } else { "{spinner} {prefix} {msg}" };
        // The template is a valid constant, so the default is never used.
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.set_prefix(plain(&activity.into()));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(Arc::new(Line(bar)))
    }

    /// Shows the progress of one operation on the subject, such as `room 17`.
    pub(crate) fn show(&self, subject: &str, now: &Progress) {
        let subject = plain(subject);
        let percent = now.percent.map(|percent| format!(" {percent}%")).unwrap_or_default();
        let space = if subject.is_empty() { "" } else { ": " };
        self.0.0.set_message(format!("({subject}{space}{}{percent}, {} s)", now.stage, now.elapsed.as_secs()));
    }

    /// Counts one more item as done.
    pub(crate) fn done(&self) {
        self.0.0.inc(1);
    }

    /// Hides the bar while `write` prints lines.
    pub(crate) fn suspend<R>(&self, write: impl FnOnce() -> R) -> R {
        self.0.0.suspend(write)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
