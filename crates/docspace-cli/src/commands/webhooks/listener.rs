//! The server of `docspace webhooks listen`.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use docspace::deps::http::{HeaderMap, Method, StatusCode, header};
use docspace::deps::reqwest::{self, redirect};
use docspace::webhooks::{Delivery, Payload, Receiver};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::failure::Failure;
use crate::interrupt::interrupt;
use crate::output::local_time;
use crate::terminal::{print_message, write};
use crate::text::plain;

/// Maximum size of a body in bytes. Those of a portal have a few KiB.
const MAX_SIZE: usize = 1 << 20;

/// How long the last answers may take.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// How deliveries are printed.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// The body, as the portal sent it.
    Json,
    /// When, what, and to what.
    Words { in_local_time: bool },
}

/// Receives deliveries, checks their signatures, prints them and forwards them.
pub(super) struct Listener {
    socket: TcpListener,
    shared: Shared,
}

/// What all connections share.
struct Shared {
    receiver: Receiver,
    forward: Option<(reqwest::Client, String)>,
    form: Form,
    /// The number of deliveries that may still be received, if it is limited.
    remaining: Option<AtomicU32>,
    /// The number of deliveries that are received and not yet answered.
    pending: AtomicU32,
    refused: AtomicU32,
    /// Why deliveries cannot be printed any more.
    unprintable: Mutex<Option<Failure>>,
    changed: Notify,
}

/// A delivery that is received and not yet answered. Dropping it ends the wait for its answer, also
/// if the connection breaks off.
struct Pending<'s>(&'s Shared);

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.0.pending.fetch_sub(1, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }
}

impl Listener {
    pub(super) fn new(socket: TcpListener, receiver: Receiver) -> Self {
        let shared = Shared {
            receiver,
            forward: None,
            form: Form::Json,
            remaining: None,
            pending: AtomicU32::new(0),
            refused: AtomicU32::new(0),
            unprintable: Mutex::new(None),
            changed: Notify::new(),
        };
        Self { socket, shared }
    }

    /// Forwards deliveries to this address.
    pub(super) fn forward_to(mut self, url: Option<String>) -> Result<Self, Failure> {
        self.shared.forward = url.map(|url| Ok::<_, Failure>((client()?, url))).transpose()?;
        Ok(self)
    }

    /// Receives only this many deliveries.
    pub(super) fn limit(mut self, count: Option<u32>) -> Self {
        self.shared.remaining = count.map(AtomicU32::new);
        self
    }

    pub(super) fn print_as(mut self, form: Form) -> Self {
        self.shared.form = form;
        self
    }

    /// Answers requests until the last delivery or Ctrl-C. Returns the number of refused requests.
    /// Fails if a delivery cannot be printed.
    pub(super) async fn run(self) -> Result<u32, Failure> {
        let Self { socket, shared } = self;
        let shared = Arc::new(shared);
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = socket.accept() => accepted,
                () = shared.last_delivery() => break,
                () = interrupt() => break,
            };
            let Ok((stream, _)) = accepted else { continue };
            let shared = Arc::clone(&shared);
            connections.spawn(async move {
                let service = service_fn(move |request| {
                    let shared = Arc::clone(&shared);
                    async move { Ok::<_, Infallible>(shared.answer(request).await) }
                });
                let mut server = http1::Builder::new();
                // A connection that breaks off is the matter of its sender.
                let _ = server.keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
            });
        }
        // The sender of the last delivery waits for its answer.
        let _ = timeout(LAST_ANSWERS, connections.join_all()).await;
        let unprintable = shared.unprintable.lock().unwrap_or_else(PoisonError::into_inner).take();
        unprintable.map_or_else(|| Ok(shared.refused.load(Ordering::Relaxed)), Err)
    }
}

fn client() -> Result<reqwest::Client, Failure> {
    let client = reqwest::Client::builder().redirect(redirect::Policy::none()).timeout(Duration::from_secs(90));
    client.build().map_err(|error| Failure::local(format!("cannot set up the HTTP client: {error}")))
}

type Answer = Response<Full<Bytes>>;

fn answer(status: StatusCode, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer
}

impl Shared {
    /// Resolves when as many deliveries are answered as --count allows, or when they cannot be
    /// printed any more.
    async fn last_delivery(&self) {
        loop {
            let changed = self.changed.notified();
            let is_last = self.remaining.as_ref().is_some_and(|remaining| remaining.load(Ordering::SeqCst) == 0);
            if self.pending.load(Ordering::SeqCst) == 0 && (is_last || self.is_unprintable()) {
                return;
            }
            changed.await;
        }
    }

