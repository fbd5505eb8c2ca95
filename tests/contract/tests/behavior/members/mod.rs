//! Members of a room: their access, and the verification of changes.

mod change;
mod check;
mod replace;
mod roles;
mod unknown_people;

use docspace::Portal;
use docspace_mock::{MockPortal, Role};

const ROLES: [(&str, Role); 3] = [("ann", Role::RoomAdmin), ("ulf", Role::User), ("gus", Role::Guest)];

async fn portal_with_people() -> MockPortal {
    let builder = ROLES.iter().fold(MockPortal::builder(), |builder, (name, role)| builder.person(name, *role));
    builder.start().await.expect("a mock portal")
}

async fn id_of(mock: &MockPortal, name: &str) -> docspace::people::PersonId {
    let portal = Portal::builder(mock.url()).api_key(mock.key(name)).build().unwrap();
    portal.me().await.unwrap().id
}

fn acting_as(mock: &MockPortal, name: &str) -> Portal {
    Portal::builder(mock.url()).api_key(mock.key(name)).build().unwrap()
}

fn changes_sent(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.method == "PUT").count()
}

fn has_only_reads(mock: &MockPortal) -> bool {
    mock.requests().iter().all(|request| request.method == "GET")
}
