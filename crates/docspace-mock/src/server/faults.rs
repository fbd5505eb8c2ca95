//! Faults: what the next matching calls get instead of the portal's own answer.
//!
//! ```
//! use docspace_mock::Fault;
//! let fault = Fault::status(503).header("Retry-After", "1").body("busy").times(2);
//! let lost = Fault::reset().executed();
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// One way in which a call goes wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) harm: Effect,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) executed: bool,
    pub(crate) delay: Duration,
    left: usize,
}

/// What happens to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// This status takes its place.
    Status(u16),
    /// The connection is closed without an answer.
    Reset,
    /// Nothing comes, until the client gives up.
    Stall,
    /// The answer stops in the middle.
    Truncate,
    /// Only the delay.
    Slow,
}

impl Fault {
    fn new(harm: Effect) -> Self {
        Self { harm, headers: Vec::new(), body: Vec::new(), executed: false, delay: Duration::ZERO, left: 1 }
    }

    /// Answers this status without carrying the call out.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(status))
    }

    /// Answers this status with a page of HTML, as a proxy in front of a portal would.
    pub fn html(status: u16) -> Self {
        let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>nginx</body></html>");
        Self::status(status).header("Content-Type", "text/html").body(page)
    }

    /// Closes the connection without an answer.
    pub fn reset() -> Self {
        Self::new(Effect::Reset)
    }

    /// Never answers.
    pub fn stall() -> Self {
        Self::new(Effect::Stall)
    }

    /// Carries the call out and closes the connection in the middle of the answer.
    pub fn truncate() -> Self {
        Self::new(Effect::Truncate).executed()
    }

    /// Answers properly, but later.
    pub fn slow(by: Duration) -> Self {
        Self::new(Effect::Slow).executed().delay(by)
    }

    /// Adds a header to the fault's answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body of the fault's answer.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The portal carries the call out; only its answer is lost.
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    /// Waits before anything else, in real time.
    #[must_use]
    pub fn delay(mut self, by: Duration) -> Self {
        self.delay = by;
        self
    }

    /// How many calls it hits; one if not said.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.left = times;
        self
    }
}

/// The faults that are waiting for their calls. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    planned: Arc<Mutex<Vec<(Target, Fault)>>>,
}

/// A verb or `*`, and a path in which `*` stands for one segment and `**` for any number.
#[derive(Clone, Debug)]
struct Target {
    method: String,
    path: String,
}

impl Target {
    fn hits(&self, method: &str, path: &str) -> bool {
        let wanted: Vec<&str> = self.path.split('/').filter(|part| !part.is_empty()).collect();
        let verb = self.method == "*" || self.method.eq_ignore_ascii_case(method);
        let typed: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        // The path may be given whole, or from below `/api/2.0`.
        let inner = match typed.as_slice() {
            [api, version, rest @ ..] if api.eq_ignore_ascii_case("api") && version.starts_with('2') => rest,
            all => all,
        };
        verb && (fits(&wanted, &typed) || fits(&wanted, inner))
    }
}

fn fits(wanted: &[&str], typed: &[&str]) -> bool {
    match (wanted, typed) {
        ([], []) => true,
        (["**"], _) => true,
        ([first, wanted @ ..], [part, typed @ ..]) => {
            (*first == "*" || first.eq_ignore_ascii_case(part)) && fits(wanted, typed)
        }
        _ => false,
    }
}

impl Faults {
    /// The next calls that fit `target`, say `PUT /files/rooms/*/archive`, `GET **` or `* /files/rooms`,
    /// go wrong like this.
    pub fn next(&self, target: &str, fault: Fault) {
        let (method, path) = target.trim().split_once(' ').unwrap_or(("*", target));
        let target = Target { method: method.trim().to_owned(), path: path.trim().to_owned() };
        self.lock().push((target, fault));
    }

    /// Forgets all faults that are still waiting.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// How many hits are still waiting.
    pub fn waiting(&self) -> usize {
        self.lock().iter().map(|(_, fault)| fault.left).sum()
    }

    /// The fault for this call, if one is waiting for it; that is one hit less.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut planned = self.lock();
        let index = planned.iter().position(|(target, fault)| fault.left > 0 && target.hits(method, path))?;
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
    fn a_fault_hits_as_often_as_it_says_and_only_where_it_says() {
        let faults = Faults::default();
        faults.next("PUT /files/rooms/*/archive", Fault::status(503).times(2));
        assert!(faults.take("GET", "/api/2.0/files/rooms/7/archive").is_none());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/7").is_none());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/7/archive").is_some());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/8/archive").is_some());
        assert!(faults.take("PUT", "/api/2.0/files/rooms/8/archive").is_none());
    }

    #[test]
    fn stars_stand_for_segments() {
        let faults = Faults::default();
        faults.next("* **", Fault::reset());
        assert!(faults.take("DELETE", "/anything/at/all").is_some());
        faults.next("GET /api/2.0/keys", Fault::stall());
        assert!(faults.take("GET", "/api/2.0/keys").is_some());
    }
}
