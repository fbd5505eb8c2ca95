//! The entry point of the API.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures::StreamExt;
use futures::stream::BoxStream;

use crate::book::Book;

/// The result of a call.
pub type Result<T> = std::result::Result<T, String>;

/// A shelf of books that can be lent.
///
/// Clones share the books.
#[derive(Clone, Debug, Default)]
pub struct Shelf(Arc<Mutex<Books>>);

/// The borrower of each book, by title.
pub(crate) type Books = BTreeMap<String, Option<String>>;

impl Shelf {
    /// Creates an empty shelf.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a book and returns it.
    ///
    /// # Errors
    ///
    /// The shelf already has a book with this title.
    pub async fn add(&self, title: impl Into<String>) -> Result<Book> {
        let title = title.into();
        let is_new = self.with(|books| books.insert(title.clone(), None).is_none());
        if is_new { Ok(self.book(title)) } else { Err("the shelf already has this book".to_owned()) }
    }

    /// Returns a handle to one book. Nothing is checked until the first call on it.
    #[must_use]
    pub fn book(&self, title: impl Into<String>) -> Book {
        Book::new(self.clone(), title.into())
    }

    /// A stream of the titles, in alphabetical order.
    pub fn titles(&self) -> BoxStream<'static, String> {
        let titles: Vec<String> = self.with(|books| books.keys().cloned().collect());
        futures::stream::iter(titles).boxed()
    }

    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Books) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
