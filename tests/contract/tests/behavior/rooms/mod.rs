//! Rooms.

mod content;
mod create;
mod edit;
mod exports;
mod find;
mod lifecycle;
mod list;
mod logos;
mod many;
mod owner;
mod pages;
mod pins;
mod quotas;
mod read;
mod settings;

use contract::target::Target;
use docspace::Portal;
use docspace::people::PersonId;
use docspace_mock::{MockPortal, Role};

/// A mock portal with a room admin and a user.
async fn with_ann() -> MockPortal {
    MockPortal::builder().person("ann", Role::RoomAdmin).person("ulf", Role::User).start().await.unwrap()
}

/// The client of another person.
fn as_person(target: &Target, mock: &MockPortal, name: &str) -> Portal {
    Portal::builder(target.url()).api_key(mock.key(name)).build().unwrap()
}

async fn id_of(target: &Target, mock: &MockPortal, name: &str) -> PersonId {
    as_person(target, mock, name).me().await.unwrap().id
}
