//! The portal that a test runs on: its own mock portal, or a live one.
//!
//! Each test has its own target. If `DOCSPACE_TEST_URL` and `DOCSPACE_TEST_API_KEY` are set, tests
//! run on that portal. The titles of everything a test creates there begin with a prefix of its
//! own, and the target deletes it afterwards, even after a failed assertion. A portal creates only
//! one template at a time, so a runner with one process per test must run the tests one by one:
//! `cargo nextest run -p contract --profile live`.
//!
//! ```no_run
//! # async fn example() {
//! use contract::target::Target;
//! use docspace::RoomType;
//!
//! Target::run(async |target| {
//!     let portal = target.portal();
//!     let room = portal.rooms().create(target.title("Audit"), RoomType::Custom).send().await.unwrap();
//!     assert!(room.is_active());
//! })
//! .await;
//! # }
//! ```

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;

use docspace::rooms::SearchArea;
use docspace::transport::RetryPolicy;
use docspace::waiting::WaitPolicy;
use docspace::{Portal, Room};
use docspace_mock::MockPortal;
use futures::FutureExt;

use crate::raw::Raw;

/// The portal that a test runs on.
#[derive(Debug)]
pub struct Target {
    url: String,
    key: String,
    prefix: String,
    is_live: bool,
}

impl Target {
    /// Runs a test on the live portal if there is one, otherwise on a mock portal.
    pub async fn run(test: impl AsyncFnOnce(&Target)) {
        match live_portal() {
            Some((url, key)) => {
                let _guard = LIVE_TEST.lock().await;
                Self::at(url, key, true).run_and_clean_up(test).await;
            }
            None => Self::on_mock(async |target, _| test(target).await).await,
        }
    }

    /// Runs a test that needs a mock portal, because it inspects requests or makes calls fail.
    pub async fn on_mock(test: impl AsyncFnOnce(&Target, &MockPortal)) {
        Self::run_on(MockPortal::builder().start().await.expect("a mock portal"), test).await;
    }

    /// Runs a test on this mock portal.
    pub async fn run_on(mock: MockPortal, test: impl AsyncFnOnce(&Target, &MockPortal)) {
        let target = Self::at(mock.url(), mock.owner_key(), false);
        test(&target, &mock).await;
    }

    /// A portal that is already running. On a live portal, waits take the usual time; the clock of
    /// a mock portal advances with each call.
    pub fn at(url: impl Into<String>, key: impl Into<String>, is_live: bool) -> Self {
        let id = uuid::Uuid::new_v4().simple().to_string();
        Self { url: url.into(), key: key.into(), prefix: format!("contract-{}", &id[..12]), is_live }
    }

    /// Runs a test and deletes what it created, even if it failed.
    pub async fn run_and_clean_up(&self, test: impl AsyncFnOnce(&Target)) {
        let outcome = AssertUnwindSafe(test(self)).catch_unwind().await;
        let cleaned = AssertUnwindSafe(self.clean_up()).catch_unwind().await;
        // The failure of the test is more important than a failure of the cleanup.
        if let Err(panic) = outcome.and(cleaned) {
            resume_unwind(panic);
        }
    }

    /// The portal's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The API key of a person who is allowed to create rooms.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A title or tag that only this target uses.
    pub fn title(&self, name: &str) -> String {
        format!("{} {name}", self.prefix)
    }

    /// The facade for this portal.
    ///
    /// # Panics
    ///
    /// Panics if the address or the key is invalid.
    pub fn portal(&self) -> Portal {
        self.portal_with(self.wait_policy())
    }

    /// The facade for this portal, with this wait policy.
    ///
    /// # Panics
    ///
    /// Panics if the address or the key is invalid.
    pub fn portal_with(&self, wait: WaitPolicy) -> Portal {
        let mut builder = Portal::builder(&self.url).api_key(&*self.key).wait_policy(wait);
        if !self.is_live {
            builder = builder.retry(short_retry_pauses());
        }
        builder.build().expect("the portal under test")
    }

    /// The wait policy of this target. Its pauses are short on a mock portal, whose clock advances
    /// with each call.
    pub fn wait_policy(&self) -> WaitPolicy {
        let live = WaitPolicy::default();
        if self.is_live {
            return live;
        }
        let pause = Duration::from_millis(1);
        live.deadline(Duration::from_secs(30)).first_pause(pause).longest_pause(pause).stall(Duration::from_millis(200))
    }

    /// A client for requests written by hand.
    pub fn raw(&self) -> Raw {
        Raw::new(&self.url, Some(&self.key))
    }

