//! The progress bar: on standard error, and only if that is a terminal.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use docspace::waiting::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::spinner::{self, DELAY, FRAME_TIME, Hold};
use crate::terminal::Terminal;
use crate::text::plain;

/// A progress line. It is removed when its last clone is dropped.
#[derive(Clone)]
pub(crate) struct Bar(Arc<Line>);

struct Line {
    bar: ProgressBar,
    has_message: Arc<AtomicBool>,
    _hold: Hold,
}

impl Bar {
    /// Shows the bar for `total` items. `activity` is a verb phrase such as `archiving rooms`.
    pub(crate) fn start(terminal: Terminal, activity: impl Into<String>, total: usize) -> Self {
        let hold = spinner::hold();
        let target = if terminal.stderr { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
        let template =
            if total > 1 { "{spinner} {prefix} {pos}/{len} {clock}{msg}" } else { "{spinner} {prefix} {clock}{msg}" };
        // The template is a valid constant, so the default is never used.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        // A message contains the time of its operation.
        let has_message = Arc::new(AtomicBool::new(false));
        let is_shown = Arc::clone(&has_message);
        bar.set_style(style.with_key("clock", move |state: &ProgressState, out: &mut dyn Write| {
            let elapsed = state.elapsed();
            if elapsed >= DELAY && !is_shown.load(Ordering::Relaxed) {
                // Writing to a string cannot fail.
                let _ = write!(out, "({} s) ", elapsed.as_secs());
            }
        }));
        bar.set_prefix(plain(&activity.into()));
        bar.enable_steady_tick(FRAME_TIME);
        Self(Arc::new(Line { bar, has_message, _hold: hold }))
    }

    /// Shows the progress of one operation on the subject, such as `room 17`.
    pub(crate) fn show(&self, subject: &str, now: &Progress) {
        let subject = plain(subject);
        self.0.has_message.store(true, Ordering::Relaxed);
        let percent = now.percent.map(|percent| format!(" {percent}%")).unwrap_or_default();
        let space = if subject.is_empty() { "" } else { ": " };
        self.0.bar.set_message(format!("({subject}{space}{}{percent}, {} s)", now.stage, now.elapsed.as_secs()));
    }

    /// Counts one more item as done.
    pub(crate) fn done(&self) {
        self.0.bar.inc(1);
    }

    /// Hides the bar while `write` prints lines.
    pub(crate) fn suspend<R>(&self, write: impl FnOnce() -> R) -> R {
        self.0.bar.suspend(write)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
