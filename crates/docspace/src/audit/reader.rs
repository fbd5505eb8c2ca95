//! Reads lists without a total, newest entry first, and detects a portal that ignores filters and
//! paging.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use docspace_api::Timestamp;
use docspace_api::types::{AuditEvent, LoginEvent};
use futures::stream::try_unfold;

use crate::error::{Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::support::pages::PAGE;

/// An entry of the audit trail or of the login history.
pub(super) trait Entry: Send + 'static {
    fn id(&self) -> i32;
    fn date(&self) -> Timestamp;
}

impl Entry for AuditEvent {
    fn id(&self) -> i32 {
        self.id
    }

    fn date(&self) -> Timestamp {
        self.date
    }
}

impl Entry for LoginEvent {
    fn id(&self) -> i32 {
        self.id
    }

    fn date(&self) -> Timestamp {
        self.date
    }
}

/// Whether the portal is known to honor `count` and `startIndex`, shared by the lists of one call.
#[derive(Clone, Default)]
pub(super) struct FilterSupport(Arc<AtomicBool>);

/// The error for a portal that ignores filters and paging.
pub(super) fn ignored() -> Error {
    let reason = "the portal ignored the request and returned its last events: it has no audit trail, \
                  or it hides its login history";
    let advice = "check that the portal's plan includes the audit trail, and that the portal shows its login history";
    Error::new(ErrorKind::NotDone, reason).advise(advice)
}

/// The entries of all pages as a stream. `fetch` gets the start and the size of a page. Its error
/// names the call, and so does `named` for an error of this module.
///
/// - Each entry comes once, although new entries move the others to later positions.
/// - The stream ends with a page that is not full, and also if pages keep repeating: at most as
///   many pages without new entries are read as pages with new entries, plus two.
pub(super) fn stream<T: Entry>(
    fetch: impl Fn(i32, i32) -> BoxFuture<'static, Result<Vec<T>>> + Send + 'static,
    named: impl Fn(Error) -> Error + Send + 'static,
    support: FilterSupport,
) -> BoxStream<'static, Result<T>> {
    let start = Reader {
        fetch,
        named,
        support,
        read: VecDeque::new(),
        seen: HashSet::new(),
        next: Some(0),
        repeats_left: EXTRA_REPEATS,
    };
    Box::pin(try_unfold(start, |mut reader| async move { Ok(reader.next_entry().await?.map(|entry| (entry, reader))) }))
}

/// Number of pages without new entries that may be read, besides one for each page with new
/// entries.
const EXTRA_REPEATS: usize = 2;

struct Reader<T, F, N> {
    fetch: F,
    named: N,
    support: FilterSupport,
    read: VecDeque<T>,
    seen: HashSet<i32>,
    /// The start of the next page; `None` after the last page.
    next: Option<i32>,
    repeats_left: usize,
}

