//! The HTTP server: accepts connections, translates requests and answers, plays faults.

use super::faults::{Fault, Faults, Harm};
use super::log::{Log, LoggedRequest};
use crate::http::{Request, Response};
use crate::portal::Portal;
use crate::portals::Portals;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Sleep;

/// Answers that are under way may take this long once the server stops.
const GRACE: Duration = Duration::from_millis(500);

/// Nobody tests with more; it keeps a client that never stops sending from filling the memory.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    portals: Mutex<Portals>,
    /// What a reset goes back to.
    start: Portals,
    /// Every answer is held back for so long.
    latency: Mutex<Duration>,
    requests: Mutex<Log>,
    pub(super) faults: Faults,
    /// Calls under way, by who asks and whether they only read.
    under_way: Mutex<HashMap<(String, bool), usize>>,
}

impl Shared {
    pub(super) fn new(portal: Portal) -> Self {
        let start = Portals::new(portal);
        Self {
            portals: Mutex::new(start.clone()),
            start,
            latency: Mutex::default(),
            requests: Mutex::default(),
            faults: Faults::default(),
            under_way: Mutex::default(),
        }
    }

    /// A test that panicked while it held the portal does not stop the others.
    pub(super) fn portals(&self) -> MutexGuard<'_, Portals> {
        self.portals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the start: people and rooms as they were, no faults, an empty log.
    pub(super) fn reset(&self) {
        *self.portals() = self.start.clone();
        self.faults.clear();
        self.clear_requests();
        self.set_latency(Duration::ZERO);
    }

    pub(super) fn set_latency(&self, latency: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = latency;
    }

    fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call in; the guard counts it out again.
    fn enter(&self, request: &Request) -> (usize, UnderWay<'_>) {
        let key = (self.portals().chosen(request).partition(request), request.method == "GET");
        let mut all = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(key.clone()).or_default();
        *count += 1;
        (*count - 1, UnderWay { shared: self, key })
    }

    pub(super) fn requests(&self) -> Vec<LoggedRequest> {
        self.log().all()
    }

    pub(super) fn clear_requests(&self) {
        self.log().clear();
    }
}

/// A call that is under way.
struct UnderWay<'a> {
    shared: &'a Shared,
    key: (String, bool),
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut all = self.shared.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.key);
            }
        }
    }
}

/// Serves until `stopped` is done or its sender is gone.
pub(super) async fn run(listener: TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => accepted,
        };
        // A connection that fails while it is being made concerns only its client.
        let Ok((stream, remote)) = accepted else { continue };
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| handle(Arc::clone(&shared), remote, request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        connections.spawn(async move {
            // Errors are clients that went away, and our own faults.
            let _ = connection.await;
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}

/// An error makes hyper close the connection without an answer.
async fn handle(
    shared: Arc<Shared>,
    remote: SocketAddr,
    incoming: hyper::Request<Incoming>,
) -> io::Result<hyper::Response<Answer>> {
    let (head, body) = incoming.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await.map_err(io::Error::other)?.to_bytes();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let mut request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: body.to_vec(),
        remote: remote.ip().to_string(),
        under_way: 0,
    };
    if let Some(answer) = super::control::answer(&shared, &request) {
        return translated(answer, false);
    }
    let (under_way, _entered) = shared.enter(&request);
    request.under_way = under_way;
    let fault = shared.faults.take(&request.method, &request.path);
    let delay = shared.latency() + fault.as_ref().map(|fault| fault.delay).unwrap_or_default();
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let executed = fault.as_ref().is_none_or(|fault| fault.executed);
    let own = if executed { Some(shared.portals().handle(&request)) } else { None };
    let outcome = outcome(fault, own);
    let status = match &outcome {
        Outcome::Answer(response, _) => Some(response.status),
        Outcome::Closed | Outcome::Silence => None,
    };
    shared.log().push(LoggedRequest {
        method: request.method,
        path: request.path,
        query: request.query,
        headers: request.headers,
        body: String::from_utf8_lossy(&request.body).into_owned(),
        status,
    });
    match outcome {
        Outcome::Answer(response, cut) => translated(response, cut),
        Outcome::Closed => Err(io::Error::other("closed by a fault")),
        Outcome::Silence => std::future::pending().await,
    }
}

/// What the client gets.
enum Outcome {
    /// An answer, cut in the middle or whole.
    Answer(Response, bool),
    Closed,
    Silence,
}

fn outcome(fault: Option<Fault>, own: Option<Response>) -> Outcome {
    let Some(fault) = fault else { return Outcome::Answer(own.unwrap_or_default(), false) };
    match fault.harm {
        Harm::Status(status) => {
            let headers = fault.headers.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
            Outcome::Answer(Response { status, headers, body: fault.body }, false)
        }
        Harm::Reset => Outcome::Closed,
        Harm::Stall => Outcome::Silence,
        Harm::Truncate => Outcome::Answer(own.unwrap_or_default(), true),
        Harm::Slow => Outcome::Answer(own.unwrap_or_default(), false),
    }
}

fn translated(response: Response, cut: bool) -> io::Result<hyper::Response<Answer>> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        builder = builder.header(name, value);
    }
    builder.body(Answer::new(response.body, cut)).map_err(io::Error::other)
}

/// How long the first half of a cut answer has to go out.
const CUT_AFTER: Duration = Duration::from_millis(50);

/// A body: bodies that are there go out in chunks, as a portal's do; a cut one ends with an error.
struct Answer {
    chunks: VecDeque<io::Result<Bytes>>,
    /// What came before the cut must be on its way before the connection closes.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Answer {
    fn new(mut body: Vec<u8>, cut: bool) -> Self {
        let mut chunks = VecDeque::new();
        if cut {
            body.truncate(body.len() / 2);
        }
        if !body.is_empty() {
            chunks.push_back(Ok(Bytes::from(body)));
        }
        if cut {
            chunks.push_back(Err(io::Error::other("cut by a fault")));
        }
        Self { chunks, pause: cut.then(|| Box::pin(tokio::time::sleep(CUT_AFTER))) }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let cut_next = matches!(self.chunks.front(), Some(Err(_)));
        if let Some(pause) = self.pause.as_mut().filter(|_| cut_next) {
            std::task::ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(self.chunks.pop_front().map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.chunks.is_empty() { SizeHint::with_exact(0) } else { SizeHint::default() }
    }
}
