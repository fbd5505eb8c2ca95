//! Tests of public modules, and of the paths of types in them.

use super::generate;

/// Generates the twin of a crate with a module `rooms`, whose only public submodule is `links`.
fn twin(root: &str) -> String {
    let generated = generate(|file| {
        let text = match file {
            "lib.rs" => root,
            "error.rs" => "pub type Result<T> = std::result::Result<T, ()>;",
            "rooms/mod.rs" => "mod handle; pub mod links; pub use handle::RoomHandle;",
            "rooms/handle.rs" => {
                "use crate::error::Result;
                 use super::links::{Link, Links};
                 /// A room.
                 pub struct RoomHandle;
                 impl RoomHandle {
                     /// See also [`Links::first`](crate::rooms::links::Links::first) and [`Link`].
                     pub async fn get(&self) -> Result<Link> { todo!() }
                     /// What it may be called at most.
                     pub const LONGEST: u8 = 255;
                     /// Opens one.
                     pub async fn open(title: &str) -> Result<Self> { todo!() }
                     /// Its links.
                     pub fn links(&self) -> Links { todo!() }
                 }"
            }
            "rooms/links.rs" => {
                "use crate::error::Result;
                 /// A link.
                 pub struct Link;
                 /// Links.
                 pub struct Links;
                 impl Links {
                     /// Reads the first.
                     pub async fn first(&self) -> Result<Link> { todo!() }
                 }"
            }
            _ => return None,
        };
        Some(text.to_owned())
    });
    generated.unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn types_of_public_modules_get_twins() {
    let twin = twin("pub mod error; pub mod rooms;");
    for expected in [
        "inner: crate::rooms::RoomHandle,",
        "inner: crate::rooms::links::Links,",
        "<crate::rooms::RoomHandle>::LONGEST;",
        "<crate::rooms::RoomHandle>::open(title)",
        "pub fn get(&self) -> crate::error::Result<crate::rooms::links::Link> {",
        "[`docspace::rooms::links::Links::first`](crate::rooms::links::Links::first)",
        "See also [`Links::first`] and [`Link`](crate::rooms::links::Link).",
    ] {
        assert!(twin.contains(expected), "the twin lacks {expected}:\n{twin}");
    }
}

#[test]
fn shortest_public_path_is_used() {
    let twin = twin("pub mod error; pub mod rooms; pub use error::Result; pub use rooms::{RoomHandle, links};");
    for expected in [
        "inner: crate::RoomHandle,",
        "inner: crate::links::Links,",
        "-> crate::Result<crate::links::Link> {",
        "-> crate::Result<Self> {",
    ] {
        assert!(twin.contains(expected), "the twin lacks {expected}:\n{twin}");
    }
}
