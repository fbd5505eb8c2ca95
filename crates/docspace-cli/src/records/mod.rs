//! The records that commands print, with their fields and columns.

mod deleted;
pub(crate) mod entry;
mod event;
mod file;
mod folder;
mod group;
mod key;
pub(crate) mod link;
mod member;
mod operation;
mod outcome;
pub(crate) mod person;
mod quota;
pub(crate) mod room;
mod status;
mod tag;
mod template;
mod webhook;

pub(crate) use deleted::{DeletedRecord, DeletedState};
pub(crate) use entry::EntryRecord;
pub(crate) use event::{AuditEventRecord, HistoryRecord, LoginEventRecord};
pub(crate) use file::FileRecord;
pub(crate) use folder::FolderRecord;
pub(crate) use group::{PeopleGroupRecord, RoomGroupRecord};
pub(crate) use key::{KeyRecord, NewKeyRecord, scopes_of};
pub(crate) use link::{LinkOwner, LinkOwnerId, LinkRecord};
pub(crate) use member::{MemberChangeRecord, MemberRecord};
pub(crate) use operation::OperationRecord;
pub(crate) use outcome::{OutcomeRecord, OutcomeState};
pub(crate) use person::PersonRecord;
pub(crate) use quota::QuotaRecord;
pub(crate) use room::{LinkCounts, RoomDetails, RoomDetailsRecord, RoomRecord};
pub(crate) use status::{StatusRecord, role};
pub(crate) use tag::TagRecord;
pub(crate) use template::TemplateRecord;
pub(crate) use webhook::{DeliveryRecord, DeliveryState, WebhookRecord};
