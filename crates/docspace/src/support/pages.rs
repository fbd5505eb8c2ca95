//! Lists that come page by page.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

use futures::stream::try_unfold;

use crate::error::Result;
use crate::platform::{BoxFuture, BoxStream};

/// The most that a portal puts on a page.
pub(crate) const PAGE: i32 = 100;

/// One page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// How many there are on all pages; none where the portal does not say.
    pub(crate) total: Option<i64>,
}

/// The items as they come. A page is read when the one before is used up. No item comes twice, although a portal can list
/// one twice when the list changes meanwhile; and none is passed over when others leave the list, as far as its total tells.
///
/// The list ends whatever the portal answers: the number of pages without new items is at most the
/// number of pages with new items plus two.
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
        reached: 0,
        total: None,
        returns: 0,
        patience: PATIENCE,
    };
    Box::pin(try_unfold(start, |mut reader| async move { Ok(reader.next_item().await?.map(|item| (item, reader))) }))
}

/// How often the reader goes back before it reads on, unless new items arrived in between.
const MOST_RETURNS: u8 = 2;
/// How many pages without new items are read, besides one for each page with new items.
const PATIENCE: usize = 2;

struct Reader<T, K, F> {
    fetch: F,
    key: fn(&T) -> K,
    read: VecDeque<T>,
    /// Items that arrived too early, before the reader went back. They are read again in their
    /// place, or else come last.
    set_aside: VecDeque<T>,
    seen: HashSet<K>,
    /// Where the next page starts; none after the last.
    next: Option<i32>,
    /// The end of the furthest page that was read.
    reached: i32,
    /// How many there were when the last page was read.
    total: Option<i64>,
    /// How often the reader went back since new items last arrived.
    returns: u8,
    /// How many more pages without new items may be read.
    patience: usize,
}

impl<T, K, F> Reader<T, K, F>
where
    K: Eq + Hash,
    F: Fn(i32) -> BoxFuture<'static, Result<Page<T>>>,
{
    async fn next_item(&mut self) -> Result<Option<T>> {
        loop {
            while let Some(item) = self.read.pop_front() {
                if self.seen.insert((self.key)(&item)) {
                    return Ok(Some(item));
                }
            }
            match self.next {
                Some(start) => {
                    let page = (self.fetch)(start).await?;
                    self.take(start, page);
                }
                None if self.set_aside.is_empty() => return Ok(None),
                None => self.read.append(&mut self.set_aside),
            }
        }
    }

    /// Processes the page that starts at `start`, and determines where the next one starts.
    fn take(&mut self, start: i32, page: Page<T>) {
        let change = self.total.zip(page.total).map_or(0, |(before, now)| now.saturating_sub(before));
        self.total = page.total;
        // Items that left the list may have moved items that were never read to before this page. That is not the case
        // if the page begins with an item that was already read.
        let may_have_gap = start > 0 && change < 0 && page.items.first().is_none_or(|item| self.is_new(item));
        if may_have_gap && self.returns < MOST_RETURNS && self.patience > 0 {
            self.returns += 1;
            self.patience -= 1;
            // As many items again may leave before the next page is read, and that page should begin with an item that
            // was already read.
            let gone = i32::try_from(change.unsigned_abs()).unwrap_or(i32::MAX);
            let room = gone.saturating_add(gone.min(PAGE)).saturating_add(1);
            self.next = Some(start.saturating_sub(room).max(0));
            self.set_aside.extend(page.items);
            return;
        }
        let length = i32::try_from(page.items.len()).unwrap_or(i32::MAX);
        let end = start.saturating_add(length);
        // Without a total, a page that is not full is the last one.
        let has_more = length > 0 && page.total.map_or(length == PAGE, |total| i64::from(end) < total);
        let after = Some(end).filter(|_| has_more);
        self.next = if page.items.iter().any(|item| self.is_new(item)) {
            self.returns = 0;
            self.patience = self.patience.saturating_add(1);
            after
        } else {
            // A page in the middle can bring nothing new if it was read again, or if items that others added moved its
            // items on.
            let is_expected = (end <= self.reached || change > 0) && self.patience > 0;
            self.patience = self.patience.saturating_sub(1);
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

    #[tokio::test]
    async fn what_moves_to_the_next_page_meanwhile_comes_once() {
        let pages = |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            let items = if start == 0 { vec![1, 2, 3] } else { vec![3, 4] };
            Box::pin(async move { Ok(Page { items, total: Some(5) }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert_eq!(all, [1, 2, 3, 4]);
    }

    /// The first page is gone when the second is asked for, as when each is archived as it comes.
    #[tokio::test]
    async fn what_leaves_the_list_meanwhile_hides_nothing() {
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
    async fn the_same_page_again_and_again_ends_a_list_without_a_total() {
        let pages = |start: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            assert!(start < 10 * PAGE, "it has no end");
            Box::pin(async { Ok(Page { items: (0..PAGE).collect(), total: None }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert_eq!(all.len(), 100);
    }

    #[tokio::test]
    async fn an_empty_page_ends_the_list_whatever_its_total() {
        let pages = |_: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            Box::pin(async { Ok(Page { items: Vec::new(), total: Some(9) }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert!(all.is_empty());
    }

    /// A stream of what a server answers to each request, and the number of requests.
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
    async fn a_page_without_new_items_ends_a_list_whatever_its_total() {
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

    /// A hundred new items at the top move all others on by a page.
    #[tokio::test]
    async fn items_moved_on_by_a_page_of_new_items_are_read() {
        let (items, _) = served(|request, start| {
            let listed: Vec<i32> = if request == 0 { (0..250).collect() } else { (1000..1100).chain(0..250).collect() };
            let total = i64::try_from(listed.len()).ok();
            Page { items: listed.into_iter().skip(start.unsigned_abs() as usize).take(100).collect(), total }
        });
        assert_eq!(items.try_collect::<Vec<i32>>().await.unwrap(), (0..250).collect::<Vec<_>>());
    }

    /// An item leaves the list before each page is read, so a reader that only goes back would
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

    /// Whatever a server answers, and however long it goes on: the list ends after a number of
    /// requests that depends on the items received, and each of them is returned once.
    #[tokio::test]
    async fn reading_ends_and_returns_each_item_once_whatever_the_pages_and_totals() {
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
            let came = Arc::new(Mutex::new(HashSet::new()));
            let (noted, length) = (Arc::clone(&came), script.len());
            let (items, requests) = served(move |request, _| {
                let (items, total) = script[request % length].clone();
                noted.lock().unwrap().extend(items.iter().copied());
                assert!(request < 2000, "seed {seed}: the list has no end");
                Page { items, total }
            });
            let all: Vec<i32> = items.try_collect().await.unwrap();
            let came = came.lock().unwrap();
            assert_eq!(all.len(), came.len(), "seed {seed}");
            assert_eq!(all.into_iter().collect::<HashSet<_>>(), *came, "seed {seed}");
            let requests = requests.load(Ordering::Relaxed);
            assert!(
                requests <= 2 * came.len() + PATIENCE + 1,
                "seed {seed}: {requests} requests for {} items",
                came.len()
            );
        }
    }
}
