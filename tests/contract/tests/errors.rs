//! Each way in which a call can fail, as a kind of error that a program can tell apart, and which calls are repeated.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract::target::Target;
use docspace::{ErrorKind, Portal, RetryPolicy, RoomType};
use docspace_mock::{Fault, MockPortal};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

const ROOM: &str = "GET /files/rooms/*";

/// The error of reading a room after this fault was set for all that follows.
async fn error_of(fault: Fault) -> docspace::Error {
    let found = std::cell::RefCell::new(None);
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next(ROOM, fault.times(1000));
        *found.borrow_mut() = Some(portal.room(&room).get().await.unwrap_err());
    })
    .await;
    found.into_inner().expect("an error")
}

#[tokio::test]
async fn each_status_has_its_kind() {
    for (status, kind) in [
        (400, ErrorKind::Invalid),
        (401, ErrorKind::Unauthorized),
        (402, ErrorKind::QuotaExceeded),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Server),
        (503, ErrorKind::Server),
        (504, ErrorKind::Timeout),
    ] {
        let error = error_of(Fault::status(status)).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        assert_eq!(error.operation(), Some("get_room"));
    }
}

#[tokio::test]
async fn a_web_page_from_a_proxy_is_told_as_one() {
    let error = error_of(Fault::html(502)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(502)));
    assert!(error.to_string().contains("web page"), "{error}");
    assert!(!error.to_string().contains('<'), "{error}");
}

#[tokio::test]
async fn a_web_page_in_place_of_a_good_answer_is_no_room() {
    let error = error_of(Fault::html(200)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("web page"), "{error}");
}

#[tokio::test]
async fn a_broken_connection_is_an_error_of_the_way_not_of_the_portal() {
    let error = error_of(Fault::reset()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
}

#[tokio::test]
async fn reading_is_repeated_when_a_portal_is_busy() {
    for status in [429, 502, 503] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            mock.faults().next(ROOM, Fault::status(status).times(2));
            assert_eq!(portal.room(&room).get().await.unwrap().id, room.id);
        })
        .await;
    }
}

#[tokio::test]
async fn archiving_is_repeated_when_a_portal_is_busy() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/archive", Fault::status(503).times(2));
        assert!(portal.room(&room).archive().await.unwrap().wait().await.unwrap().is_archived());
    })
    .await;
}

#[tokio::test]
async fn creating_is_never_sent_twice_on_its_own() {
    for fault in [Fault::status(502), Fault::status(503), Fault::status(504), Fault::reset()] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            mock.faults().next("POST /files/rooms", fault.times(1000));
            portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
            assert_eq!(sent(mock, "POST"), 1);
        })
        .await;
    }
}

#[tokio::test]
async fn creating_is_repeated_when_the_portal_said_that_it_did_nothing() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        mock.faults().next("POST /files/rooms", Fault::status(429).times(2));
        portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        assert_eq!(sent(mock, "POST"), 3);
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_made_once_although_it_is_sent_again() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(503).executed().times(1));
        let links = portal.room(&room).links();
        let made = links.create(docspace::Access::Read).send().await.unwrap();
        assert_eq!(links.list().await.unwrap(), [made]);
        assert_eq!(sent(mock, "PUT"), 2);
    })
    .await;
}

/// The portal made the room, but the answer was lost. Sending the request again would make a second
/// room.
#[tokio::test]
async fn a_room_whose_answer_is_lost_is_made_once() {
    for fault in [Fault::truncate(), Fault::reset().executed(), Fault::status(502).executed()] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            mock.faults().next("POST /files/rooms", fault);
            let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            let rooms = portal.rooms().list().all().await.unwrap();
            assert_eq!(rooms.iter().map(|room| &room.id).collect::<Vec<_>>(), [&room.id]);
            assert_eq!(sent(mock, "POST"), 1);
        })
        .await;
    }
}

/// Sent again, the portal no longer knows the link and says nothing, but there is a new one for everybody to see.
#[tokio::test]
async fn a_revocation_whose_answer_is_lost_tells_of_the_new_link() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let old = links.primary().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(503).executed());
        let new = links.revoke(old.id()).await.unwrap().expect("the new link");
        assert!(new.is_primary() && new.id() != old.id());
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_never_answers_is_given_up() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key()).idle_timeout(Duration::from_millis(50));
        let portal = builder.build().unwrap();
        mock.faults().next("POST /files/rooms", Fault::stall().times(1000));
        let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(sent(mock, "POST"), 1);
    })
    .await;
}

/// Long before the connection has been silent for too long.
#[tokio::test]
async fn an_attempt_that_takes_too_long_is_made_again_where_that_does_no_harm() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key());
        let portal = builder.attempt_timeout(Duration::from_millis(300)).build().unwrap();
        mock.faults().next("GET /files/rooms", Fault::stall());
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 0);
        assert_eq!(sent(mock, "GET"), 2);
        mock.faults().next("POST /files/rooms", Fault::stall());
        let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
        assert_eq!(sent(mock, "POST"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_told_as_such() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let (url, key) = (mock.url(), mock.owner_key());
    mock.shutdown().await;
    let target = Target::at(url, key, false);
    let error = target.portal().rooms().list().all().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert!(error.to_string().contains("reach"), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_no_room_is_not_taken_for_one() {
    for body in ["", "{}", "[]", "null", r#"{"response":{"id":1}}"#, r#"{"response":{},"count":1}"#] {
        let error = error_of(Fault::status(200).header("Content-Type", "application/json").body(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
}

#[tokio::test]
async fn a_portal_that_asks_for_a_day_is_not_waited_for() {
    let error = error_of(Fault::status(429).header("Retry-After", "86399")).await;
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_399)));
    assert!(error.to_string().contains("86399"), "{error}");
}

/// A portal at this address that makes only one attempt per call.
fn portal_at(address: &str) -> Portal {
    let once = RetryPolicy { attempts: 1, ..RetryPolicy::default() };
    Portal::builder(address).api_key("sk-hunter2hunter2").allow_http().retry(once).build().unwrap()
}

/// The errors of a first change, which reads the key's scopes first, and of a read.
async fn errors_at(address: &str) -> [docspace::Error; 2] {
    let portal = portal_at(address);
    let write = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
    [write, portal.me().await.unwrap_err()]
}

/// Checks that nothing was sent, and that the error shows no part of the address but its host and
/// port.
#[track_caller]
fn is_unsent(error: &docspace::Error) {
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None), "{error}");
    assert!(error.nothing_was_done() && error.is_retryable(), "{error}");
    assert!(error.advice().ends_with("; nothing was sent"), "{error}");
    assert!(error.source().is_some(), "{error}");
    let mut shown = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        shown += &inner.to_string();
        cause = inner.source();
    }
    assert!(!shown.contains("hunter2") && !shown.contains("api/2.0"), "{shown}");
}

