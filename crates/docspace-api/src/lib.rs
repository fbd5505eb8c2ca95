//! Low-level client and types for ONLYOFFICE DocSpace rooms, links and templates.
//!
//! The client has one method for each operation in `openapi/docspace.yaml`. The methods do not
//! wait, retry or verify results. Most programs should use the `docspace` crate, which is built on
//! this one and re-exports its types.
//!
//! The client sends its requests through its inner value, a [`Transport`], which can add
//! credentials, retries and tracing:
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

#[rustfmt::skip] // Formatted by prettyplease, so that the output is the same on every machine.
#[allow(missing_docs, unreachable_pub, unused_mut, clippy::all, clippy::uninlined_format_args, rustdoc::all)]
mod generated;

#[rustfmt::skip] // Formatted by prettyplease.
mod constructors;
mod entry;
mod enums;
mod ids;
mod member;
mod open_enum;
mod path;
mod person;
mod printable;
mod repeatable;
mod requests;
mod room;
mod room_link;
mod room_settings;
#[cfg(feature = "test-util")]
mod samples;
mod secret;
mod status;
mod timestamp;
mod transport;
mod type_ids;

pub use enums::*;
pub use generated::*;
pub use ids::{EntryId, FileId, FolderId, InvalidId, RoomId};
pub use open_enum::UnknownName;
use open_enum::open_enum;
pub use path::{InvalidPathSegment, check_path_id, path_segment};
pub use printable::{is_unprintable, printable};
pub use repeatable::REPEATABLE;
pub use room::NotARoom;
pub use room_settings::WatermarkPart;
pub use secret::Secret;
pub use timestamp::{Expiry, InvalidTimestamp, Timestamp};
pub use transport::{Direct, OperationInfo, Transport};
