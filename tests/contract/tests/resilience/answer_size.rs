//! Answers that are larger than the client reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::target::Target;
use docspace::{ErrorKind, Portal};
use docspace_mock::Fault;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::fixture::sent;

/// Starts a server whose answers continue forever after these first bytes. Returns its address and
/// the number of calls it received.
async fn endless(first: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (place, calls) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(send_endlessly(connection, first));
        }
    });
    (format!("http://{place}"), calls)
}

async fn send_endlessly(mut connection: TcpStream, first: &str) -> std::io::Result<()> {
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
async fn endless_answers_fail_at_the_limit_without_a_retry() {
    let first = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (address, calls) = endless(first).await;
    let builder = Portal::builder(&address).token("hunter2hunter2").max_answer_size(1_000_000);
    let portal = builder.build().unwrap();
    let read = portal.rooms().list().all().await.unwrap_err();
    let write = portal.room(7).pin().await.unwrap_err();
    for error in [read, write] {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("1000000"), "{error}");
        assert!(error.advice().contains("max_answer_size"), "{error}");
        assert!(!error.is_retryable() && !error.nothing_was_done(), "{error}");
    }
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

/// The server sends less than it announces, so reading the body would end in another error.
#[tokio::test]
async fn answers_with_a_content_length_over_the_limit_are_not_read() {
    Target::on_mock(async |target, mock| {
        let portal = Portal::builder(target.url()).api_key(target.key()).build().unwrap();
        mock.faults().next("GET /people/@self", Fault::status(200).header("Content-Length", "67108865").body("{}"));
        let error = portal.me().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("67108864"), "{error}");
        assert_eq!(sent(mock, "GET"), 1);
    })
    .await;
}

/// Calls that the generated client cannot make, and the request for the key's scopes.
#[tokio::test]
async fn the_answer_size_limit_applies_to_every_call() {
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
        // If the scopes cannot be read, the client sends the change.
        portal.tags().create("x").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn answers_as_large_as_the_limit_are_read() {
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
