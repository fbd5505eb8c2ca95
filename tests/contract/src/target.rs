//! Where the suite runs: on a mock portal of its own, or on a live one.
//!
//! Each test has its own target. With `DOCSPACE_TEST_URL` and `DOCSPACE_TEST_API_KEY` set, tests run on that portal: all
//! that they make carries a title of their own and is deleted afterwards, also after a failed assertion. A portal makes
//! one template at a time, so a runner that gives each test a process must run one of them at a time there, as in
//! `cargo nextest run -p contract -j 1`.
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
    /// Runs a test on the live portal, if there is one, else on a mock portal.
    pub async fn run(test: impl AsyncFnOnce(&Target)) {
        match live() {
            Some((url, key)) => {
                let _turn = ONE_BY_ONE.lock().await;
                Self::at(url, key, true).run_and_clean_up(test).await;
            }
            None => Self::on_mock(async |target, _| test(target).await).await,
        }
    }

    /// Runs a test that only a mock portal can take part in, as it looks behind the scenes or makes calls fail.
    pub async fn on_mock(test: impl AsyncFnOnce(&Target, &MockPortal)) {
        Self::run_on(MockPortal::builder().start().await.expect("a mock portal"), test).await;
    }

    /// Runs such a test on a mock portal that was set up for it.
    pub async fn run_on(mock: MockPortal, test: impl AsyncFnOnce(&Target, &MockPortal)) {
        let target = Self::at(mock.url(), mock.owner_key(), false);
        test(&target, &mock).await;
    }

    /// A portal that runs already. A live one gets the time it needs; a mock portal's time passes with each call.
    pub fn at(url: impl Into<String>, key: impl Into<String>, is_live: bool) -> Self {
        let id = uuid::Uuid::new_v4().simple().to_string();
        Self { url: url.into(), key: key.into(), prefix: format!("contract-{}", &id[..12]), is_live }
    }

    /// Runs a test and deletes what it made, also when it failed.
    pub async fn run_and_clean_up(&self, test: impl AsyncFnOnce(&Target)) {
        let outcome = AssertUnwindSafe(test(self)).catch_unwind().await;
        let left = AssertUnwindSafe(self.clean_up()).catch_unwind().await;
        // What the test found is worth more than that its rooms could not be deleted.
        if let Err(panic) = outcome.and(left) {
            resume_unwind(panic);
        }
    }

    /// The portal's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The API key of somebody who may make rooms.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A title, or a tag, that nobody else uses.
    pub fn title(&self, what: &str) -> String {
        format!("{} {what}", self.prefix)
    }

    /// The portal as our users see it.
    ///
    /// # Panics
    ///
    /// When the address or the key cannot be one.
    pub fn portal(&self) -> Portal {
        self.portal_with(self.wait_policy())
    }

    /// The portal as our users see it, with this patience.
    ///
    /// # Panics
    ///
    /// When the address or the key cannot be one.
    pub fn portal_with(&self, wait: WaitPolicy) -> Portal {
        let mut builder = Portal::builder(&self.url).api_key(&*self.key).wait_policy(wait);
        if !self.is_live {
            builder = builder.retry(quick_retry());
        }
        builder.build().expect("the portal under test")
    }

    /// How operations are waited for here. A mock portal's time passes with each call, so there is nothing to wait for.
    pub fn wait_policy(&self) -> WaitPolicy {
        let live = WaitPolicy::default();
        if self.is_live {
            return live;
        }
        let pause = Duration::from_millis(1);
        WaitPolicy {
            deadline: Duration::from_secs(30),
            first_pause: pause,
            longest_pause: pause,
            stall: Duration::from_millis(200),
            ..live
        }
    }

    /// The portal as somebody sees it who writes requests by hand.
    pub fn raw(&self) -> Raw {
        Raw::new(&self.url, Some(&self.key))
    }

    /// Lets a live portal work for a moment; a mock portal works with each call.
    pub async fn pause(&self) {
        if self.is_live {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Deletes everything that carries this target's title.
    ///
    /// # Panics
    ///
    /// When something stays.
    async fn clean_up(&self) {
        self.settle().await;
        let portal = self.portal();
        for area in [SearchArea::Active, SearchArea::Archive, SearchArea::Templates] {
            let listed = portal.rooms().list().area(area).search(&self.prefix).all().await;
            for room in listed.unwrap_or_else(|error| panic!("cannot look for what to delete: {error}")) {
                // The search is the portal's, so it is checked before anything is deleted.
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

    /// Waits for templates and rooms from templates that are still being made: they would appear after the cleaning.
    async fn settle(&self) {
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

/// A portal makes one template at a time, so tests on a live one must not run at once.
static ONE_BY_ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Deletes a room, which the test itself may be deleting already.
async fn delete(portal: &Portal, room: &Room) -> docspace::Result<()> {
    let gone = async { portal.room(room).delete().await?.wait().await };
    match gone.await {
        Err(error) if error.is_not_found() => Ok(()),
        outcome => outcome,
    }
}

/// The live portal to run on: its address and an API key.
fn live() -> Option<(String, String)> {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Some((read("DOCSPACE_TEST_URL")?, read("DOCSPACE_TEST_API_KEY")?))
}

/// As often as usual, but without pauses worth mentioning.
fn quick_retry() -> RetryPolicy {
    let pause = Duration::from_millis(1);
    RetryPolicy { first_pause: pause, longest_pause: pause, ..RetryPolicy::default() }
}

/// Whether a test leaves nothing behind on a portal that others use too.
#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;

    /// Makes one of everything.
    async fn litter(target: &Target) {
        let portal = target.portal();
        let make = async || {
            portal
                .rooms()
                .create(target.title("room"), RoomType::Custom)
                .tags([target.title("tag")])
                .send()
                .await
                .unwrap()
        };
        let (room, archived) = (make().await, make().await);
        portal.room(&archived).archive().await.unwrap().wait().await.unwrap();
        portal.room(&room).save_as_template(target.title("template")).start().await.unwrap().wait().await.unwrap();
    }

    /// How many rooms, templates and tags there are.
    async fn count(target: &Target) -> usize {
        let portal = target.portal();
        let rooms = portal.rooms().list().all().await.unwrap().len();
        let archived = portal.rooms().list().archived().all().await.unwrap().len();
        let tags = target.raw().get("files/tags").await.response().as_array().expect("tags").len();
        rooms + archived + tags + portal.templates().list().all().await.unwrap().len()
    }

    #[tokio::test]
    async fn nothing_is_left_behind() {
        Target::on_mock(async |others, mock| {
            litter(others).await;
            let before = count(others).await;
            on(mock)
                .run_and_clean_up(async |target| {
                    litter(target).await;
                    assert_eq!(count(target).await, before + 4);
                })
                .await;
            assert_eq!(count(others).await, before);
        })
        .await;
    }

    #[tokio::test]
    async fn nothing_is_left_behind_by_a_test_that_fails() {
        Target::on_mock(async |others, mock| {
            let target = on(mock);
            let failing = target.run_and_clean_up(async |target| {
                litter(target).await;
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
