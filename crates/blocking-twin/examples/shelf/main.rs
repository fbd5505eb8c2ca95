//! A small crate with an async API and its blocking twin.
//!
//! `blocking/generated.rs` is generated from the other files. `tests/shelf.rs` keeps it up to date.

pub mod blocking;
mod book;
mod shelf;

pub use book::Book;
pub use shelf::{Result, Shelf};

fn main() -> Result<()> {
    let shelf = blocking::Shelf::new();
    shelf.add("Flatland")?;
    shelf.add("Walden")?.lend("Ada")?;
    for title in shelf.titles() {
        println!("{title}");
    }
    println!("{:?} has Walden", shelf.book("Walden").borrower());
    assert_eq!(shelf.titles().count(), 2);
    assert_eq!(shelf.book("Walden").borrower().as_deref(), Some("Ada"));
    assert!(shelf.book("Erewhon").lend("Bob").is_err());
    Ok(())
}
