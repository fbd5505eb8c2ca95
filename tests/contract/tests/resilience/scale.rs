//! A thousand rooms on a portal with limited capacity and with rate limits.

use std::collections::{HashMap, HashSet};

use contract::target::Target;
use docspace::transport::Throttle;
use docspace::{Portal, RoomId, RoomType};
use docspace_mock::{Limits, MockPortal};
use futures::StreamExt;

const ROOMS: usize = 1000;

/// A client with the default limits, except for calls per minute: the clock of the mock portal runs
/// faster than real time.
fn portal(target: &Target) -> Portal {
    let throttle = Throttle::default().per_minute(usize::MAX);
    let builder = Portal::builder(target.url()).api_key(target.key()).wait_policy(target.wait_policy());
    builder.throttle(throttle).build().unwrap()
}

/// The number of requests for each path with this method and this end.
fn count_requests(mock: &MockPortal, method: &str, end: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for request in mock.requests().into_iter().filter(|request| request.method == method && request.path.ends_with(end))
    {
        *counts.entry(request.path).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn a_thousand_rooms_are_archived_and_deleted_once_within_the_limits() {
    Target::on_mock(async |target, mock| {
        mock.portal(|core| core.set_limits(Some(Limits::measured())));
        let portal = portal(target);
        let made = (0..ROOMS).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
        let made: Vec<RoomId> =
            futures::stream::iter(made).buffer_unordered(10).map(|room| room.unwrap().id).collect().await;

        let archived: HashSet<RoomId> = portal
            .rooms()
            .many(made.clone())
            .archive()
            .map(|(id, outcome)| outcome.map(|_| id).unwrap())
            .collect()
            .await;
        assert_eq!(archived.len(), ROOMS);
        assert_eq!(portal.rooms().list().archived().total().await.unwrap(), 1000);
        let archivings = count_requests(mock, "PUT", "/archive");
        assert!(archivings.len() == ROOMS && archivings.values().all(|count| *count == 1));

        let deleted: HashSet<RoomId> =
            portal.rooms().many(made).delete().map(|(id, outcome)| outcome.map(|()| id).unwrap()).collect().await;
        assert_eq!(deleted.len(), ROOMS);
        assert_eq!(portal.rooms().list().archived().total().await.unwrap(), 0);
        let deletions = count_requests(mock, "DELETE", "");
        assert!(deletions.len() == ROOMS && deletions.values().all(|count| *count == 1));

        assert!(
            mock.requests().iter().all(|request| request.status != Some(429)),
            "the portal refused a call because of a limit"
        );
    })
    .await;
}
