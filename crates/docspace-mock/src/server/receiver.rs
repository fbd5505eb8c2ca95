//! Sends requests to receivers of webhooks.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::outgoing::{Outcome, Outgoing};
use crate::server::tls::Tls;

/// How long the portal waits for the IP addresses of a host.
const LOOKUP: Duration = Duration::from_secs(3);

/// Maximum size of a receiver's answer. Without it a receiver that never stops sending fills the
/// memory.
const MAX_ANSWER: usize = 1024 * 1024;

/// Sends a request and waits for the answer. It follows no redirects.
pub(super) async fn send(request: &Outgoing, tls: &Tls) -> Outcome {
    let addresses = match addresses(request).await {
        Ok(addresses) => addresses,
        Err(outcome) => return outcome,
    };
    match timeout(request.timeout, exchange(request, &addresses, tls)).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::TimedOut,
    }
}

/// The addresses of the host that the portal does not refuse.
async fn addresses(request: &Outgoing) -> Result<Vec<SocketAddr>, Outcome> {
    let url = url::Url::parse(&request.url).map_err(|_| Outcome::Unresolved)?;
    let host = host(&url);
    let port = url.port_or_known_default().unwrap_or(80);
    let found = timeout(LOOKUP, lookup_host((host, port))).await;
    let found: Vec<SocketAddr> = found.ok().and_then(Result::ok).ok_or(Outcome::Unresolved)?.collect();
    if found.is_empty() {
        return Err(Outcome::Unresolved);
    }
    if found.iter().any(|address| request.refuses(address.ip())) {
        return Err(Outcome::Blacklisted);
    }
    Ok(found)
}

/// The name or the IP address of a host, without the brackets of an IPv6 address.
fn host(url: &url::Url) -> String {
    url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned()
}

async fn exchange(request: &Outgoing, addresses: &[SocketAddr], tls: &Tls) -> Outcome {
    let Ok(stream) = TcpStream::connect(addresses).await else { return Outcome::Refused };
    let Ok(url) = url::Url::parse(&request.url) else { return Outcome::Unresolved };
    let answer = match url.scheme() {
        "https" => {
            let connected = tls.connect(&host(&url), request.checks_certificate, stream).await;
            let Some(stream) = connected else { return Outcome::NoTls };
            answer(request, &url, stream).await
        }
        _ => answer(request, &url, stream).await,
    };
    answer.unwrap_or(Outcome::Closed)
}

async fn answer(
    request: &Outgoing,
    url: &url::Url,
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> io::Result<Outcome> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    let target = request.url.strip_prefix(&url[..url::Position::BeforePath]).unwrap_or("/");
    let mut builder = hyper::Request::builder().method(request.method).uri(target);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let body = Full::new(Bytes::from(request.body.clone()));
    let sent = builder.body(body).map_err(io::Error::other)?;
    let answer = sender.send_request(sent).await.map_err(io::Error::other)?;
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, MAX_ANSWER).collect().await.map_err(io::Error::other)?.to_bytes();
    connection.abort();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (title_case(name.as_str()), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    Ok(Outcome::Answered { status: head.status.as_u16(), headers: headers.collect(), body: body.to_vec() })
}

/// The usual spelling of a header's name, such as `Set-Cookie`. The HTTP library does not keep the
/// receiver's spelling.
fn title_case(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join("-")
}