    /// Gives a live portal time to work. A mock portal works with each call.
    pub async fn pause(&self) {
        if self.is_live {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Deletes everything whose title begins with the prefix of this target.
    ///
    /// # Panics
    ///
    /// Panics if something cannot be deleted.
    async fn clean_up(&self) {
        self.wait_for_template_jobs().await;
        let portal = self.portal();
        for area in [SearchArea::Active, SearchArea::Archive, SearchArea::Templates] {
            let listed = portal.rooms().list().area(area).search(&self.prefix).all().await;
            for room in listed.unwrap_or_else(|error| panic!("cannot list the rooms to delete: {error}")) {
                // The portal's search may find other rooms, so the title is checked before
                // deleting.
                if room.title.starts_with(&self.prefix) {
                    delete(&portal, &room).await.unwrap_or_else(|error| panic!("{error}"));
                }
            }
        }
        let known = self.raw().get(&format!("files/tags?filterValue={}", self.prefix)).await;
        let known = known.response().as_array().expect("tags").iter();
        let mine: Vec<_> = known.filter(|tag| tag.as_str().is_some_and(|tag| tag.starts_with(&self.prefix))).collect();
        if !mine.is_empty() {
            self.raw().send("DELETE", "files/tags", serde_json::json!({"names": mine})).await.ok();
        }
    }

    /// Waits until no template, and no room from a template, is being created: the results would
    /// appear after the cleanup.
    async fn wait_for_template_jobs(&self) {
        for path in ["files/roomtemplate/status", "files/rooms/fromtemplate/status"] {
            for _ in 0..200 {
                match self.raw().get(path).await.ok() {
                    Some(status) if status["isCompleted"] == false => self.pause().await,
                    _ => break,
                }
            }
        }
    }
}

/// Held by the test that runs on the live portal: a portal creates only one template at a time.
static LIVE_TEST: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Deletes a room, unless the test has already deleted it.
async fn delete(portal: &Portal, room: &Room) -> docspace::Result<()> {
    let deletion = async { portal.room(room).delete().await?.wait().await };
    match deletion.await {
        Err(error) if error.is_not_found() => Ok(()),
        outcome => outcome,
    }
}

/// The address and the API key of the live portal, if the environment has them.
fn live_portal() -> Option<(String, String)> {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Some((read("DOCSPACE_TEST_URL")?, read("DOCSPACE_TEST_API_KEY")?))
}

/// The default number of retries, with pauses of a millisecond.
fn short_retry_pauses() -> RetryPolicy {
    let pause = Duration::from_millis(1);
    RetryPolicy::default().first_pause(pause).longest_pause(pause)
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;

    /// Creates a room, an archived room, a template and a tag.
    async fn create_one_of_each(target: &Target) {
        let portal = target.portal();
        let create = async || {
            portal
                .rooms()
                .create(target.title("room"), RoomType::Custom)
                .tags([target.title("tag")])
                .send()
                .await
                .unwrap()
        };
        let (room, archived) = (create().await, create().await);
        portal.room(&archived).archive().await.unwrap().wait().await.unwrap();
        portal.room(&room).save_as_template(target.title("template")).start().await.unwrap().wait().await.unwrap();
    }

    /// The number of rooms, templates and tags on the portal.
    async fn count(target: &Target) -> usize {
        let portal = target.portal();
        let rooms = portal.rooms().list().all().await.unwrap().len();
        let archived = portal.rooms().list().archived().all().await.unwrap().len();
        let tags = target.raw().get("files/tags").await.response().as_array().expect("tags").len();
        rooms + archived + tags + portal.templates().list().all().await.unwrap().len()
    }

    #[tokio::test]
    async fn everything_a_test_creates_is_deleted() {
        Target::on_mock(async |others, mock| {
            create_one_of_each(others).await;
            let before = count(others).await;
            on(mock)
                .run_and_clean_up(async |target| {
                    create_one_of_each(target).await;
                    assert_eq!(count(target).await, before + 4);
                })
                .await;
            assert_eq!(count(others).await, before);
        })
        .await;
    }

    #[tokio::test]
    async fn everything_a_failed_test_created_is_deleted() {
        Target::on_mock(async |others, mock| {
            let target = on(mock);
            let failing = target.run_and_clean_up(async |target| {
                create_one_of_each(target).await;
                panic!("a failed assertion");
            });
            let panic = AssertUnwindSafe(failing).catch_unwind().await.unwrap_err();
            assert_eq!(panic.downcast_ref(), Some(&"a failed assertion"));
            assert_eq!(count(others).await, 0);
        })
        .await;
    }

    fn on(mock: &MockPortal) -> Target {
        Target::at(mock.url(), mock.owner_key(), false)
    }
}
