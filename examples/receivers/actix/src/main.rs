//! Receives webhooks of DocSpace with Actix Web, at `http://127.0.0.1:8081/docspace`.

use actix_web::web::{self, Bytes, Data, PayloadConfig, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use docspace::webhooks::{Delivery, Receiver};
use tokio::sync::mpsc;

/// Maximum size of a body in bytes. Those of a portal have a few KiB.
const MAX_SIZE: usize = 1 << 20;

type Queue = mpsc::Sender<Delivery>;

/// A receiver at `/docspace` that passes verified deliveries to a queue.
fn routes(receiver: Receiver, queue: Queue) -> impl FnOnce(&mut ServiceConfig) {
    move |routes| {
        // With a `HEAD` request, which has no signature, the portal tries the address.
        let docspace =
            web::resource("/docspace").route(web::post().to(receive)).route(web::head().to(HttpResponse::Ok));
        let (receiver, queue) = (Data::new(receiver), Data::new(queue));
        routes.app_data(receiver).app_data(queue).app_data(PayloadConfig::new(MAX_SIZE)).service(docspace);
    }
}

/// Answers as soon as the signature is checked: the portal waits before it sends more.
async fn receive(request: HttpRequest, body: Bytes, receiver: Data<Receiver>, queue: Data<Queue>) -> HttpResponse {
    let signature = request.headers().get(Receiver::SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    match receiver.receive(&body, signature.unwrap_or_default()) {
        Ok(delivery) => match queue.try_send(delivery) {
            Ok(()) => HttpResponse::Ok().finish(),
            // The portal tries again later.
            Err(_) => HttpResponse::ServiceUnavailable().body("the queue is full\n"),
        },
        Err(error) if error.is_forged() => HttpResponse::Unauthorized().body(format!("{error}\n")),
        Err(error) => HttpResponse::BadRequest().body(format!("{error}\n")),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let secret = std::env::var("DOCSPACE_WEBHOOK_SECRET").map_err(std::io::Error::other)?;
    let (queue, mut deliveries) = mpsc::channel::<Delivery>(1000);
    actix_web::rt::spawn(async move {
        while let Some(delivery) = deliveries.recv().await {
            println!("{} {:?}", delivery.event.trigger, delivery.payload);
        }
    });
    let receiver = Receiver::new(secret);
    let app = move || App::new().configure(routes(receiver.clone(), queue.clone()));
    HttpServer::new(app).bind("127.0.0.1:8081")?.run().await
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::test::{TestRequest, call_service, init_service};

    use super::*;

    const BODY: &[u8] = include_bytes!("../../event.json");

    #[actix_web::test]
    async fn signed_events_are_queued_and_others_refused() {
        let receiver = Receiver::new("Wh-Secr3t.2026");
        let (queue, mut deliveries) = mpsc::channel(1);
        let app = init_service(App::new().configure(routes(receiver.clone(), queue))).await;
        for (method, signature, status) in [
            (Method::HEAD, String::new(), 200),
            (Method::POST, String::new(), 401),
            (Method::POST, receiver.sign(BODY), 200),
            (Method::POST, receiver.sign(BODY).to_lowercase(), 503),
            (Method::PUT, receiver.sign(BODY), 405),
        ] {
            let request = TestRequest::with_uri("/docspace").method(method).set_payload(BODY);
            let request = request.insert_header((Receiver::SIGNATURE_HEADER, signature)).to_request();
            assert_eq!(call_service(&app, request).await.status(), status);
        }
        assert_eq!(deliveries.recv().await.unwrap().event.trigger.name(), "room.created");
    }
}
