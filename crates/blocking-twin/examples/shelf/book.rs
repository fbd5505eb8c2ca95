//! Books.

use crate::shelf::{Result, Shelf};

/// One book of a [`Shelf`].
#[derive(Debug)]
pub struct Book {
    shelf: Shelf,
    title: String,
}

impl Book {
    pub(crate) fn new(shelf: Shelf, title: String) -> Self {
        Self { shelf, title }
    }

    /// The shelf that the book belongs to.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        self.shelf.clone()
    }

    /// Lends the book.
    ///
    /// # Errors
    ///
    /// - The shelf does not have the book.
    /// - The book is already lent.
    pub async fn lend(&self, borrower: &str) -> Result<()> {
        // Stands for waiting for a server.
        tokio::task::yield_now().await;
        self.shelf.with(|books| match books.get_mut(&self.title) {
            None => Err("the shelf does not have this book".to_owned()),
            Some(Some(other)) => Err(format!("the book is lent to {other}")),
            Some(free) => {
                *free = Some(borrower.to_owned());
                Ok(())
            }
        })
    }

    /// The person who has the book, if it is lent.
    pub async fn borrower(&self) -> Option<String> {
        tokio::task::yield_now().await;
        self.shelf.with(|books| books.get(&self.title).cloned().flatten())
    }
}
