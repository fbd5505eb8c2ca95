//! The routes of the receiver.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use docspace::webhooks::{Delivery, Receiver};
use tokio::sync::mpsc;

/// Maximum size of a body in bytes. Those of a portal have a few KiB.
const MAX_SIZE: usize = 1 << 20;

/// A receiver at `/docspace` that passes verified deliveries to a queue.
pub(crate) fn router(receiver: Receiver, queue: mpsc::Sender<Delivery>) -> Router {
    // With a `HEAD` request, which has no signature, the portal tries the address.
    let docspace = post(receive).head(async || StatusCode::OK);
    Router::new().route("/docspace", docspace).layer(DefaultBodyLimit::max(MAX_SIZE)).with_state((receiver, queue))
}

/// Answers as soon as the signature is checked: the portal waits before it sends more.
async fn receive(
    State((receiver, queue)): State<(Receiver, mpsc::Sender<Delivery>)>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let signature = headers.get(Receiver::SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    match receiver.receive(&body, signature.unwrap_or_default()) {
        Ok(delivery) => match queue.try_send(delivery) {
            Ok(()) => (StatusCode::OK, String::new()),
            // The portal tries again later.
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the queue is full\n".to_owned()),
        },
        Err(error) if error.is_forged() => (StatusCode::UNAUTHORIZED, format!("{error}\n")),
        Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")),
    }
}
