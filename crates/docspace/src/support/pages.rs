//! Lists that are read page by page.

use std::collections::{HashSet, VecDeque};
use std::fmt::Display;
use std::hash::Hash;

use futures::stream::try_unfold;

use crate::error::Result;
use crate::platform::{BoxFuture, BoxStream, spawn};

/// Maximum number of items on a page of a portal.
pub(crate) const PAGE: i32 = 100;

/// The number of items on a page that are left when the next page is requested.
const HALF_PAGE: usize = 50;

/// One page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The number of items on all pages, if the portal reports it.
    pub(crate) total: Option<i64>,
}

impl<T> Page<T> {
    /// The number of entries in the whole list, or 0 if the portal does not report it.
    pub(crate) fn count(&self) -> u64 {
        self.total.and_then(|total| u64::try_from(total).ok()).unwrap_or_default()
    }
}

/// The id of a room, folder or file in 16 bytes, because a stream keeps the ids of all its items.
#[derive(PartialEq, Eq, Hash)]
pub(crate) enum SmallId {
    Number(i32),
    Text(Box<str>),
}

impl SmallId {
    /// `number` is the number of the id, if it has one.
    pub(crate) fn new(number: Option<i32>, id: &impl Display) -> Self {
        number.map_or_else(|| Self::Text(id.to_string().into()), Self::Number)
    }
}

/// The items of all pages as a stream. It requests the next page when half of a page is used up,
/// and never more than one in advance. So a caller that stops early, at one of the first items,
/// causes no request in vain.
///
/// - Each item comes once, although a portal can list an item twice if the list changes between two
///   pages.
/// - If items leave the list in the meantime, the reader goes back so that it does not skip others,
///   as far as the reported total shows it.
/// - The stream always ends: the number of pages without new items is at most the number of pages
///   with new items plus two.
pub(crate) fn stream<T, K>(
    fetch: impl Fn(i32) -> BoxFuture<'static, Result<Page<T>>> + Send + 'static,
    key: fn(&T) -> K,
) -> BoxStream<'static, Result<T>>
where
    T: Send + 'static,
    K: Eq + Hash + Send + 'static,
{
    let start = Reader {
        fetch,
        key,
        read: VecDeque::new(),
        set_aside: VecDeque::new(),
        seen: HashSet::new(),
        next: Some(0),
        ahead: None,
        reached: 0,
        total: None,
        steps_back: 0,
        empty_pages_left: EXTRA_EMPTY_PAGES,
    };
    Box::pin(try_unfold(start, |mut reader| async move { Ok(reader.next_item().await?.map(|item| (item, reader))) }))
}

/// Maximum number of steps back between two pages with new items.
const MOST_STEPS_BACK: u8 = 2;
/// Number of pages without new items that may be read, besides one for each page with new items.
const EXTRA_EMPTY_PAGES: usize = 2;

struct Reader<T, K, F> {
    fetch: F,
    key: fn(&T) -> K,
    read: VecDeque<T>,
    /// Items of a page from which the reader went back. They are read again in their place, or else
    /// come last.
    set_aside: VecDeque<T>,
    seen: HashSet<K>,
    /// The start of the next page; `None` after the last page.
    next: Option<i32>,
    /// The next page, if it was requested in advance.
    ahead: Option<BoxFuture<'static, Result<Page<T>>>>,
    /// The end of the furthest page that was read.
    reached: i32,
    /// The total that the last page reported.
    total: Option<i64>,
    /// How often the reader went back since the last page with new items.
    steps_back: u8,
    /// How many more pages without new items may be read.
    empty_pages_left: usize,
}

