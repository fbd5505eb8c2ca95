//! A run that ends early, because no call can succeed.

use docspace_manifest::apply::Done;
use docspace_manifest::plan::Prune;
use docspace_manifest::{Source, Wanted, parse};
use docspace_mock::Fault;

use crate::support::{compare, connect, converge, portal, run};

fn many() -> Wanted {
    let rooms: String = (1..=30).map(|number| format!("- {{title: R{number}, type: custom, tags: [a]}}\n")).collect();
    parse(&[Source::new("rooms.yaml", format!("rooms:\n{rooms}"))]).unwrap_or_else(|problems| panic!("{problems}"))
}

#[tokio::test]
async fn apply_stops_at_the_first_failure_that_affects_all_calls() {
    let daily = Fault::status(429).header("Retry-After", "3600");
    for fault in [Fault::reset(), Fault::status(401), daily] {
        let wanted = many();
        let (mock, client) = portal().await;
        let plan = compare(&client, &wanted, Prune::Own).await;
        mock.clear_requests();
        // Rooms that are created before the fault stay.
        for _ in 0..3 {
            mock.faults().next("POST /files/rooms", Fault::slow(std::time::Duration::ZERO));
        }
        mock.faults().next("POST /files/rooms", fault.times(1_000));
        let applied = run(&client, &plan).await;
        assert!(applied.stopped.is_some());
        let failed = applied.not_done(&plan).filter(|(_, _, done)| matches!(done, Done::Failed(_))).count();
        let skipped = applied.not_done(&plan).filter(|(_, _, done)| matches!(done, Done::Skipped)).count();
        assert!((1..=4).contains(&failed) && skipped >= 20, "{failed} failed, {skipped} skipped");
        let created = mock.requests().into_iter().filter(|request| request.method == "POST").count();
        assert!(created <= 8, "{created} rooms were tried");
        mock.faults().clear();
        converge(&connect(&mock), &wanted).await;
    }
}

#[tokio::test]
async fn failure_of_one_room_does_not_end_the_run() {
    let wanted = many();
    let (mock, client) = portal().await;
    let plan = compare(&client, &wanted, Prune::Own).await;
    mock.faults().next("POST /files/rooms", Fault::status(403));
    let applied = run(&client, &plan).await;
    assert!(applied.stopped.is_none());
    assert_eq!(applied.not_done(&plan).count(), 1);
}
