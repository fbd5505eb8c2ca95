//! Rooms as code: a file describes rooms of ONLYOFFICE DocSpace, a plan lists the differences on a
//! portal, and [`apply`](apply::apply) makes the changes.
//!
//! ```yaml
//! name: acme
//! defaults:
//!   custom:
//!     deny-download: true
//! rooms:
//!   - title: Audit 2026
//!     type: custom
//!     tags: [audit, "2026"]
//!     members:
//!       ann@acme.com: content-creator
//!     links:
//!       For the client:
//!         access: read
//!         expires: 2027-01-31
//! ```
//!
//! A program does what `docspace apply` does:
//!
//! ```
//! use docspace_manifest::apply::{ApplyOptions, apply};
//! use docspace_manifest::plan::{PlanOptions, plan};
//! use docspace_manifest::{load, read};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! # let mock = docspace_mock::MockPortal::builder().start().await?;
//! # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("rooms.yaml");
//! # std::fs::write(&path, "rooms: [{title: Audit 2026, type: custom, tags: [audit]}]")?;
//! let mut wanted = load([path])?;
//! wanted.take_passwords(|name| std::env::var(name).ok());
//!
//! let plan = plan(&wanted, &read(&portal, &wanted).await?, &PlanOptions::default());
//! print!("{}", plan.to_text());
//!
//! let applied = apply(&portal, &plan, &ApplyOptions::default(), |_| {}).await?;
//! for (room, action, done) in applied.not_done(&plan) {
//!     eprintln!("{}: {action}: {done:?}", room.title);
//! }
//! assert!(applied.is_complete());
//! # Ok(()) })
//! # }
//! ```
//!
//! | Step | Function | Sends |
//! |---|---|---|
//! | read the files | [`load`], [`parse`](parse()) | nothing |
//! | read what is there | [`read`](read()) | only reads |
//! | compare | [`plan`](plan::plan) | nothing |
//! | change what differs | [`apply`](apply::apply) | the changes |
//! | write a manifest of what is there | [`export`](export::export) | nothing |
//!
//! [`PlanMembers`] is the same for the members of one room.
//!
//! # What is managed
//!
//! - A key that a room does not have is not managed. `null`, `[]` and `{}` mean empty.
//! - Of tags, members, people groups, links and room groups, those that are listed are ensured.
//!   Others are reported, and stay unless the plan [prunes](plan::Prune).
//! - The [folders](Settings::folders) that are listed are created, with those around them and in
//!   this order. No folder is renamed or deleted, and others are not reported: folders contain
//!   people's files. Titles compare exactly.
//! - The default of a key is used only by rooms that do not have the key: the values are not
//!   merged, so that a room can always be read without its defaults.
//! - The owner of a room, and the access of the caller, are never changed. A room is archived at
//!   most.
//! - A key that is removed from the file is no longer managed. To remove all links that were
//!   created from the manifest, write `links: {}` and prune.
//! - A logo is uploaded if the room has none. Pictures are not compared.
//!
//! # Which room is meant
//!
//! The room with its `id`, else the room with its title and type among those that the caller owns
//! or manages, else one with a title in `previously`. If two rooms can be meant, the plan has a
//! problem that names both. It has one too if only an active room of another type has the title,
//! because a type cannot be changed, and if a new room would repeat one that the caller sees but
//! neither owns nor manages; see [`identify`](plan::identify). A title with a character that a
//! portal replaces is an error, so that titles compare exactly.
//!
//! # Which links are whose
//!
//! There is no state file. The [id](ids) of each link that a manifest makes is derived from the
//! name of the manifest, the room and the name of the link, so a plan recognizes it even after it
//! has left the file. The primary link is special: a portal chooses its id, so it is never
//! recognized as made by a manifest. Public and form-filling rooms always have one, and it is not
//! pruned there.
//!
//! A link of a manifest that is not there under its id is the additional link of the room with the
//! same title, if there is exactly one. That adopts the links of an export, and keeps the address
//! of a link whose name changes.
//!
//! # Expiry dates
//!
//! A date is the end of that day, and a date without a zone is in UTC. Dates are compared to the
//! second, because a portal rounds to the nearest second. An expired link that is not there is not
//! created again: a file does not have to change on the day a link expires.
//!
//! # Passwords
//!
//! A password is written in the file, or named as `{env: NAME}`; see
//! [`Wanted::take_passwords`]. A link whose variable is not set is compared without its password,
//! and is never created. A password that no portal accepts is a problem: it must have 8 to 30 ASCII
//! characters, without spaces. A saved plan contains passwords.
//!
//! # People
//!
//! [`read`](read()) looks each new member up once. A plan has a problem if a user or a guest of the
//! portal is to manage a room, and [`apply`](apply::apply) refuses people without an account unless
//! they may be invited. Without the right to read people, the portal itself checks them.
//!
//! # Interruptions
//!
//! A plan can be interrupted after any action, and the next plan leads to the same state. The
//! property tests of this crate show that for random manifests and portals.

#![deny(missing_docs)]

pub mod actual;
pub mod apply;
pub mod export;
mod fold;
pub mod ids;
pub mod manifest;
mod members;
pub mod names;
mod parse;
pub mod plan;
mod problem;
mod read;
mod rules;
pub mod schema;
pub mod values;
mod wanted;

pub use manifest::{Link, Manifest, Room, Settings};
pub use members::PlanMembers;
pub use parse::{Source, load, parse, sources};
pub use problem::{Place, Problem, Problems};
pub use read::{read, read_all, read_folders};
pub use values::{Date, FolderPath};
pub use wanted::{DEFAULT_NAME, Wanted, WantedRoom};
