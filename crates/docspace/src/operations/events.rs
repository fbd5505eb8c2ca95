//! A wait as a stream of what it sees.

use std::task::Poll;

use futures::channel::mpsc;
use futures::stream::{StreamExt, poll_fn};

use super::{Operation, Progress};
use crate::error::Result;
use crate::runtime::BoxStream;

/// What a wait tells of. Made by [`Operation::events`].
///
/// ```
/// use docspace::Event;
/// use futures::TryStreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let mut events = portal.room(&room).archive().await?.events();
/// while let Some(event) = events.try_next().await? {
///     match event {
///         Event::Progress(now) => eprintln!("{} {:?}", now.stage, now.percent),
///         Event::Done(room) => assert!(room.is_archived()),
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Event<T> {
    /// A look at the portal.
    Progress(Progress),
    /// The end, with what came out.
    Done(T),
}

impl<T: Send + 'static> Operation<T> {
    /// Waits as [`wait`](Self::wait) does and tells of every look at the portal; the last event is [`Event::Done`], or an
    /// error. The deadline counts from the first time the stream is read.
    ///
    /// Nothing happens while nobody reads it, and dropping it leaves nothing running here.
    pub fn events(mut self) -> BoxStream<'static, Result<Event<T>>> {
        let (tell, mut told) = mpsc::unbounded();
        let mut callback = self.watch.callback.take();
        let observed = self.on_progress(move |progress| {
            if let Some(callback) = &mut callback {
                callback(progress);
            }
            // The receiver lives as long as the wait.
            let _ = tell.unbounded_send(progress.clone());
        });
        let mut end = Some(Box::pin(observed.wait()));
        let mut outcome = None;
        // The wait goes on first, so that what it tells in its last step comes before the end.
        Box::pin(poll_fn(move |context| {
            if let Some(wait) = &mut end
                && let Poll::Ready(ended) = wait.as_mut().poll(context)
            {
                (end, outcome) = (None, Some(ended));
            }
            match told.poll_next_unpin(context) {
                Poll::Ready(Some(progress)) => Poll::Ready(Some(Ok(Event::Progress(progress)))),
                _ if end.is_some() => Poll::Pending,
                _ => Poll::Ready(outcome.take().map(|ended| ended.map(Event::Done))),
            }
        }))
    }
}
