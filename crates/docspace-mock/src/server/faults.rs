//! Faults: what the next matching calls receive instead of the answer of the portal.
//!
//! ```
//! use docspace_mock::Fault;
//! let fault = Fault::status(503).header("Retry-After", "1").body("busy").times(2);
//! let lost = Fault::reset().executed();
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A way in which a call fails.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) effect: Effect,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) executed: bool,
    pub(crate) delay: Duration,
    left: usize,
}

/// The effect of a fault on the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The fault's status, headers and body replace the answer.
    Status(u16),
    /// The connection is closed without an answer.
    Reset,
    /// The client waits for an answer that never comes.
    Stall,
    /// The connection is closed in the middle of the answer.
    Truncate,
    /// The answer is only delayed.
    Slow,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, headers: Vec::new(), body: Vec::new(), executed: false, delay: Duration::ZERO, left: 1 }
    }

    /// Answers with this status, without executing the call.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(status))
    }

    /// Answers with this status and an HTML page, as a proxy in front of a portal does.
    pub fn html(status: u16) -> Self {
        let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>nginx</body></html>");
        Self::status(status).header("Content-Type", "text/html").body(page)
    }

    /// Closes the connection without an answer and without executing the call.
    pub fn reset() -> Self {
        Self::new(Effect::Reset)
    }

    /// Never answers, and does not execute the call.
    pub fn stall() -> Self {
        Self::new(Effect::Stall)
    }

    /// Executes the call and closes the connection in the middle of the answer.
    pub fn truncate() -> Self {
        Self::new(Effect::Truncate).executed()
    }

    /// Executes the call and delays its answer.
    pub fn slow(by: Duration) -> Self {
        Self::new(Effect::Slow).executed().delay(by)
    }

    /// Adds a header to the fault's answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body of the fault's answer.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Executes the call, so that only its answer is lost.
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    /// Waits this long in real time before the call is handled.
    #[must_use]
    pub fn delay(mut self, by: Duration) -> Self {
        self.delay = by;
        self
    }

    /// Applies the fault to this many calls instead of one.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.left = times;
        self
    }
}

/// The faults that wait for matching calls. Clones share the same faults.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    planned: Arc<Mutex<Vec<(Target, Fault)>>>,
}

/// A verb or `*`, and a path in which `*` matches one segment and a final `**` any number.
#[derive(Clone, Debug)]
struct Target {
    method: String,
    path: String,
}

impl Target {
    fn matches(&self, method: &str, path: &str) -> bool {
        let wanted: Vec<&str> = self.path.split('/').filter(|part| !part.is_empty()).collect();
        let verb = self.method == "*" || self.method.eq_ignore_ascii_case(method);
        let typed: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        // A target may contain the whole path, or only the part after `/api/2.0`.
        let inner = match typed.as_slice() {
            [api, version, rest @ ..] if api.eq_ignore_ascii_case("api") && version.starts_with('2') => rest,
            all => all,
        };
        verb && (path_matches(&wanted, &typed) || path_matches(&wanted, inner))
    }
}

fn path_matches(wanted: &[&str], typed: &[&str]) -> bool {
    match (wanted, typed) {
        ([], []) => true,
        (["**"], _) => true,
        ([first, wanted @ ..], [part, typed @ ..]) => {
            (*first == "*" || first.eq_ignore_ascii_case(part)) && path_matches(wanted, typed)
        }
        _ => false,
    }
}

impl Faults {
    /// Applies a fault to the next calls that match `target`.
    ///
    /// A target is a verb and a path, such as `PUT /files/rooms/*/archive`, `GET **` or
    /// `* /files/rooms`. As a verb `*` matches every verb. In a path `*` matches one segment, and a
    /// final `**` matches any number of segments.
    pub fn next(&self, target: &str, fault: Fault) {
        let (method, path) = target.trim().split_once(' ').unwrap_or(("*", target));
        let target = Target { method: method.trim().to_owned(), path: path.trim().to_owned() };
        self.lock().push((target, fault));
    }

    /// Removes all faults that still wait for calls.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Returns how many calls will still fail.
    pub fn waiting(&self) -> usize {
        self.lock().iter().map(|(_, fault)| fault.left).sum()
    }

    /// Returns the fault for this call, if there is one, and counts it as used once.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut planned = self.lock();
        let index = planned.iter().position(|(target, fault)| fault.left > 0 && target.matches(method, path))?;
        planned[index].1.left -= 1;
        let fault = planned[index].1.clone();
        planned.retain(|(_, fault)| fault.left > 0);
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Target, Fault)>> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_apply_to_matching_calls_the_given_number_of_times() {
        let faults = Faults::default();
        faults.next("PUT /files/rooms/*/archive", Fault::status(503).times(2));
        assert!(faults.take("GET", "/api/2.0/files/rooms/7/archive").is_none());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/7").is_none());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/7/archive").is_some());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/8/archive").is_some());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/8/archive").is_none());
    }

    #[test]
    fn stars_in_targets_match_segments() {
        let faults = Faults::default();
        faults.next("* **", Fault::reset());
        assert!(faults.take("DELETE", "/anything/at/all").is_some());
        faults.next("GET /api/2.0/keys", Fault::stall());
        assert!(faults.take("GET", "/api/2.0/keys").is_some());
    }
}
