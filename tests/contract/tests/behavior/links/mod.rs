//! The links of rooms.

mod create;
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

/// A password that every portal takes.
const PASSWORD: &str = "Tr0ub4dor&3";

/// The links of a new room of this type.
async fn links(target: &Target, kind: RoomType) -> Links {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), kind).send().await.unwrap();
    portal.room(&room).links()
}

/// A whole second in some days: a portal keeps no fractions.
fn in_days(days: u64) -> Timestamp {
    let date = (Utc::now() + Days::new(days)).date_naive().and_hms_opt(12, 0, 0).unwrap();
    date.and_utc().into()
}

/// A date in more than a year, with the fraction of a second that callers do not think of.
fn far_ahead() -> Timestamp {
    (Utc::now() + Days::new(400)).into()
}

/// An external link with everything that one can have.
async fn full(links: &Links) -> RoomLink {
    let link = links.create(Access::Comment).title("For the client").expires(in_days(30)).password(PASSWORD);
    link.internal(true).deny_download(true).send().await.unwrap()
}

fn password(link: &RoomLink) -> Option<&str> {
    link.shared_link.password.as_ref().map(|password| password.expose())
}

/// The room of the last call.
fn made_in(mock: &MockPortal) -> String {
    let path = mock.requests().pop().unwrap().path;
    path.split('/').rev().nth(1).unwrap().to_owned()
}