impl<T, K, F> Reader<T, K, F>
where
    T: Send + 'static,
    K: Eq + Hash,
    F: Fn(i32) -> BoxFuture<'static, Result<Page<T>>>,
{
    async fn next_item(&mut self) -> Result<Option<T>> {
        loop {
            while let Some(item) = self.read.pop_front() {
                if self.seen.insert((self.key)(&item)) {
                    self.read_ahead();
                    return Ok(Some(item));
                }
            }
            match self.next {
                Some(start) => {
                    let page = self.ahead.take().unwrap_or_else(|| (self.fetch)(start));
                    let page = page.await?;
                    self.take(start, page);
                }
                None if self.set_aside.is_empty() => return Ok(None),
                None => self.read.append(&mut self.set_aside),
            }
        }
    }

    /// Requests the next page when half of this one is used up. A task reads it, because the caller
    /// of the stream may take a while with each item.
    fn read_ahead(&mut self) {
        if let Some(start) = self.next
            && self.ahead.is_none()
            && self.read.len() <= HALF_PAGE
        {
            self.ahead = Some(Box::pin(spawn((self.fetch)(start))));
        }
    }

    /// Processes the page that starts at `start`, and determines where the next one starts.
    fn take(&mut self, start: i32, page: Page<T>) {
        let change = self.total.zip(page.total).map_or(0, |(before, now)| now.saturating_sub(before));
        self.total = page.total;
        // If items left the list, unread items may have moved to a position before this page. That
        // is not the case if the page begins with an item that was already read.
        let may_have_gap = start > 0 && change < 0 && page.items.first().is_none_or(|item| self.is_new(item));
        if may_have_gap && self.steps_back < MOST_STEPS_BACK && self.empty_pages_left > 0 {
            self.steps_back += 1;
            self.empty_pages_left -= 1;
            // The same number of items may leave again before the next page is read, and that page
            // should begin with an item that was already read.
            let gone = i32::try_from(change.unsigned_abs()).unwrap_or(i32::MAX);
            let distance = gone.saturating_add(gone.min(PAGE)).saturating_add(1);
            self.next = Some(start.saturating_sub(distance).max(0));
            self.set_aside.extend(page.items);
            return;
        }
        let length = i32::try_from(page.items.len()).unwrap_or(i32::MAX);
        let end = start.saturating_add(length);
        // Without a total, a page that is not full is the last one.
        let has_more = length > 0 && page.total.map_or(length == PAGE, |total| i64::from(end) < total);
        let after = Some(end).filter(|_| has_more);
        self.next = if page.items.iter().any(|item| self.is_new(item)) {
            self.steps_back = 0;
            self.empty_pages_left = self.empty_pages_left.saturating_add(1);
            after
        } else {
            // A page in the middle has no new items if it was read before, or if added items moved
            // the items of the previous page to it.
            let is_expected = (end <= self.reached || change > 0) && self.empty_pages_left > 0;
            self.empty_pages_left = self.empty_pages_left.saturating_sub(1);
            after.filter(|_| is_expected)
        };
        self.reached = self.reached.max(end);
        self.read.extend(page.items);
    }

    fn is_new(&self, item: &T) -> bool {
        !self.seen.contains(&(self.key)(item))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    use futures::TryStreamExt;

    use super::*;

    #[test]
    fn ids_are_small() {
        assert_eq!(size_of::<SmallId>(), 16);
    }

    #[tokio::test]
    async fn items_that_move_to_the_next_page_come_once() {
        let pages = |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            let items = if start == 0 { vec![1, 2, 3] } else { vec![3, 4] };
            Box::pin(async move { Ok(Page { items, total: Some(5) }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert_eq!(all, [1, 2, 3, 4]);
    }

    /// The items of the first page leave the list before the second page is read, as when a program
    /// archives each room that it reads.
    #[tokio::test]
    async fn items_are_not_skipped_when_others_leave_the_list() {
        let left = Arc::new(Mutex::new((0..5).collect::<Vec<i32>>()));
        let listed = Arc::clone(&left);
        let pages = move |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            let left = listed.lock().unwrap().clone();
            let total = i64::try_from(left.len()).ok();
            let items = left.into_iter().skip(start.unsigned_abs() as usize).take(2).collect();
            Box::pin(async move { Ok(Page { items, total }) })
        };
        let mut seen = Vec::new();
        let mut items = stream(pages, |item| *item);
        while let Some(item) = items.try_next().await.unwrap() {
            left.lock().unwrap().retain(|other| *other != item);
            seen.push(item);
        }
        assert_eq!(seen, [0, 1, 2, 3, 4]);
    }

    #[tokio::test]
    async fn repeated_pages_end_a_list_without_a_total() {
        let pages = |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            assert!(start < 10 * PAGE, "the list does not end");
            Box::pin(async { Ok(Page { items: (0..PAGE).collect(), total: None }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert_eq!(all.len(), 100);
    }

    #[tokio::test]
    async fn an_empty_page_ends_a_list_with_a_higher_total() {
        let pages = |_: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            Box::pin(async { Ok(Page { items: Vec::new(), total: Some(9) }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert!(all.is_empty());
    }

    /// A stream of the server's answers, and the number of requests. `answer` gets the number of
    /// the request and the start of the page.
    fn served(
        answer: impl Fn(usize, i32) -> Page<i32> + Send + Sync + 'static,
    ) -> (BoxStream<'static, Result<i32>>, Arc<AtomicUsize>) {
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        let pages = move |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            let page = answer(counted.fetch_add(1, Ordering::Relaxed), start);
            Box::pin(async move { Ok(page) })
        };
        (stream(pages, |item| *item), requests)
    }

    #[tokio::test]
    async fn one_page_is_requested_in_advance_when_half_of_a_page_is_used_up() {
        let (mut items, requests) =
            served(|_, start| Page { items: (start..start + PAGE).collect(), total: Some(300) });
        let mut requests_after = async |count: usize| {
            for _ in 0..count {
                items.try_next().await.unwrap().unwrap();
            }
            requests.load(Ordering::Relaxed)
        };
        assert_eq!(requests_after(49).await, 1);
        assert_eq!(requests_after(1).await, 2);
        assert_eq!(requests_after(99).await, 2);
        assert_eq!(requests_after(1).await, 3);
        assert_eq!(requests_after(150).await, 3);
        assert_eq!(items.try_next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_list_is_complete_when_the_total_changes_from_page_to_page() {
        let (items, requests) = served(|_, start| Page {
            items: (start..start + PAGE).collect(),
            total: Some(if start == 0 { 200 } else { 100 }),
        });
        let mut all: Vec<i32> = items.try_collect().await.unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..200).collect::<Vec<_>>());
        assert!(requests.load(Ordering::Relaxed) <= 6, "{requests:?} requests");
    }

    #[tokio::test]
    async fn a_page_without_new_items_ends_a_list_with_a_higher_total() {
        let (items, requests) = served(|_, _| Page { items: (0..PAGE).collect(), total: Some(i64::MAX) });
        assert_eq!(items.try_collect::<Vec<i32>>().await.unwrap().len(), 100);
        assert_eq!(requests.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_list_ends_when_its_total_grows_without_new_items() {
        let grows = |request: usize, _| Page { items: (0..PAGE).collect(), total: i64::try_from(1000 * request).ok() };
        let (items, requests) = served(grows);
        assert_eq!(items.try_collect::<Vec<i32>>().await.unwrap().len(), 100);
        assert!(requests.load(Ordering::Relaxed) <= 5, "{requests:?} requests");
    }

    /// A hundred new items at the top move all others by a page.
    #[tokio::test]
    async fn items_moved_by_a_page_of_new_items_are_read() {
        let (items, _) = served(|request, start| {
            let listed: Vec<i32> = if request == 0 { (0..250).collect() } else { (1000..1100).chain(0..250).collect() };
            let total = i64::try_from(listed.len()).ok();
            Page { items: listed.into_iter().skip(start.unsigned_abs() as usize).take(100).collect(), total }
        });
        assert_eq!(items.try_collect::<Vec<i32>>().await.unwrap(), (0..250).collect::<Vec<_>>());
    }

    /// An item leaves the list before each page is read, so a reader that always goes back would
    /// never advance.
    #[tokio::test]
    async fn a_list_that_shrinks_with_each_page_is_read_to_its_end() {
        let (items, requests) = served(|request, start| {
            let gone = i32::try_from(request).unwrap();
            let items = (gone..1000).skip(start.unsigned_abs() as usize).take(100).collect();
            Page { items, total: Some(i64::from(1000 - gone)) }
        });
        let mut all: Vec<i32> = items.try_collect().await.unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..1000).collect::<Vec<_>>());
        assert!(requests.load(Ordering::Relaxed) <= 40, "{requests:?} requests");
    }

    /// For random pages and totals, the list ends after a number of requests that depends on the
    /// items received, and each item is returned once.
    #[tokio::test]
    async fn random_lists_end_and_return_each_item_once() {
        for seed in 0..5000 {
            let mut random = fastrand::Rng::with_seed(seed);
            let ids = random.i32(1..500);
            let script: Vec<(Vec<i32>, Option<i64>)> = (0..random.usize(1..20))
                .map(|_| {
                    let length = [0, 1, 2, 99, 100, 101, 250][random.usize(0..7)];
                    let first = random.i32(0..ids);
                    let items = (first..first + length).map(|id| id % ids).collect();
                    let totals = [None, Some(-1), Some(0), Some(1), Some(100), Some(i64::MAX), Some(i64::MIN)];
                    let total = if random.bool() { Some(random.i64(0..2000)) } else { totals[random.usize(0..7)] };
                    (items, total)
                })
                .collect();
            let sent = Arc::new(Mutex::new(HashSet::new()));
            let (recorded, length) = (Arc::clone(&sent), script.len());
            let (items, requests) = served(move |request, _| {
                let (items, total) = script[request % length].clone();
                recorded.lock().unwrap().extend(items.iter().copied());
                assert!(request < 2000, "seed {seed}: the list does not end");
                Page { items, total }
            });
            let all: Vec<i32> = items.try_collect().await.unwrap();
            let sent = sent.lock().unwrap();
            assert_eq!(all.len(), sent.len(), "seed {seed}");
            assert_eq!(all.into_iter().collect::<HashSet<_>>(), *sent, "seed {seed}");
            let requests = requests.load(Ordering::Relaxed);
            assert!(
                requests <= 2 * sent.len() + EXTRA_EMPTY_PAGES + 1,
                "seed {seed}: {requests} requests for {} items",
                sent.len()
            );
        }
    }
}
