//! Every call of the facade with an answer that stops in the middle while the connection stays open.

use std::time::Duration;

use docspace::ErrorKind;
use docspace_mock::{Fault, MockPortal};
use futures::StreamExt;
use tokio::net::{TcpListener, TcpStream};

use super::calls::{self, Call};
use super::ending::{Ending, after_broken_answer, after_broken_answers};
use super::fixture::{Fixture, Setup};
use super::{assert_all_right, check, sent};

/// How long a connection may be idle here, where answers are meant to stall.
const SHORT_IDLE: Duration = Duration::from_millis(700);

/// What comes before the middle of the answer is there, and then nothing more.
#[tokio::test]
async fn a_body_that_stalls_is_asked_for_again() {
    assert_all_right(stalled(1, |call| after_broken_answer(call, ErrorKind::Timeout)).await);
}

#[tokio::test]
async fn a_body_that_stalls_each_time_is_given_up() {
    assert_all_right(stalled(1000, |call| after_broken_answers(call, ErrorKind::Timeout)).await);
}

/// The cells of so many bodies that stall.
async fn stalled(times: usize, expected: fn(&Call) -> Ending) -> Vec<Option<String>> {
    let fixture = Fixture::get().await;
    let mut setups = Vec::new();
    for call in calls::all() {
        let mock = fixture.mock().await;
        let setup = Setup::at(&never_closing(&mock).await, &mock, fixture, SHORT_IDLE);
        mock.faults().next(call.request, Fault::truncate().times(times));
        setups.push((call, mock, setup));
    }
    let cells = setups.into_iter().map(|(call, mock, setup)| async move {
        let outcome = (call.run)(setup).await;
        let found = (outcome, sent(&mock, call.request).len());
        check(&call, "stalled body", expected(&call), |error| !error.is_retryable(), found)
    });
    // Together, as each of them waits; but not so many that one has to wait for the others.
    futures::stream::iter(cells).buffered(48).collect().await
}

/// Stands before a portal and keeps its clients' connections open when the portal closes them.
async fn never_closing(mock: &MockPortal) -> String {
    let (listener, portal) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), mock.address());
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                // It can be gone before its client.
                let Ok(portal) = TcpStream::connect(portal).await else { return };
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_portal, mut to_portal) = portal.into_split();
                let asking = async {
                    // Both sides may go away at any time; that is what this is for.
                    let _ = tokio::io::copy(&mut from_client, &mut to_portal).await;
                };
                let answering = async {
                    let _ = tokio::io::copy(&mut from_portal, &mut to_client).await;
                };
                tokio::join!(asking, answering);
                std::future::pending::<()>().await;
            });
        }
    });
    url
}
