//! Receivers of webhooks on the whole way: registered with the facade, called by the mock portal.

// The example's own file, so that the test covers what people copy.
#[path = "../../../../examples/receivers/axum/src/receiver.rs"]
mod axum_receiver;

use contract::target::Target;
use contract::tls::TlsServer;
use docspace::webhooks::{Delivery, Payload, Receiver, Trigger};
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::MockPortal;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const SECRET: &str = "Wh-Secr3t.2026";

/// Starts the receiver of the example. Returns its base URL, and what it receives.
async fn start(places: usize) -> (String, mpsc::Receiver<Delivery>) {
    let (queue, deliveries) = mpsc::channel(places);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let app = axum_receiver::router(Receiver::new(SECRET), queue);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, deliveries)
}

/// Creates a room whose title a portal escapes in the body, and waits until all deliveries are
/// answered.
async fn create_room(portal: &Portal, mock: &MockPortal) -> i32 {
    let room = portal.rooms().create("Q&A Übung", RoomType::Custom).send().await.unwrap();
    mock.webhooks().all_sent().await;
    room.id.number().expect("a number")
}

#[tokio::test]
async fn axum_receiver_verifies_created_rooms() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let (url, mut deliveries) = start(10).await;
        let create = portal.webhooks().create("axum", format!("{url}/docspace"), SECRET);
        create.triggers([Trigger::RoomCreated]).send().await.unwrap();
        let room = create_room(&portal, mock).await;
        let delivery = deliveries.try_recv().unwrap();
        assert_eq!(delivery.event.trigger, Trigger::RoomCreated);
        let Payload::Room(entry) = delivery.payload else { panic!("{:?}", delivery.payload) };
        assert_eq!((entry.id, &*entry.title), (room.into(), "Q&A Übung"));
    })
    .await;
}

/// A receiver whose queue is full refuses the delivery, and gets it again.
#[tokio::test]
async fn axum_receiver_gets_deliveries_again_after_its_queue_was_full() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let (url, mut deliveries) = start(1).await;
        portal.webhooks().create("axum", format!("{url}/docspace"), SECRET).send().await.unwrap();
        for _ in 0..2 {
            portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            mock.webhooks().sent().await;
        }
        let first = deliveries.try_recv().unwrap();
        mock.webhooks().all_sent().await;
        let second = deliveries.try_recv().unwrap();
        assert_eq!((first.attempt(), second.attempt() > 1), (1, true));
        assert!(first.event.id < second.event.id);
    })
    .await;
}

#[tokio::test]
async fn axum_receiver_refuses_requests_without_a_signature() {
    let (url, mut deliveries) = start(10).await;
    let client = reqwest::Client::new();
    let url = format!("{url}/docspace");
    assert_eq!(client.head(&url).send().await.unwrap().status(), 200);
    assert_eq!(client.post(&url).body("{}").send().await.unwrap().status(), 401);
    assert_eq!(client.get(&url).send().await.unwrap().status(), 405);
    let signature = Receiver::new("another").sign(b"{}");
    let forged = client.post(&url).header(Receiver::SIGNATURE_HEADER, signature).body("{}");
    assert_eq!(forged.send().await.unwrap().status(), 401);
    assert!(deliveries.try_recv().is_err());
}

#[tokio::test]
async fn https_receivers_with_a_trusted_certificate_get_events() {
    let (url, mut deliveries) = start(10).await;
    let tls = TlsServer::in_front_of(&url).await;
    let mock = MockPortal::builder().trusted_certificate(tls.der()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal();
        let url = format!("https://{}/docspace", tls.address);
        let made = portal.webhooks().create("https", url, SECRET).send().await.unwrap();
        assert!(made.ssl);
        create_room(&portal, mock).await;
        assert_eq!(deliveries.try_recv().unwrap().event.trigger, Trigger::RoomCreated);
    })
    .await;
}

/// Without `ssl`, a portal accepts every certificate, both for the `HEAD` request and for events.
#[tokio::test]
async fn certificates_that_no_authority_signed_are_accepted_only_without_ssl() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let (url, mut deliveries) = start(10).await;
        let tls = TlsServer::in_front_of(&url).await;
        let webhook = || portal.webhooks().create("https", format!("https://{}/docspace", tls.address), SECRET);
        let error = webhook().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert!(error.to_string().contains("SSL connection"), "{error}");
        let made = webhook().ssl(false).send().await.unwrap();
        assert!(!made.ssl && made.enabled);
        create_room(&portal, mock).await;
        assert_eq!(deliveries.try_recv().unwrap().event.trigger, Trigger::RoomCreated);
        let error = portal.webhooks().edit(made.id).ssl(true).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
    })
    .await;
}

/// A create stores `ssl`, so deliveries check the certificate that the `HEAD` request accepted.
#[tokio::test]
async fn deliveries_fail_if_ssl_was_off_only_in_the_create_call() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let (url, mut deliveries) = start(10).await;
        let tls = TlsServer::in_front_of(&url).await;
        let uri = format!("https://{}/docspace", tls.address);
        let body = serde_json::json!({"name": "https", "uri": uri, "secretKey": SECRET, "ssl": false});
        assert_eq!(target.raw().send("POST", "settings/webhook", body).await.status, 200);
        create_room(&portal, mock).await;
        assert!(deliveries.try_recv().is_err());
        let entry = portal.webhooks().log().all().await.unwrap().remove(0);
        let reason = entry.response_payload.as_deref().unwrap();
        assert_eq!(reason, "The SSL connection could not be established, see inner exception.");
        assert_eq!((entry.status, entry.delivery), (0, None));
    })
    .await;
}

#[tokio::test]
async fn receivers_without_tls_are_refused_for_https() {
    Target::on_mock(async |target, _| {
        let (url, _deliveries) = start(10).await;
        let url = format!("{}/docspace", url.replace("http:", "https:"));
        for ssl in [true, false] {
            let error = target.portal().webhooks().create("x", &url, SECRET).ssl(ssl).send().await.unwrap_err();
            assert!(error.to_string().contains("SSL connection"), "{error}");
        }
    })
    .await;
}
