//! The log of requests, which tests make assertions about.

use std::collections::VecDeque;

use serde::Serialize;

/// Maximum number of requests in the log. A mock may run for days.
const MAX_REQUESTS: usize = 10_000;
/// Maximum size of the log.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// A request that was received over HTTP, and the status of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The HTTP verb.
    pub method: String,
    /// The path as sent.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: String,
    /// The headers. They include credentials, which belong to the mock only.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
    /// The status of the answer. `None` if the connection was closed or never answered.
    pub status: Option<u16>,
}

impl LoggedRequest {
    /// Returns the first header of this name. Letter case does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the body as JSON, or `None` if it is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl LoggedRequest {
    /// The approximate size in memory.
    fn bytes(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

/// The latest requests, in the order of their answers.
#[derive(Debug, Default)]
pub(super) struct Log {
    requests: VecDeque<LoggedRequest>,
    bytes: usize,
}

impl Log {
    /// Adds a request and removes the oldest ones above the maximum. The newest always stays.
    pub(super) fn push(&mut self, request: LoggedRequest) {
        self.bytes += request.bytes();
        self.requests.push_back(request);
        while self.requests.len() > MAX_REQUESTS || (self.bytes > MAX_BYTES && self.requests.len() > 1) {
            let Some(oldest) = self.requests.pop_front() else { return };
            self.bytes -= oldest.bytes();
        }
    }

    pub(super) fn all(&self) -> Vec<LoggedRequest> {
        self.requests.iter().cloned().collect()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: usize, body: usize) -> LoggedRequest {
        LoggedRequest {
            method: "PUT".into(),
            path: path.to_string(),
            query: String::new(),
            headers: Vec::new(),
            body: "x".repeat(body),
            status: None,
        }
    }

    #[test]
    fn log_keeps_only_the_latest_requests() {
        let mut log = Log::default();
        (0..MAX_REQUESTS + 5).for_each(|path| log.push(request(path, 1)));
        let all = log.all();
        assert_eq!((all.len(), all[0].path.as_str()), (MAX_REQUESTS, "5"));
        (0..9).for_each(|path| log.push(request(path, 10 * 1024 * 1024)));
        assert_eq!(log.all().iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["3", "4", "5", "6", "7", "8"]);
        assert!(log.bytes <= MAX_BYTES);
        log.push(request(9, 2 * MAX_BYTES));
        assert_eq!(log.all().len(), 1);
        log.clear();
        assert_eq!((log.all().len(), log.bytes), (0, 0));
    }
}
