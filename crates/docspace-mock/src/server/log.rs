//! The log of requests that tests assert on.

use std::collections::VecDeque;

use serde::Serialize;

/// How many requests the log keeps, and how many bytes of them; a mock may run for days.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A request that came in over HTTP, and what it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The verb.
    pub method: String,
    /// The path as typed.
    pub path: String,
    /// The query as typed, without the question mark.
    pub query: String,
    /// The headers, credentials included: they are the mock's own.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
    /// The status that was sent; nothing if the connection was closed or left without an answer.
    pub status: Option<u16>,
}

impl LoggedRequest {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl LoggedRequest {
    /// What it takes in memory, about.
    fn bytes(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

/// The last requests, in the order of their answers.
#[derive(Debug, Default)]
pub(super) struct Log {
    requests: VecDeque<LoggedRequest>,
    bytes: usize,
}

impl Log {
    /// Adds one; the oldest go if it gets too much, the newest always stays.
    pub(super) fn push(&mut self, request: LoggedRequest) {
        self.bytes += request.bytes();
        self.requests.push_back(request);
        while self.requests.len() > MOST || (self.bytes > MOST_BYTES && self.requests.len() > 1) {
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
    fn the_log_keeps_the_last_requests_only() {
        let mut log = Log::default();
        (0..MOST + 5).for_each(|path| log.push(request(path, 1)));
        let all = log.all();
        assert_eq!((all.len(), all[0].path.as_str()), (MOST, "5"));
        (0..9).for_each(|path| log.push(request(path, 10 * 1024 * 1024)));
        assert_eq!(log.all().iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["3", "4", "5", "6", "7", "8"]);
        assert!(log.bytes <= MOST_BYTES);
        log.push(request(9, 2 * MOST_BYTES));
        assert_eq!(log.all().len(), 1);
        log.clear();
        assert_eq!((log.all().len(), log.bytes), (0, 0));
    }
}
