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

/// The items as they come. A page is read when the one before is used up, and no item comes twice, although a portal can
/// list one twice when the list changes meanwhile.
pub(crate) fn stream<T, K>(
    fetch: impl Fn(i32) -> BoxFuture<'static, Result<Page<T>>> + Send + 'static,
    key: fn(&T) -> K,
) -> BoxStream<'static, Result<T>>
where
    T: Send + 'static,
    K: Eq + Hash + Send + 'static,
{
    let start = Reader { fetch, key, read: VecDeque::new(), seen: HashSet::new(), next: Some(0) };
    Box::pin(try_unfold(start, |mut reader| async move { Ok(reader.next_item().await?.map(|item| (item, reader))) }))
}

struct Reader<T, K, F> {
    fetch: F,
    key: fn(&T) -> K,
    read: VecDeque<T>,
    seen: HashSet<K>,
    /// Where the next page starts; none after the last.
    next: Option<i32>,
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
            let length = i32::try_from(page.items.len()).unwrap_or(i32::MAX);
            let end = start.saturating_add(length);
            let more = page.total.map_or(length == PAGE, |total| i64::from(end) < total);
            self.next = Some(end).filter(|_| length > 0 && more);
            self.read.extend(page.items);
        }
    }
}

#[cfg(test)]
mod tests {
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

    #[tokio::test]
    async fn an_empty_page_ends_the_list_whatever_its_total() {
        let pages = |_: i32| -> BoxFuture<'static, Result<Page<i32>>> {
            Box::pin(async { Ok(Page { items: Vec::new(), total: Some(9) }) })
        };
        let all: Vec<i32> = stream(pages, |item| *item).try_collect().await.unwrap();
        assert!(all.is_empty());
    }
}
