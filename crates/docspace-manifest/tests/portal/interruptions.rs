//! A program that ends in the middle of its work.

use docspace_manifest::plan::Prune;
use docspace_mock::Fault;

use crate::support::{compare, connect, converge, example, exported, portal, rooms, run};

/// The calls that change something.
const CHANGES: [&str; 3] = ["POST /**", "PUT /**", "DELETE /**"];

/// The program is ended after every second request of an apply, of which some are executed and some
/// are not, and started again.
#[tokio::test]
async fn interrupted_apply_is_continued_without_duplicates() {
    let wanted = example("agency");
    let (_mock, whole) = portal().await;
    converge(&whole, &wanted).await;
    let expected = exported(&whole).await;

    for stop in (1..).step_by(2) {
        let (mock, client) = portal().await;
        let plan = compare(&client, &wanted, Prune::Own).await;
        mock.clear_requests();
        let run = run(&client, &plan);
        let ended = tokio::select! {
            biased;
            () = until(&mock, stop) => true,
            _ = run => false,
        };
        drop(client);
        let client = connect(&mock);
        converge(&client, &wanted).await;
        assert_eq!(rooms(&client).await.len(), wanted.rooms.len(), "stopped at {stop}");
        assert_eq!(exported(&client).await, expected, "stopped at {stop}");
        if !ended {
            break;
        }
    }
}

/// Returns when the portal has received this number of requests.
async fn until(mock: &docspace_mock::MockPortal, count: usize) {
    while mock.requests().len() < count {
        tokio::task::yield_now().await;
    }
}

/// Each call that changes something fails once, without and with being executed.
#[tokio::test]
async fn failed_call_is_made_by_the_next_apply() {
    let wanted = example("agency");
    let (_mock, whole) = portal().await;
    converge(&whole, &wanted).await;
    let expected = exported(&whole).await;
    for target in CHANGES {
        for fault in [Fault::status(500), Fault::status(500).executed(), Fault::reset().executed()] {
            let (mock, client) = portal().await;
            let plan = compare(&client, &wanted, Prune::Own).await;
            mock.faults().next(target, fault);
            run(&client, &plan).await;
            mock.faults().clear();
            converge(&client, &wanted).await;
            assert_eq!(exported(&client).await, expected, "{target}");
        }
    }
}
