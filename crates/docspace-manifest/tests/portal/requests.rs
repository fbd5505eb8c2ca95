//! How many requests a plan needs.

use docspace_manifest::plan::Prune;

use crate::support::{compare, converge, example, portal};

#[tokio::test]
async fn plan_without_changes_needs_two_requests_a_room_and_the_lists() {
    let (mock, portal) = portal().await;
    let mut wanted = example("agency");
    // Room groups are lists of their own.
    wanted.rooms.iter_mut().for_each(|room| room.room.settings.room_groups = None);
    converge(&portal, &wanted).await;
    mock.clear_requests();
    let plan = compare(&portal, &wanted, Prune::Nothing).await;
    assert!(!plan.differs());
    // Who calls, the active rooms and the archive.
    let lists = 3;
    let requests = mock.requests();
    assert!(requests.len() <= lists + 2 * wanted.rooms.len(), "{requests:#?}");
    assert!(requests.iter().all(|request| request.method == "GET"));
}
