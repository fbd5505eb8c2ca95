//! Receives webhooks of DocSpace with AWS Lambda behind an HTTP API or a function URL.
//!
//! A function has no time after its answer. If the work takes more than a moment, send the delivery
//! to a queue here, and let another function read the queue.

use docspace::webhooks::{Delivery, Receiver};
use lambda_http::http::{Method, StatusCode};
use lambda_http::{Body, Error, Request, Response, run, service_fn};

/// Answers a request of the portal.
fn answer(receiver: &Receiver, request: &Request, handle: impl FnOnce(Delivery)) -> Result<Response<Body>, Error> {
    let (status, text) = match *request.method() {
        // With this the portal tries the address. It has no signature.
        Method::HEAD => (StatusCode::OK, String::new()),
        Method::POST => {
            let signature = request.headers().get(Receiver::SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
            match receiver.receive(request.body(), signature.unwrap_or_default()) {
                Ok(delivery) => {
                    handle(delivery);
                    (StatusCode::OK, String::new())
                }
                Err(error) if error.is_forged() => (StatusCode::UNAUTHORIZED, format!("{error}\n")),
                Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")),
            }
        }
        _ => (StatusCode::METHOD_NOT_ALLOWED, "send events with POST\n".to_owned()),
    };
    Ok(Response::builder().status(status).body(text.into())?)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let receiver = &Receiver::new(std::env::var("DOCSPACE_WEBHOOK_SECRET")?);
    let show = |delivery: Delivery| println!("{} {:?}", delivery.event.trigger, delivery.payload);
    run(service_fn(move |request: Request| async move { answer(receiver, &request, show) })).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = include_str!("../../event.json");

    #[test]
    fn signed_events_are_handled_and_others_refused() {
        let receiver = Receiver::new("Wh-Secr3t.2026");
        let mut handled = Vec::new();
        for (method, signature, status) in [
            (Method::HEAD, String::new(), 200),
            (Method::POST, String::new(), 401),
            (Method::POST, receiver.sign(BODY.as_bytes()), 200),
            (Method::PUT, receiver.sign(BODY.as_bytes()), 405),
        ] {
            let request = lambda_http::http::Request::builder().method(method);
            let request = request.header(Receiver::SIGNATURE_HEADER, signature).body(Body::from(BODY)).unwrap();
            let answered = answer(&receiver, &request, |delivery| handled.push(delivery)).unwrap();
            assert_eq!(answered.status(), status);
        }
        assert_eq!(handled.len(), 1);
        assert_eq!(handled[0].event.trigger.name(), "room.created");
    }
}
