//! The spinner that commands show while they wait, on standard error.
//!
//! There is at most one spinner. It appears after a second, and it is hidden while a progress bar,
//! a message or a question is shown.

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
    /// The portal and the start of the wait, while a command runs.
    wait: Option<(Portal, Instant)>,
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
            Some((portal, start)) if self.hold_count == 0 => {
                if self.shown.is_none() {
                    self.shown = Some(bar(portal.clone(), start.elapsed()));
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

/// Returns a note while the calls to this portal wait for its limit. Shorter pauses are not worth a
/// note.
pub(crate) fn limit_note(portal: &Portal) -> Option<String> {
    let pause = portal.throttled_for().filter(|pause| *pause >= DELAY)?;
    Some(format!("waiting {} s for the limit of calls a minute", pause.as_secs()))
}

fn bar(portal: Portal, elapsed: Duration) -> ProgressBar {
    let host = portal.url().host_str().unwrap_or("the portal").to_owned();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_elapsed(elapsed);
    // The template is a valid constant, so the default is never used.
    let style = ProgressStyle::with_template("{line}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style.with_key("line", move |state: &ProgressState, out: &mut dyn Write| {
        let elapsed = state.elapsed();
        if elapsed >= DELAY {
            let frame = usize::try_from(elapsed.as_millis() / FRAME_TIME.as_millis()).unwrap_or_default();
            let text = limit_note(&portal).unwrap_or_else(|| format!("waiting for {host}"));
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
            let mut state = state();
            state.wait = Some((portal.clone(), Instant::now()));
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

#[cfg(test)]
mod tests {
    use docspace::transport::Throttle;
    use docspace_mock::MockPortal;

    use super::*;

    #[tokio::test]
    async fn note_names_the_limit_that_calls_wait_for() {
        let mock = MockPortal::builder().start().await.expect("a free port");
        let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).throttle(Throttle::default().per_minute(1));
        let portal = portal.build().expect("a portal");
        assert_eq!(limit_note(&portal), None);
        portal.rooms().list().total().await.expect("an answer");
        let note = limit_note(&portal).expect("a note");
        assert!(note.starts_with("waiting 5") && note.ends_with(" s for the limit of calls a minute"), "{note}");
    }
}
