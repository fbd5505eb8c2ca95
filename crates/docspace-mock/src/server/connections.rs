//! The HTTP server: accepts connections, converts requests and answers, and applies faults.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::http::{Request, Response};
use crate::server::body::ResponseBody;
use crate::server::control;
use crate::server::faults::{Effect, Fault};
use crate::server::log::LoggedRequest;
use crate::server::shared::Shared;
use crate::server::webhooks;

/// How long the server waits for answers in progress when it stops.
const GRACE_PERIOD: Duration = Duration::from_millis(500);

/// How often retries of webhooks are checked if the portal follows the computer's clock.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Maximum size of a request body. Without it a client that never stops sending fills the memory.
/// It leaves room for a file of 64 MiB in a form.
const MAX_BODY: usize = 65 * 1024 * 1024;

/// Serves until `stopped` receives a value or its sender is dropped.
pub(super) async fn run(listener: TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let is_real = shared.portals().first().clock.is_real();
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => accepted,
            () = tokio::time::sleep(RETRY_INTERVAL), if is_real => {
                webhooks::start(&shared);
                continue;
            }
        };
        // A connection that fails while it is accepted affects only its client.
        let Ok((stream, remote)) = accepted else { continue };
        // Without this option, the end of an answer may wait for an acknowledgment of the client.
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| handle(Arc::clone(&shared), remote, request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        connections.spawn(async move {
            // An error means that the client went away or that a fault closed the connection.
            let _ = connection.await;
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE_PERIOD) => {}
    }
}

/// Handles one request. An error makes hyper close the connection without an answer.
async fn handle(
    shared: Arc<Shared>,
    remote: SocketAddr,
    incoming: hyper::Request<Incoming>,
) -> io::Result<hyper::Response<ResponseBody>> {
    let (head, body) = incoming.into_parts();
    let body = Limited::new(body, MAX_BODY).collect().await.map_err(io::Error::other)?.to_bytes();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: body.to_vec(),
        remote: remote.ip().to_string(),
    };
    if let Some(answer) = control::webhooks(&shared, &request).await {
        return to_hyper(answer, false);
    }
    if let Some(answer) = control::answer(&shared, &request) {
        webhooks::start(&shared);
        return to_hyper(answer, false);
    }
    let (admission, _in_flight) = shared.admit(&request);
    let fault = shared.faults.take(&request.method, &request.path);
    let delay = shared.latency() + fault.as_ref().map(|fault| fault.delay).unwrap_or_default();
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let executed = fault.as_ref().is_none_or(|fault| fault.executed);
    let answer = if executed { Some(shared.execute(&request, &admission).await) } else { None };
    webhooks::start(&shared);
    if let Some(message) = answer.as_ref().and_then(|answer| shared.not_modeled(&request, answer)) {
        // The program goes on if its standard error is not read.
        let _ = writeln!(io::stderr(), "{message}");
    }
    let outcome = outcome(fault, answer);
    let status = match &outcome {
        Outcome::Answer(response, _) => Some(response.status),
        Outcome::Closed | Outcome::NoAnswer => None,
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
        Outcome::Answer(response, truncated) => to_hyper(response, truncated),
        Outcome::Closed => Err(io::Error::other("closed by a fault")),
        Outcome::NoAnswer => std::future::pending().await,
    }
}

/// What the client receives.
enum Outcome {
    /// An answer, and whether it is truncated in the middle.
    Answer(Response, bool),
    Closed,
    NoAnswer,
}

fn outcome(fault: Option<Fault>, answer: Option<Response>) -> Outcome {
    let Some(fault) = fault else { return Outcome::Answer(answer.unwrap_or_default(), false) };
    match fault.effect {
        Effect::Status(status) => {
            let headers = fault.headers.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
            Outcome::Answer(Response { status, headers, body: fault.body }, false)
        }
        Effect::Reset => Outcome::Closed,
        Effect::Stall => Outcome::NoAnswer,
        Effect::Truncate => Outcome::Answer(answer.unwrap_or_default(), true),
        Effect::Slow => Outcome::Answer(answer.unwrap_or_default(), false),
    }
}

fn to_hyper(response: Response, truncated: bool) -> io::Result<hyper::Response<ResponseBody>> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        builder = builder.header(name, value);
    }
    builder.body(ResponseBody::new(response.body, truncated)).map_err(io::Error::other)
}
