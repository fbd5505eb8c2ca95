//! Calls make progress although other calls of the same portal are not polled, for example while
//! the body of a loop over results runs. Progress must not depend on whether the caller polls a
//! call that holds or awaits a resource.

mod calls;
mod operations;

use std::time::Duration;

use docspace::transport::Throttle;
use docspace::{Portal, Room, RoomType};
use docspace_mock::{Clock, MockPortal};
use futures::{StreamExt, stream};

/// A test that takes longer than this hangs.
const HANG_TIMEOUT: Duration = Duration::from_secs(30);

/// One read and one write at a time.
fn one_at_a_time() -> Throttle {
    Throttle::default().reads(1).writes(1).per_minute(usize::MAX)
}

async fn mock() -> MockPortal {
    MockPortal::builder().clock(Clock::real()).start().await.expect("a mock portal")
}

fn portal(mock: &MockPortal, throttle: Throttle) -> Portal {
    Portal::builder(mock.url()).api_key(mock.owner_key()).throttle(throttle).build().unwrap()
}

async fn rooms(portal: &Portal, count: usize) -> Vec<Room> {
    let titles = (0..count).map(|number| format!("room {number}"));
    let made = stream::iter(titles).map(|title| portal.rooms().create(title, RoomType::Custom).send());
    made.buffered(10).map(Result::unwrap).collect().await
}

#[track_caller]
fn expect_no_hang<T>(outcome: Result<T, tokio::time::error::Elapsed>) -> T {
    outcome.expect("the call hangs")
}
