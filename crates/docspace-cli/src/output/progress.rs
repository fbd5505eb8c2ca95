//! The progress bar: on standard error, and only if that is a terminal.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use docspace::Portal;
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
        Self::start_with(terminal, activity, total, String::new)
    }

    /// Shows the bar. `note` is asked for its end whenever the bar is drawn.
    fn start_with(
        terminal: Terminal,
        activity: impl Into<String>,
        total: usize,
        note: impl Fn() -> String + Clone + Send + Sync + 'static,
    ) -> Self {
        let hold = spinner::hold();
        let target = if terminal.stderr { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
        let template = if total > 1 {
            "{spinner} {prefix} {pos}/{len} {clock}{msg}{note}"
        } else {
            "{spinner} {prefix} {clock}{msg}{note}"
        };
        // The template is a valid constant, so the default is never used.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        // A message contains the time of its operation.
        let has_message = Arc::new(AtomicBool::new(false));
        let is_shown = Arc::clone(&has_message);
        let style = style.with_key("note", move |_: &ProgressState, out: &mut dyn Write| {
            // Writing to a string cannot fail.
            let _ = out.write_str(&note());
        });
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

    /// Shows the bar for `total` items, and when their calls wait for the limit of this portal.
    pub(crate) fn of_calls(terminal: Terminal, activity: impl Into<String>, total: usize, portal: &Portal) -> Self {
        let portal = portal.clone();
        Self::start_with(terminal, activity, total, move || spinner::limit_note(&portal).unwrap_or_default())
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
        self.advance(1);
    }

    /// Counts more items as done.
    pub(crate) fn advance(&self, count: usize) {
        self.0.bar.inc(u64::try_from(count).unwrap_or(u64::MAX));
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
