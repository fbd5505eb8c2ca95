//! `docspace webhooks listen`.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use clap::Args;
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

use super::secret::SecretArgs;
use crate::app::App;
use crate::args::values;
use crate::failure::Failure;
use crate::interrupt::interrupt;
use crate::terminal::{print_message, write};
use crate::text::plain;

const EXAMPLES: &str = r"Examples:
  docspace webhooks listen --port 8081
  docspace webhooks listen --forward http://127.0.0.1:3000/docspace
  docspace webhooks listen --json --count 1 --secret-stdin < secret.txt

Every path leads here. Portals do not call addresses in private networks: let a tunnel or a proxy
with a public address lead to this port, and register that address. Or use a mock portal:
`docspace mock` delivers to any address.

With --json, each delivery is one line: the body as the portal sent it.";

/// Maximum size of a body in bytes. Those of a portal have a few KiB.
const MAX_SIZE: usize = 1 << 20;

/// How long the last answers may take.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// The flags of `docspace webhooks listen`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListenArgs {
    /// Listen on this port; 0 selects a free port
    #[arg(long, value_name = "PORT", default_value_t = 8081)]
    port: u16,
    /// Listen on this address
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Send each delivery on to this address, and answer as it does
    #[arg(long, value_name = "URL", value_parser = values::text)]
    forward: Option<String>,
    /// Print the bodies, one line for each delivery
    #[arg(long)]
    json: bool,
    /// Stop after this many deliveries (default: when you press Ctrl-C)
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    #[command(flatten)]
    secret: SecretArgs,
}

/// What all connections share.
struct Shared {
    receiver: Receiver,
    forward: Option<(reqwest::Client, String)>,
    json: bool,
    accepted: AtomicU32,
    refused: AtomicU32,
    changed: Notify,
}

impl ListenArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let receiver = Receiver::new(self.secret.get(app.terminal)?);
        let forward = self.forward.map(|url| Ok::<_, Failure>((client()?, url))).transpose()?;
        let bound = TcpListener::bind((self.bind, self.port)).await;
        let listener = bound.map_err(|error| {
            Failure::local(format!("cannot listen on {}, port {}: {error}", self.bind, self.port))
                .advise("choose another port with --port; 0 selects a free one")
        })?;
        let url = format!("http://{}/", listener.local_addr()?);
        print_message(&format!("listening on {url}"));
        print_message(&format!("register it, with any path: docspace webhooks create NAME {url}"));
        let (accepted, refused) = (AtomicU32::new(0), AtomicU32::new(0));
        let changed = Notify::new();
        let shared = Arc::new(Shared { receiver, forward, json: self.json, accepted, refused, changed });
        serve(&listener, &shared, self.count).await;
        match shared.refused.load(Ordering::Relaxed) {
            0 => Ok(()),
            1 => Err(Failure::local("1 request was refused")),
            several => Err(Failure::local(format!("{several} requests were refused"))),
        }
    }
}

fn client() -> Result<reqwest::Client, Failure> {
    let client = reqwest::Client::builder().redirect(redirect::Policy::none()).timeout(Duration::from_secs(90));
    client.build().map_err(|error| Failure::local(format!("cannot set up the HTTP client: {error}")))
}

/// Answers requests until the last delivery or Ctrl-C.
async fn serve(listener: &TcpListener, shared: &Arc<Shared>, count: Option<u32>) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.until(count) => break,
            () = interrupt() => break,
        };
        let Ok((stream, _)) = accepted else { continue };
        let shared = Arc::clone(shared);
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
}

type Answer = Response<Full<Bytes>>;

fn answer(status: StatusCode, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer
}

impl Shared {
    /// Resolves after this many deliveries.
    async fn until(&self, count: Option<u32>) {
        let Some(count) = count else { return std::future::pending().await };
        loop {
            let changed = self.changed.notified();
            if self.accepted.load(Ordering::Relaxed) >= count {
                return;
            }
            changed.await;
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Answer {
        match *request.method() {
            // With this a portal tries the address.
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
        let line = if self.json { one_line(&body) } else { described(&delivery) };
        // If the output cannot be written, the next line fails too.
        let _ = write(&format!("{line}\n"));
        let answered = match &self.forward {
            Some((client, url)) => forward(client, url, &head.headers, body).await,
            None => answer(StatusCode::OK, ""),
        };
        self.accepted.fetch_add(1, Ordering::Relaxed);
        self.changed.notify_waiters();
        answered
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
fn described(delivery: &Delivery) -> String {
    let subject = match &delivery.payload {
        Payload::Room(room) => format!("{} {}", room.id, room.title),
        Payload::Folder(folder) => format!("{} {}", folder.id, folder.title),
        Payload::File(file) => format!("{} {}", file.id, file.title),
        Payload::Person(person) => format!("{} {}", person.id.0, person.email),
        Payload::Group(group) => format!("{} {}", group.id.0, group.name),
        _ => String::new(),
    };
    let time = delivery.event.created.to_utc().format("%Y-%m-%dT%H:%M:%SZ");
    let attempt = if delivery.is_retry() { format!(" (attempt {})", delivery.attempt()) } else { String::new() };
    plain(&format!("{time}  {}  {subject}{attempt}", delivery.event.trigger)).trim_end().to_owned()
}
