//! A transport inside the process: the core of the mock portal, with random latencies and failures,
//! in virtual time.

use std::sync::Mutex;
use std::time::Duration;

use docspace_api::{OperationInfo, Transport};
use futures::future::BoxFuture;
use reqwest::{Method, Request, Response};
use serde_json::Value;
use tokio::time::{Instant, sleep, sleep_until};

use super::Setting;
use crate::RoomId;
use crate::transport::Throttle;

/// A portal and the simulated connection to it.
#[derive(Debug)]
pub(super) struct Wire {
    inner: Mutex<Inner>,
    limits: Throttle,
    /// Number of a thousand repeatable calls that fail with a 503, half of them after they were
    /// executed.
    failures: u32,
}

#[derive(Debug)]
struct Inner {
    core: docspace_mock::Portal,
    rng: fastrand::Rng,
    /// The time to which the core's clock has been advanced.
    now: Instant,
    /// Until when something in front of the portal answers 404.
    nothing_until: Instant,
    /// Until when no request is answered.
    stalled_until: Instant,
    reads: usize,
    writes: usize,
    requests: Vec<(Method, String)>,
    script: Script,
}

/// A hook that a test runs before and after the portal executes each request.
///
/// It gets the name of the call, its path, whether the portal has executed it, and the portal. If
/// it returns a status and a body, they replace the answer.
#[derive(Default)]
struct Script(Option<Box<ScriptFn>>);

type ScriptFn = dyn FnMut(&str, &str, bool, &mut docspace_mock::Portal) -> Option<(u16, Vec<u8>)> + Send;

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").finish_non_exhaustive()
    }
}

impl Wire {
    pub(super) fn new(core: docspace_mock::Portal, setting: &Setting) -> Self {
        let (rng, now) = (fastrand::Rng::with_seed(setting.seed), Instant::now());
        let (nothing_until, stalled_until) = (now, now);
        let requests = Vec::new();
        let script = Script::default();
        let inner = Inner { core, rng, now, nothing_until, stalled_until, reads: 0, writes: 0, requests, script };
        Self { inner: Mutex::new(inner), limits: setting.limits.clone(), failures: setting.failures }
    }

    /// The portal's answer to this request, without delay.
    pub(super) fn ask(&self, method: &str, path: &str, key: &str, body: &Value) -> docspace_mock::Response {
        let request = docspace_mock::Request::new(method, &format!("/api/2.0/{path}"));
        let request = request.header("Authorization", &format!("Bearer {key}")).json(body);
        self.inner.lock().unwrap().answer(&request)
    }

    /// Adds files to a room.
    pub(super) fn fill(&self, room: &RoomId, files: usize) {
        let id = room.number().expect("a number");
        assert!(self.inner.lock().unwrap().core.fill_room(id.into(), files));
    }

    /// For this long, a proxy in front of the portal answers requests for a room with a 404.
    pub(super) fn find_nothing_for(&self, time: Duration) {
        self.inner.lock().unwrap().nothing_until = Instant::now() + time;
    }

    /// For this long, no request is answered.
    pub(super) fn stall_for(&self, time: Duration) {
        self.inner.lock().unwrap().stalled_until = Instant::now() + time;
    }

    /// Makes the portal drop the next operations.
    pub(super) fn lose(&self, count: usize) {
        self.inner.lock().unwrap().core.lose_operations(count);
    }

    /// Sets the hook that runs at each request.
    pub(super) fn script(
        &self,
        script: impl FnMut(&str, &str, bool, &mut docspace_mock::Portal) -> Option<(u16, Vec<u8>)> + Send + 'static,
    ) {
        self.inner.lock().unwrap().script = Script(Some(Box::new(script)));
    }

    /// Runs the script, if there is one.
    fn follow_script(&self, operation: &str, path: &str, is_executed: bool) -> Option<Response> {
        let mut inner = self.inner.lock().unwrap();
        inner.catch_up();
        let Inner { core, script, .. } = &mut *inner;
        let (status, body) = script.0.as_mut()?(operation, path, is_executed, core)?;
        Some(http::Response::builder().status(status).body(body).unwrap().into())
    }

