//! Portals and rooms that many tests need.

use std::time::Duration;

use contract::target::Target;
use docspace::{Portal, Room, RoomType};
use docspace_mock::{Clock, MockPortal};

/// Runs a test on a mock portal whose clock is so slow that many calls fit into one operation.
pub(crate) async fn slowly(test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().clock(Clock::stepping(Duration::from_millis(2))).start().await;
    Target::run_on(mock.expect("a mock portal"), test).await;
}

/// A portal with a long stall limit, so that waits do not give up on a busy computer.
pub(crate) fn patient(target: &Target) -> Portal {
    target.portal_with(target.wait_policy().stall(Duration::from_secs(3)))
}

/// Creates this many custom rooms.
pub(crate) async fn rooms(portal: &Portal, count: usize) -> Vec<Room> {
    let mut made = Vec::new();
    for number in 0..count {
        made.push(portal.rooms().create(format!("room {number}"), RoomType::Custom).send().await.unwrap());
    }
    made
}

/// The number of requests with this method.
pub(crate) fn sent(mock: &MockPortal, method: &str) -> usize {
    mock.requests().iter().filter(|request| request.method == method).count()
}
