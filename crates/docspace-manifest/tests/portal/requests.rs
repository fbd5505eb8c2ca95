//! How many requests a plan needs.

use docspace_manifest::plan::Prune;
use docspace_manifest::{Source, parse};

use crate::support::{compare, converge, example, portal};

#[tokio::test]
async fn plan_without_changes_needs_two_requests_a_room_and_the_lists() {
    let (mock, portal) = portal().await;
    let mut wanted = example("agency");
    // Room groups are lists of their own, and folders are lists of each room that has the key.
    wanted.rooms.iter_mut().for_each(|room| room.room.settings.room_groups = None);
    wanted.rooms.iter_mut().for_each(|room| room.room.settings.folders = None);
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

#[tokio::test]
async fn folders_need_a_request_for_each_level_that_the_manifest_names() {
    let (mock, portal) = portal().await;
    let room = |folders: &str| {
        format!("rooms: [{{title: A, type: custom, folders: [{folders}]}}, {{title: B, type: custom}}]")
    };
    let wanted = |folders: &str| parse(&[Source::new("rooms.yaml", room(folders))]).expect("a manifest");
    converge(&portal, &wanted("A/1/x, A/2, B/1, C")).await;
    for (folders, levels) in [("", 0), ("C", 1), ("A, B", 1), ("A/1, A/2, B/1", 3), ("A/1/x, C", 3), ("C/1", 1)] {
        mock.clear_requests();
        compare(&portal, &wanted(folders), Prune::Nothing).await;
        let read = mock.requests().iter().filter(|request| request.path.ends_with("/subfolders")).count();
        assert_eq!(read, levels, "{folders}");
    }
}
