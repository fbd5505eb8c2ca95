//! Low-level client and types for ONLYOFFICE DocSpace rooms, links and templates.
//!
//! Everything here follows `openapi/docspace.yaml`, one method for each operation, without waiting, retrying or
//! checking. Most people want the `docspace` crate, which is built on it and re-exports its types.
//!
//! Credentials, retries and tracing enter through one trait, [`Transport`], the client's inner value:
//!
//! ```
//! use std::sync::Arc;
//! use docspace_api::{Client, ClientRoomsExt, Direct};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let http = reqwest::Client::new();
//! let client = Client::new_with_client("https://example.onlyoffice.com", http.clone(), Arc::new(Direct::new(http)));
//! let rooms = client.list_rooms().count(10).send().await?;
//! println!("{:?}", rooms.into_inner().response.map(|page| page.total));
//! # Ok(())
//! # }
//! ```

#[rustfmt::skip] // Laid out by prettyplease, so that every machine writes the same.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::uninlined_format_args, rustdoc::all)]
mod generated;

#[rustfmt::skip] // Laid out by prettyplease, too.
mod constructors;
mod enums;
mod ids;
mod member;
mod open_enum;
mod path;
mod person;
mod printable;
mod requests;
mod room;
mod room_link;
mod room_settings;
mod secret;
mod status;
mod timestamp;
mod transport;

pub use enums::*;
pub use generated::*;
pub use ids::{FileId, FolderId, InvalidId, RoomId};
pub use open_enum::UnknownName;
use open_enum::open_enum;
pub use path::{InvalidPathSegment, check_path_id, path_segment};
pub use printable::{is_unprintable, printable};
pub use room::NotARoom;
pub use room_settings::WatermarkPart;
pub use secret::Secret;
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use transport::{Direct, OperationInfo, Transport};
