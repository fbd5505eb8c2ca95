//! One list from several.

use std::collections::HashSet;
use std::pin::Pin;

use futures::stream::{Peekable, StreamExt, try_unfold};

use super::reader::Entry;
use crate::error::Result;
use crate::platform::BoxStream;

/// Merges lists whose newest entries come first into one such list. An entry that is in several
/// lists comes once.
pub(super) fn newest_first<T: Entry>(lists: Vec<BoxStream<'static, Result<T>>>) -> BoxStream<'static, Result<T>> {
    let start = Merge { lists: lists.into_iter().map(StreamExt::peekable).collect(), seen: HashSet::new() };
    Box::pin(try_unfold(start, |mut merge| async move { Ok(merge.next_entry().await?.map(|entry| (entry, merge))) }))
}

struct Merge<T: Entry> {
    lists: Vec<Peekable<BoxStream<'static, Result<T>>>>,
    seen: HashSet<i32>,
}

impl<T: Entry> Merge<T> {
    async fn next_entry(&mut self) -> Result<Option<T>> {
        while let Some(index) = self.newest().await {
            let Some(entry) = self.lists[index].next().await else { continue };
            let entry = entry?;
            if self.seen.insert(entry.id()) {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// The list with the newest entry, or the first that failed.
    async fn newest(&mut self) -> Option<usize> {
        let mut newest = None;
        for (index, list) in self.lists.iter_mut().enumerate() {
            match Pin::new(list).peek().await {
                None => {}
                Some(Err(_)) => return Some(index),
                Some(Ok(entry)) => newest = newest.max(Some(((entry.date(), entry.id()), index))),
            }
        }
        newest.map(|(_, index)| index)
    }
}