    /// Number of requests of the facade with this method and with a path that ends like this.
    pub(super) fn sent(&self, method: &Method, end: &str) -> usize {
        let inner = self.inner.lock().unwrap();
        inner.requests.iter().filter(|(sent, path)| sent == method && path.ends_with(end)).count()
    }

    /// Number of requests that the facade has sent.
    pub(super) fn requests(&self) -> usize {
        self.inner.lock().unwrap().requests.len()
    }

    fn latency(&self) -> Duration {
        Duration::from_millis(self.inner.lock().unwrap().rng.u64(1..80))
    }
}

impl Inner {
    fn answer(&mut self, request: &docspace_mock::Request) -> docspace_mock::Response {
        self.catch_up();
        self.core.handle(request)
    }

    fn catch_up(&mut self) {
        let now = Instant::now();
        self.core.advance(now - self.now);
        self.now = now;
    }
}

/// Counts a request while it is in flight.
struct RequestInFlight<'w>(&'w Wire, bool);

impl<'w> RequestInFlight<'w> {
    fn new(wire: &'w Wire, request: &Request) -> Self {
        let is_read = request.method() == Method::GET;
        let mut inner = wire.inner.lock().unwrap();
        inner.requests.push((request.method().clone(), request.url().path().to_owned()));
        let (count, limit) =
            if is_read { (&mut inner.reads, wire.limits.reads) } else { (&mut inner.writes, wire.limits.writes) };
        *count += 1;
        assert!(*count <= limit, "{count} requests are in flight, which is more than the throttle allows");
        Self(wire, is_read)
    }
}

impl Drop for RequestInFlight<'_> {
    fn drop(&mut self) {
        let mut inner = self.0.inner.lock().unwrap();
        *if self.1 { &mut inner.reads } else { &mut inner.writes } -= 1;
    }
}

impl Transport for Wire {
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        let operation_id = operation.operation_id;
        let may_fail = !operation_id.starts_with("create_") && operation_id != "delete_room";
        Box::pin(async move {
            let _in_flight = RequestInFlight::new(self, &request);
            sleep(self.latency()).await;
            let stalled_until = self.inner.lock().unwrap().stalled_until;
            sleep_until(stalled_until).await;
            let finds_nothing = self.inner.lock().unwrap().nothing_until > Instant::now();
            if finds_nothing && operation_id == "get_room" {
                return Ok(http::Response::builder().status(404).body(Vec::new()).unwrap().into());
            }
            let (fails, is_executed) = {
                let rng = &mut self.inner.lock().unwrap().rng;
                (may_fail && rng.u32(0..1000) < self.failures, rng.bool())
            };
            let busy = http::Response::builder().status(503).body(Vec::new()).unwrap();
            if fails && !is_executed {
                return Ok(busy.into());
            }
            if let Some(answer) = self.follow_script(operation_id, request.url().path(), false) {
                return Ok(answer);
            }
            let answer = self.inner.lock().unwrap().answer(&translate(&request));
            if let Some(answer) = self.follow_script(operation_id, request.url().path(), true) {
                return Ok(answer);
            }
            sleep(self.latency()).await;
            if fails {
                return Ok(busy.into());
            }
            let mut response = http::Response::builder().status(answer.status);
            for (name, value) in &answer.headers {
                response = response.header(name, value);
            }
            Ok(response.body(answer.body).unwrap().into())
        })
    }
}

fn translate(request: &Request) -> docspace_mock::Request {
    let url = request.url();
    let headers = request.headers().iter();
    docspace_mock::Request {
        method: request.method().to_string(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        headers: headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect(),
        body: request.body().and_then(|body| body.as_bytes()).unwrap_or_default().to_vec(),
        ..docspace_mock::Request::default()
    }
}
