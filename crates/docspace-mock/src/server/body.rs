//! The body of an answer as it goes out over a connection.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

/// How long the first half of a cut answer has to go out.
const CUT_AFTER: Duration = Duration::from_millis(50);

/// A body: bodies that are there go out in chunks, as a portal's do; a cut one ends with an error.
pub(super) struct ResponseBody {
    chunks: VecDeque<io::Result<Bytes>>,
    /// What came before the cut must be on its way before the connection closes.
    pause: Option<Pin<Box<Sleep>>>,
}

impl ResponseBody {
    pub(super) fn new(mut body: Vec<u8>, cut: bool) -> Self {
        let mut chunks = VecDeque::new();
        if cut {
            body.truncate(body.len() / 2);
        }
        if !body.is_empty() {
            chunks.push_back(Ok(Bytes::from(body)));
        }
        if cut {
            chunks.push_back(Err(io::Error::other("cut by a fault")));
        }
        Self { chunks, pause: cut.then(|| Box::pin(tokio::time::sleep(CUT_AFTER))) }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let cut_next = matches!(self.chunks.front(), Some(Err(_)));
        if let Some(pause) = self.pause.as_mut().filter(|_| cut_next) {
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