    fn is_unprintable(&self) -> bool {
        self.unprintable.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Counts a delivery. Returns `None` if it is one too many.
    fn take_one(&self) -> Option<Pending<'_>> {
        // Counted as pending first, so that the program does not end between the two.
        self.pending.fetch_add(1, Ordering::SeqCst);
        let pending = Pending(self);
        let Some(remaining) = &self.remaining else { return Some(pending) };
        let taken = remaining.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |remaining| remaining.checked_sub(1));
        taken.ok().map(|_| pending)
    }

    async fn answer(&self, request: Request<Incoming>) -> Answer {
        match *request.method() {
            // With this a portal tests the address.
            Method::HEAD => answer(StatusCode::OK, ""),
            Method::POST => self.receive(request).await,
            _ => answer(StatusCode::METHOD_NOT_ALLOWED, "send events with POST\n"),
        }
    }

    async fn receive(&self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, MAX_SIZE).collect().await else {
            return self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large or incomplete");
        };
        let body = body.to_bytes();
        let signature = head.headers.get(Receiver::SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
        let delivery = match self.receiver.receive(&body, signature.unwrap_or_default()) {
            Ok(delivery) => delivery,
            Err(error) if error.is_forged() => return self.refuse(StatusCode::UNAUTHORIZED, &error.to_string()),
            Err(error) => return self.refuse(StatusCode::BAD_REQUEST, &error.to_string()),
        };
        let Some(_pending) = self.take_one() else {
            return answer(StatusCode::SERVICE_UNAVAILABLE, "this listener has received its last delivery\n");
        };
        let line = match self.form {
            Form::Json => one_line(&body),
            Form::Words { in_local_time } => described(&delivery, in_local_time),
        };
        if let Err(failure) = write(&format!("{line}\n")) {
            *self.unprintable.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
            // The portal sends the delivery again, and another listener can print it.
            return answer(StatusCode::SERVICE_UNAVAILABLE, "the output of this listener is closed\n");
        }
        match &self.forward {
            Some((client, url)) => forward(client, url, &head.headers, body).await,
            None => answer(StatusCode::OK, ""),
        }
    }

    fn refuse(&self, status: StatusCode, reason: &str) -> Answer {
        self.refused.fetch_add(1, Ordering::Relaxed);
        print_message(&format!("refused a request: {reason}"));
        answer(status, format!("{reason}\n"))
    }
}

/// Sends a delivery on with the headers that belong to it, and returns the answer.
async fn forward(client: &reqwest::Client, url: &str, headers: &HeaderMap, body: Bytes) -> Answer {
    let names = [header::CONTENT_TYPE.as_str(), Receiver::SIGNATURE_HEADER];
    let request = names.into_iter().fold(client.post(url), |request, name| match headers.get(name) {
        Some(value) => request.header(name, value),
        None => request,
    });
    match request.body(body).send().await {
        Ok(answered) => {
            let status = answered.status();
            print_message(&format!("{} answered {}", plain(url), status.as_u16()));
            answer(status, answered.bytes().await.unwrap_or_default())
        }
        Err(_) => {
            print_message(&format!("{} did not answer", plain(url)));
            answer(StatusCode::BAD_GATEWAY, "")
        }
    }
}

/// Returns the body in one line. That of a portal has no line breaks.
fn one_line(body: &[u8]) -> String {
    String::from_utf8_lossy(body).replace(['\r', '\n'], " ")
}

/// Returns a delivery in words: when, what, and to what.
fn described(delivery: &Delivery, in_local_time: bool) -> String {
    let subject = match &delivery.payload {
        Payload::Room(room) => format!("{} {}", room.id, room.title),
        Payload::Folder(folder) => format!("{} {}", folder.id, folder.title),
        Payload::File(file) => format!("{} {}", file.id, file.title),
        Payload::Person(person) => format!("{} {}", person.id.0, person.email),
        Payload::Group(group) => format!("{} {}", group.id.0, group.name),
        _ => String::new(),
    };
    let created = delivery.event.created;
    let time = match in_local_time {
        true => local_time(created),
        false => created.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let attempt = if delivery.is_retry() { format!(" (attempt {})", delivery.attempt()) } else { String::new() };
    plain(&format!("{time}  {}  {subject}{attempt}", delivery.event.trigger)).trim_end().to_owned()
}