#[tokio::test]
async fn a_port_on_which_nothing_listens_is_reported_as_a_refused_connection() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = free.local_addr().unwrap();
    drop(free);
    for error in errors_at(&format!("http://{place}")).await {
        is_unsent(&error);
        assert!(error.to_string().contains(&format!("{place} refuses the connection")), "{error}");
        assert!(error.advice().contains("its port"), "{error}");
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_reported_as_an_unknown_name() {
    for error in errors_at("http://portal.invalid:8080").await {
        is_unsent(&error);
        assert!(error.to_string().contains("the host name of portal.invalid:8080 is not known"), "{error}");
        assert!(error.advice().contains("spelling"), "{error}");
    }
}

#[tokio::test]
async fn an_untrusted_certificate_is_reported_as_such() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            assert!(acceptor.accept(connection).await.is_err(), "the certificate was accepted");
        }
    });
    for error in errors_at(&format!("https://{place}")).await {
        is_unsent(&error);
        assert!(error.to_string().contains(&format!("the certificate of {place} is not accepted")), "{error}");
        assert!(error.advice().contains("authority"), "{error}");
    }
    assert!(!served.is_finished());
}

/// A server without TLS on a port that is called with TLS.
#[tokio::test]
async fn an_answer_without_tls_is_not_reported_as_a_bad_certificate() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let place = mock.url().trim_start_matches("http://").to_owned();
    for error in errors_at(&format!("https://{place}")).await {
        is_unsent(&error);
        assert!(error.to_string().contains(&format!("no connection to {place} can be made")), "{error}");
    }
}

/// Starts a server whose answers continue forever after these first bytes. Returns its address and
/// the number of calls it received.
async fn endless(first: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (place, calls) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(go_on(connection, first));
        }
    });
    (format!("http://{place}"), calls)
}

async fn go_on(mut connection: TcpStream, first: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        connection.read_buf(&mut head).await?;
    }
    connection.write_all(first.as_bytes()).await?;
    // Chunks of 16 KiB.
    let blanks = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    loop {
        connection.write_all(blanks.as_bytes()).await?;
    }
}

#[tokio::test]
async fn an_endless_answer_fails_at_the_limit_without_a_retry() {
    let first = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (address, calls) = endless(first).await;
    let builder = Portal::builder(&address).token("hunter2hunter2").max_answer_size(1_000_000);
    let portal = builder.build().unwrap();
    let read = portal.rooms().list().all().await.unwrap_err();
    let write = portal.room(7).pin().await.unwrap_err();
    for error in [read, write] {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("larger than the limit of 1000000 bytes"), "{error}");
        assert!(error.advice().contains("PortalBuilder::max_answer_size"), "{error}");
        assert!(!error.is_retryable() && !error.nothing_was_done(), "{error}");
    }
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

/// The server sends less than it announces, so reading the body would end in another error.
#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_read() {
    Target::on_mock(async |target, mock| {
        let portal = Portal::builder(target.url()).api_key(target.key()).build().unwrap();
        mock.faults().next("GET /people/@self", Fault::status(200).header("Content-Length", "67108865").body("{}"));
        let error = portal.me().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("67108864 bytes"), "{error}");
        assert_eq!(sent(mock, "GET"), 1);
    })
    .await;
}

/// Calls that the generated client cannot make, and the request for the key's scopes.
#[tokio::test]
async fn the_limit_on_answers_applies_to_every_call() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key()).max_answer_size(10_000);
        let portal = builder.build().unwrap();
        let large = || Fault::status(200).header("Content-Type", "application/json").body(" ".repeat(10_001));
        mock.faults().next("GET /keys/@self", large());
        mock.faults().next("POST /files/logos", large());
        let error = portal.upload_picture("logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.advice().contains("max_answer_size"), "{error}");
        assert_eq!((sent(mock, "GET"), sent(mock, "POST")), (1, 1));
        // If the scopes cannot be read, the portal decides.
        portal.tags().create("x").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_answer_as_large_as_the_limit_is_read() {
    Target::on_mock(async |target, mock| {
        let answer = target.raw().get("people/@self").await.body.unwrap().to_string();
        for (limit, fits) in [(answer.len(), true), (answer.len() - 1, false)] {
            let builder = Portal::builder(target.url()).api_key(target.key()).max_answer_size(limit);
            let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.clone());
            mock.faults().next("GET /people/@self", fault);
            assert_eq!(builder.build().unwrap().me().await.is_ok(), fits);
        }
    })
    .await;
}

/// What the portal was sent by this method.
fn sent(mock: &MockPortal, method: &str) -> usize {
    mock.requests().iter().filter(|request| request.method == method).count()
}
