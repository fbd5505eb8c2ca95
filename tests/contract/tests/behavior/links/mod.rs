//! Links of rooms, folders and files.

mod create;
mod entries;
mod expired;
mod limits;
mod primary;
mod revoke;
mod update;

use chrono::{Days, Utc};
use contract::target::Target;
use docspace::links::Links;
use docspace::{Access, RoomLink, RoomType, Timestamp};
use docspace_mock::MockPortal;

/// A password that every portal accepts.
const PASSWORD: &str = "Tr0ub4dor&3";

/// Creates a room of this type and returns its links.
async fn links(target: &Target, kind: RoomType) -> Links {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), kind).send().await.unwrap();
    portal.room(&room).links()
}

/// Noon in this many days. Portals do not store fractions of a second.
fn in_days(days: u64) -> Timestamp {
    let date = (Utc::now() + Days::new(days)).date_naive().and_hms_opt(12, 0, 0).unwrap();
    date.and_utc().into()
}

/// Creates an external link with every option.
async fn link_with_all_options(links: &Links) -> RoomLink {
    let link = links.create(Access::Comment).title("For the client").expires(in_days(30)).password(PASSWORD);
    link.internal(true).deny_download(true).send().await.unwrap()
}

/// Creates an external link with a password and an expiry date.
async fn link_with_password(links: &Links) -> RoomLink {
    links.create(Access::Read).title("For the client").expires(in_days(30)).password(PASSWORD).send().await.unwrap()
}

fn password(link: &RoomLink) -> Option<&str> {
    link.shared_link.password.as_ref().map(|password| password.expose())
}

/// The id of the room in the last request.
fn room_of_last_request(mock: &MockPortal) -> String {
    let path = mock.requests().pop().unwrap().path;
    path.split('/').rev().nth(1).unwrap().to_owned()
}