impl<T, F, N> Reader<T, F, N>
where
    T: Entry,
    F: Fn(i32, i32) -> BoxFuture<'static, Result<Vec<T>>>,
    N: Fn(Error) -> Error,
{
    async fn next_entry(&mut self) -> Result<Option<T>> {
        loop {
            if let Some(entry) = self.read.pop_front() {
                return Ok(Some(entry));
            }
            let Some(start) = self.next else { return Ok(None) };
            let page = (self.fetch)(start, PAGE).await?;
            self.take(start, page).await?;
        }
    }

    async fn take(&mut self, start: i32, page: Vec<T>) -> Result<()> {
        let length = i32::try_from(page.len()).unwrap_or(i32::MAX);
        let is_last = length < PAGE;
        let mut fresh: Vec<T> = page.into_iter().filter(|entry| self.seen.insert(entry.id())).collect();
        // The order of entries of the same second is not fixed.
        fresh.sort_by_key(|entry| std::cmp::Reverse((entry.date(), entry.id())));
        // A portal that ignores the size of a page returns a short one, and the same for every
        // start. A single entry cannot be a part of more.
        if length > 1 && (is_last || fresh.is_empty()) {
            self.verify().await?;
        }
        let may_go_on = if fresh.is_empty() {
            self.repeats_left = self.repeats_left.saturating_sub(1);
            self.repeats_left > 0
        } else {
            self.repeats_left += 1;
            true
        };
        self.next = Some(start.saturating_add(length)).filter(|_| !is_last && may_go_on);
        self.read.extend(fresh);
        Ok(())
    }

    /// Asks for one entry. A portal that returns more ignores paging.
    async fn verify(&mut self) -> Result<()> {
        if self.support.0.load(Ordering::Relaxed) {
            return Ok(());
        }
        if (self.fetch)(0, 1).await?.len() > 1 {
            return Err((self.named)(ignored()));
        }
        self.support.0.store(true, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::TryStreamExt;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Numbered(i32);

    impl Entry for Numbered {
        fn id(&self) -> i32 {
            self.0
        }

        fn date(&self) -> Timestamp {
            "2026-11-28T03:00:00Z".parse().unwrap()
        }
    }

    /// The starts and sizes of the pages that were requested.
    type Pages = Arc<Mutex<Vec<(i32, i32)>>>;

    /// What a portal with these entries returns, and which pages were requested.
    fn served(
        answer: impl Fn(usize, i32, i32) -> Vec<i32> + Send + 'static,
    ) -> (BoxStream<'static, Result<Numbered>>, Pages) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let fetch = move |start, count| -> BoxFuture<'static, Result<Vec<Numbered>>> {
            let mut log = log.lock().unwrap();
            assert!(log.len() < 20, "the list does not end");
            let entries = answer(log.len(), start, count).into_iter().map(Numbered).collect();
            log.push((start, count));
            Box::pin(async move { Ok(entries) })
        };
        (stream(fetch, |error| error, FilterSupport::default()), asked)
    }

    /// The page of a portal that honors paging and whose newest entry is `newest`.
    fn page(newest: i32, start: i32, count: i32) -> Vec<i32> {
        let first = newest - start;
        ((first - count + 1).max(1)..=first.max(0)).rev().collect()
    }

    async fn numbers(entries: BoxStream<'static, Result<Numbered>>) -> Vec<i32> {
        entries.map_ok(|entry| entry.0).try_collect().await.unwrap()
    }

    #[tokio::test]
    async fn all_pages_are_read_and_the_size_of_a_page_is_verified_once() {
        let (entries, asked) = served(|_, start, count| page(230, start, count));
        assert_eq!(numbers(entries).await, (1..=230).rev().collect::<Vec<_>>());
        assert_eq!(*asked.lock().unwrap(), [(0, 100), (100, 100), (200, 100), (0, 1)]);
    }

    #[tokio::test]
    async fn a_single_entry_needs_no_second_request() {
        let (entries, asked) = served(|_, start, count| page(1, start, count));
        assert_eq!(numbers(entries).await, [1]);
        assert_eq!(asked.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_portal_that_always_returns_its_last_entries_is_an_error() {
        let (entries, _) = served(|_, _, _| (1..=20).rev().collect());
        let error = entries.try_collect::<Vec<_>>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone);
        assert!(error.to_string().contains("ignored the request"), "{error}");
    }

    #[tokio::test]
    async fn entries_that_arrive_between_two_pages_move_nothing_out_of_the_list() {
        let (entries, _) = served(|request, start, count| page(if request == 0 { 150 } else { 250 }, start, count));
        assert_eq!(numbers(entries).await, (1..=150).rev().collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_list_whose_full_pages_repeat_ends() {
        let (entries, asked) = served(|_, _, count| if count == 1 { vec![100] } else { (1..=100).rev().collect() });
        assert_eq!(numbers(entries).await.len(), 100);
        assert!(asked.lock().unwrap().len() <= 5);
    }
}
