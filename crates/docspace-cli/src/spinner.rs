//! The spinner that commands show while they wait, on standard error.
//!
//! There is at most one spinner. It appears after a second, and it is hidden while a progress bar, a
//! message or a question is shown.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use docspace::Portal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// The time before a spinner or the clock of a progress bar appears.
pub(crate) const DELAY: Duration = Duration::from_secs(1);

/// The time between two frames of a spinner.
pub(crate) const FRAME_TIME: Duration = Duration::from_millis(100);

const FRAMES: [char; 8] = ['⠁', '⠂', '⠄', '⡀', '⢀', '⠠', '⠐', '⠈'];

struct State {
    /// The text of the spinner and the start of the wait, while a command runs.
    wait: Option<(String, Instant)>,
    /// The spinner, unless something else is shown.
    shown: Option<ProgressBar>,
    /// The number of progress bars, messages and questions that hide the spinner.
    hold_count: usize,
}

static STATE: Mutex<State> = Mutex::new(State { wait: None, shown: None, hold_count: 0 });

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn update(&mut self) {
        match &self.wait {
            Some((text, start)) if self.hold_count == 0 => {
                if self.shown.is_none() {
                    self.shown = Some(bar(text.clone(), start.elapsed()));
                }
            }
            _ => {
                if let Some(bar) = self.shown.take() {
                    bar.finish_and_clear();
                }
            }
        }
    }
}

fn bar(text: String, elapsed: Duration) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_elapsed(elapsed);
    // The template is a valid constant, so the default is never used.
    let style = ProgressStyle::with_template("{line}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style.with_key("line", move |state: &ProgressState, out: &mut dyn Write| {
        let elapsed = state.elapsed();
        if elapsed >= DELAY {
            let frame = usize::try_from(elapsed.as_millis() / FRAME_TIME.as_millis()).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = write!(out, "{} {text} ({} s)", FRAMES[frame % FRAMES.len()], elapsed.as_secs());
        }
    }));
    bar.enable_steady_tick(FRAME_TIME);
    bar
}

/// Shows the spinner until it is dropped.
#[must_use]
pub(crate) struct Spinner(());

impl Spinner {
    /// Starts the spinner for calls to this portal, if standard error is a terminal.
    pub(crate) fn start(portal: &Portal) -> Self {
        if io::stderr().is_terminal() {
            let host = portal.url().host_str().unwrap_or("the portal");
            let mut state = state();
            state.wait = Some((format!("waiting for {host}"), Instant::now()));
            state.update();
        }
        Self(())
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        let mut state = state();
        state.wait = None;
        state.update();
    }
}

/// Hides the spinner until it is dropped.
#[must_use]
pub(crate) struct Hold(());

/// Hides the spinner while something else is shown.
pub(crate) fn hold() -> Hold {
    let mut state = state();
    state.hold_count += 1;
    state.update();
    Hold(())
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut state = state();
        state.hold_count = state.hold_count.saturating_sub(1);
        state.update();
    }
}
