//! The body of an answer as it is sent over a connection.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

/// Time for sending the first half of a truncated answer.
const TRUNCATE_AFTER: Duration = Duration::from_millis(50);

/// A body that is sent in chunks, as a portal does. A truncated body ends with an error.
pub(super) struct ResponseBody {
    chunks: VecDeque<io::Result<Bytes>>,
    /// Delays the error until the first half is on its way; hyper closes the connection then.
    pause: Option<Pin<Box<Sleep>>>,
}

impl ResponseBody {
    pub(super) fn new(mut body: Vec<u8>, truncated: bool) -> Self {
        let mut chunks = VecDeque::new();
        if truncated {
            body.truncate(body.len() / 2);
        }
        if !body.is_empty() {
            chunks.push_back(Ok(Bytes::from(body)));
        }
        if truncated {
            chunks.push_back(Err(io::Error::other("truncated by a fault")));
        }
        Self { chunks, pause: truncated.then(|| Box::pin(tokio::time::sleep(TRUNCATE_AFTER))) }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let error_is_next = matches!(self.chunks.front(), Some(Err(_)));
        if let Some(pause) = self.pause.as_mut().filter(|_| error_is_next) {
            std::task::ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(self.chunks.pop_front().map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.chunks.is_empty() { SizeHint::with_exact(0) } else { SizeHint::default() }
    }
}
