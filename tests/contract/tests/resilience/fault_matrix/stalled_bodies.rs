//! Every call of the facade with an answer that stops in the middle while the connection stays
//! open.

use std::time::Duration;

use docspace::ErrorKind;
use docspace_mock::{Fault, MockPortal};
use futures::StreamExt;
use tokio::net::{TcpListener, TcpStream};

use super::calls::{self, Call};
use super::ending::{Ending, after_broken_answer, after_broken_answers};
use super::fixture::{Fixture, Setup};
use super::{assert_no_failures, check, sent};

/// The idle timeout for these tests, in which answers stall.
const SHORT_IDLE: Duration = Duration::from_millis(700);

/// The client receives the first half of the answer, and nothing after it.
#[tokio::test]
async fn calls_are_retried_after_a_stalled_body() {
    assert_no_failures(check_stalled_bodies(1, |call| after_broken_answer(call, ErrorKind::Timeout)).await);
}

#[tokio::test]
async fn calls_fail_if_every_body_stalls() {
    assert_no_failures(check_stalled_bodies(1000, |call| after_broken_answers(call, ErrorKind::Timeout)).await);
}

/// The results of all calls when this many bodies stall.
async fn check_stalled_bodies(times: usize, expected: fn(&Call) -> Ending) -> Vec<Option<String>> {
    let fixture = Fixture::get().await;
    let mut setups = Vec::new();
    for call in calls::all() {
        let mock = fixture.mock().await;
        let setup = Setup::at(&never_closing(&mock).await, &mock, fixture, SHORT_IDLE);
        mock.faults().next(call.request, Fault::truncate().times(times));
        setups.push((call, mock, setup));
    }
    let results = setups.into_iter().map(|(call, mock, setup)| async move {
        let outcome = (call.run)(setup).await;
        let found = (outcome, sent(&mock, call.request).len());
        check(&call, "stalled body", expected(&call), |error| !error.is_retryable(), found)
    });
    // Calls run concurrently, since each one waits; but not so many that they delay each other.
    futures::stream::iter(results).buffered(48).collect().await
}

/// Starts a proxy in front of a portal, which keeps a client's connection open when the portal
/// closes it.
async fn never_closing(mock: &MockPortal) -> String {
    let (listener, portal) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), mock.address());
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                // The portal may stop before its client.
                let Ok(portal) = TcpStream::connect(portal).await else { return };
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_portal, mut to_portal) = portal.into_split();
                let to_server = async {
                    // Either side may close the connection at any time.
                    let _ = tokio::io::copy(&mut from_client, &mut to_portal).await;
                };
                let to_client_side = async {
                    let _ = tokio::io::copy(&mut from_portal, &mut to_client).await;
                };
                tokio::join!(to_server, to_client_side);
                std::future::pending::<()>().await;
            });
        }
    });
    url
}
