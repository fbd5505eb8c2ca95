//! Lists that come page by page.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

use futures::stream::try_unfold;

use crate::error::Result;
use crate::runtime::{BoxFuture, BoxStream};

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
pub(crate) fn stream<T, K>(
    fetch: impl Fn(i32) -> BoxFuture<'static, Result<Page<T>>> + Send + 'static,
    key: fn(&T) -> K,
) -> BoxStream<'static, Result<T>>
where
    T: Send + 'static,
    K: Eq + Hash + Send + 'static,
{
    let start = Reader { fetch, key, read: VecDeque::new(), seen: HashSet::new(), next: Some(0), total: None };
    Box::pin(try_unfold(start, |mut reader| async move { Ok(reader.next_item().await?.map(|item| (item, reader))) }))
}

struct Reader<T, K, F> {
    fetch: F,
    key: fn(&T) -> K,
    read: VecDeque<T>,
    seen: HashSet<K>,
    /// Where the next page starts; none after the last.
    next: Option<i32>,
    /// How many there were when the last page was read.
    total: Option<i64>,
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
            let Some(start) = self.next else { return Ok(None) };
            let page = (self.fetch)(start).await?;
            let gone = self.total.zip(page.total).map_or(0, |(before, now)| before.saturating_sub(now));
            self.total = page.total;
            if gone > 0 && start > 0 {
                // What left the list may have made room before this page, for items that were never read.
                self.next = Some(start.saturating_sub(i32::try_from(gone).unwrap_or(i32::MAX)).max(0));
                continue;
            }
            let length = i32::try_from(page.items.len()).unwrap_or(i32::MAX);
            let end = start.saturating_add(length);
            // Where nothing tells the end, a page without news does.
            let news = || page.items.iter().any(|item| !self.seen.contains(&(self.key)(item)));
            let more = page.total.map_or_else(|| length == PAGE && news(), |total| i64::from(end) < total);
            self.next = Some(end).filter(|_| length > 0 && more);
            self.read.extend(page.items);
        }
    }
}

#[cfg(test)]
mod tests {
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
}
