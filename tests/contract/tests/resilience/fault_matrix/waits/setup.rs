//! A portal with a client that waits, and checks of the outcome.

use std::time::Duration;

use contract::raw::Raw;
use contract::target::Target;
use docspace::{Error, ErrorKind, Portal, Result};
use docspace_mock::{Clock, MockPortal};
use futures::future::BoxFuture;

use super::wait::{Action, Caller, Outcome, Wait};
use crate::fault_matrix::ending::{Ending, fails, succeeds};
use crate::fault_matrix::fixture::Fixture;
use crate::fault_matrix::sent;

/// A mock portal with clients.
pub(super) struct WaitSetup {
    pub(super) mock: MockPortal,
    pub(super) portal: Portal,
    pub(super) raw: Raw,
    pub(super) fixture: &'static Fixture,
}

impl WaitSetup {
    pub(super) async fn new(clock: Clock) -> Self {
        let fixture = Fixture::get().await;
        let mock = fixture.mock_with(clock).await;
        let target = Target::at(mock.url(), mock.owner_key(), false);
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(500)));
        Self { portal, raw: target.raw(), mock, fixture }
    }

    /// Another program of the same person. It uses a session token: with an API key, the client
    /// would first request the scopes, and the clock advances with each request.
    pub(super) fn other(&self) -> Portal {
        let wait_policy = Target::at(self.mock.url(), "", false).wait_policy();
        let other = Portal::builder(self.mock.url()).token(self.mock.token("owner")).wait_policy(wait_policy);
        other.build().expect("a portal")
    }

    pub(super) async fn start(&self, wait: &Wait, action: Action) -> BoxFuture<'static, Outcome> {
        self.start_in(self.portal.clone(), 1, wait, action).await
    }

    /// Starts the operation in another program.
    pub(super) async fn start_elsewhere(&self, wait: &Wait, action: Action) -> BoxFuture<'static, Outcome> {
        self.start_in(self.other(), 2, wait, action).await
    }

    async fn start_in(&self, portal: Portal, number: u8, wait: &Wait, action: Action) -> BoxFuture<'static, Outcome> {
        let caller = Caller { portal, resumes: self.other(), number, action };
        let started = (wait.start)(caller, self.fixture).await;
        started.unwrap_or_else(|error| panic!("{}: {error}", wait.name))
    }

    /// The failure of a cancellation; `None` if the outcome is as expected.
    pub(super) fn check_canceled(
        &self,
        wait: &Wait,
        done: Result<bool, ErrorKind>,
        outcome: &Outcome,
    ) -> Option<String> {
        // A portal cannot cancel an operation that creates something.
        let done = if wait.creates() { Err(ErrorKind::Invalid) } else { done };
        let found = outcome.as_ref().map(Option::is_some).map_err(Error::kind);
        let failure = (found != done).then(|| format!("{}, canceled: {done:?} expected, {outcome:?} found", wait.name));
        failure.or_else(|| self.check(wait, done.map_or_else(|kind| fails(kind, 1), |_| succeeds(1)), outcome))
    }

    pub(super) fn check(&self, wait: &Wait, expected: Ending, outcome: &Outcome) -> Option<String> {
        let kind = outcome.as_ref().err().map(Error::kind);
        let found = Ending { error: kind, requests: sent(&self.mock, wait.request).len() };
        (found != expected).then(|| format!("{}: {expected:?} expected, {found:?} found: {outcome:?}", wait.name))
    }
}
