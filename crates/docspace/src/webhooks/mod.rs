//! Webhooks: manage those of a portal, and receive what they send.
//!
//! - [`Portal::webhooks`](crate::Portal::webhooks) lists, creates, changes and deletes webhooks,
//!   reads the log of their deliveries, and sends deliveries again.
//! - `Receiver`, which needs the feature `webhooks`, checks the signature of a delivery and reads
//!   its event.
//!
//! A portal sends a `POST` request when something happens to a room, a folder, a file, a person or
//! a people group. Receiving does no I/O, so it works in every web server:
//!
//! ```
//! # #[cfg(feature = "webhooks")] {
//! use docspace::webhooks::{Payload, Receiver, Trigger};
//! use docspace::deps::http::{HeaderMap, StatusCode};
//!
//! fn handle(receiver: &Receiver, headers: &HeaderMap, body: &[u8]) -> StatusCode {
//!     let signature = headers.get(Receiver::SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
//!     let delivery = match receiver.receive(body, signature.unwrap_or_default()) {
//!         Ok(delivery) => delivery,
//!         Err(error) if error.is_forged() => return StatusCode::UNAUTHORIZED,
//!         Err(_) => return StatusCode::BAD_REQUEST,
//!     };
//!     match (&delivery.event.trigger, &delivery.payload) {
//!         (Trigger::RoomCreated, Payload::Room(room)) if !room.is_template() => {
//!             println!("new room {}: {}", room.id, room.title);
//!         }
//!         _ => println!("{} from webhook {}", delivery.event.trigger, delivery.webhook.name),
//!     }
//!     StatusCode::OK
//! }
//! # let receiver = Receiver::new("Wh-Secr3t.2026");
//! # assert_eq!(handle(&receiver, &HeaderMap::new(), b"{}"), StatusCode::UNAUTHORIZED);
//! # }
//! ```
//!
//! The folder `examples/receivers` of the repository has complete receivers for axum, Actix Web,
//! AWS Lambda, Flask and Express.
//!
//! # What a receiver must do
//!
//! - Give the receiver the bytes of the body as they came. The signature covers these bytes. JSON
//!   that a program has parsed and written again has other bytes as soon as a character is escaped.
//! - Answer `HEAD` requests with a status of 200 to 299. The portal sends one, without a signature,
//!   when a webhook is created or changed, and refuses an address that answers anything else.
//! - Answer at once and do the work later. The portal sends the next batch of deliveries only after
//!   every delivery of the batch has ended, so a slow receiver delays all webhooks of the portal.
//! - Expect deliveries more than once and in any order. The id of an event rises with the order of
//!   the events. The id and `Delivery::repeat_key` recognize repeats.
//! - Ask the portal for what the payload lacks: it has no type of room, no tags, no size and no
//!   link.
//!
//! Nothing is sent for links, members and tags, and a change of the owner of a room arrives as
//! [`FolderUpdated`](Trigger::FolderUpdated). The [audit trail](crate::audit) has these changes.
//! The [history](crate::history) of a room has them too, except changes of the access, the expiry
//! date and the password of links, and everything about invitation links.
//!
//! Facts: docs/portal/webhooks.md.

mod check;
mod create;
mod edit;
mod log;
mod manage;
mod read;
mod trigger;

#[cfg(feature = "webhooks")]
mod delivery;
#[cfg(feature = "webhooks")]
mod payload;
#[cfg(feature = "webhooks")]
mod receiver;

pub use create::CreateWebhook;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub use delivery::{Delivery, DeliveryWebhook, Event, Target};
pub use docspace_api::types::{Webhook, WebhookDelivery, WebhookId, WebhookTrigger};
pub use edit::EditWebhook;
pub use log::ListDeliveries;
pub use manage::Webhooks;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub use payload::{Entry, GroupRecord, Payload, PersonRecord};
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub use receiver::{DeliveryError, Receiver};
pub use trigger::Trigger;
