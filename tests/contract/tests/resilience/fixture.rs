//! What many of the tests start with.

use std::time::Duration;

use contract::target::Target;
use docspace::waiting::WaitPolicy;
use docspace::{Portal, Room, RoomType};
use docspace_mock::{Clock, MockPortal};

/// Runs a test on a mock portal whose time passes so slowly that many calls fit into one of its operations.
pub(crate) async fn slowly(test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().clock(Clock::stepping(Duration::from_millis(2))).start().await;
    Target::run_on(mock.expect("a mock portal"), test).await;
}

/// A portal whose waits do not give up on a busy computer, where they take many looks.
pub(crate) fn patient(target: &Target) -> Portal {
    target.portal_with(WaitPolicy { stall: Duration::from_secs(3), ..target.wait_policy() })
}

/// This many custom rooms.
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
