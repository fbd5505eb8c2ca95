//! A list that can be long: it is printed while it is read.

use futures::future::BoxFuture;
use futures::stream::{BoxStream, Stream};
use futures::{FutureExt, StreamExt, TryStreamExt};

use super::progress::Bar;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Number of records that a terminal shows if the person gives no number.
const ON_TERMINAL: usize = 30;

/// What happens after the records are printed.
type Closing = Box<dyn FnOnce() + Send>;

/// A list of records that are read page by page.
pub(crate) struct Listing<R> {
    records: BoxStream<'static, Result<R, Failure>>,
    nouns: &'static str,
    /// The text for a person if there are no records.
    none: String,
    limit: Option<usize>,
    total: BoxFuture<'static, Option<u64>>,
    closing: Closing,
    /// Shown until the first records are read.
    bar: Bar,
}

/// The records for a terminal, and a heading if there are more of them.
pub(super) struct Excerpt<R> {
    pub(super) records: Vec<R>,
    pub(super) heading: String,
}

impl<R: 'static> Listing<R> {
    /// A list of all records of the stream. `nouns` is their name, such as `rooms`.
    pub(crate) fn new<S>(nouns: &'static str, records: S, terminal: Terminal) -> Self
    where
        S: Stream<Item = docspace::Result<R>> + Send + 'static,
    {
        Self {
            records: records.err_into().boxed(),
            nouns,
            none: format!("no {nouns} found"),
            limit: None,
            total: futures::future::ready(None).boxed(),
            closing: Box::new(|| ()),
            bar: Bar::start(terminal, format!("reading {nouns}"), 1),
        }
    }

    /// Limits the list to this number of records.
    pub(crate) fn limit(self, limit: Option<u32>) -> Self {
        Self { limit: limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)), ..self }
    }

    /// Sets the call that counts all records. It is made only if some are left out.
    pub(crate) fn total(self, count: impl Future<Output = docspace::Result<u64>> + Send + 'static) -> Self {
        Self { total: count.map(Result::ok).boxed(), ..self }
    }

    /// Sets the text for a person if there are no records.
    pub(crate) fn none(self, text: impl Into<String>) -> Self {
        Self { none: text.into(), ..self }
    }

    /// Sets what happens after the records are printed.
    pub(crate) fn closing(self, closing: impl FnOnce() + Send + 'static) -> Self {
        Self { closing: Box::new(closing), ..self }
    }

    pub(super) fn take_closing(&mut self) -> Closing {
        std::mem::replace(&mut self.closing, Box::new(|| ()))
    }

    /// The text for a person if there are no records.
    pub(super) fn if_none(&self) -> String {
        self.none.clone()
    }

    /// Returns the records as a stream of those that are read at the same time.
    pub(super) fn chunks(self) -> BoxStream<'static, Result<Vec<R>, Failure>>
    where
        R: Send,
    {
        const MOST: usize = 100;
        let Self { records, limit, bar, .. } = self;
        let mut bar = Some(bar);
        let records = records.take(limit.unwrap_or(usize::MAX)).try_ready_chunks(MOST);
        // Records before a failure are part of the output.
        let chunks = records.map(|chunk| chunk.map_err(|error| (error.0, error.1)));
        chunks
            .flat_map(|chunk| {
                let parts = match chunk {
                    Ok(records) => vec![Ok(records)],
                    Err((records, failure)) if records.is_empty() => vec![Err(failure)],
                    Err((records, failure)) => vec![Ok(records), Err(failure)],
                };
                futures::stream::iter(parts)
            })
            // A pager that shows the first records must not be disturbed.
            .inspect(move |_| drop(bar.take()))
            .boxed()
    }

    /// Reads all records.
    pub(super) async fn all(self) -> Result<Vec<R>, Failure> {
        self.records.take(self.limit.unwrap_or(usize::MAX)).try_collect().await
    }

    /// Reads as many records as a terminal shows.
    pub(super) async fn excerpt(self) -> Result<Excerpt<R>, Failure> {
        let limit = self.limit.unwrap_or(ON_TERMINAL);
        let mut records: Vec<R> = self.records.take(limit.saturating_add(1)).try_collect().await?;
        if records.len() <= limit {
            return Ok(Excerpt { records, heading: String::new() });
        }
        records.truncate(limit);
        let of = self.total.await.map(|total| format!(" of {total}")).unwrap_or_default();
        let heading = format!("Showing {limit}{of} {}; use --limit to see more\n\n", self.nouns);
        Ok(Excerpt { records, heading })
    }
}
