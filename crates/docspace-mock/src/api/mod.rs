//! What each call does, one file per noun, and the table of routes.
//!
//! A handler first takes its body and query (so that a bad one is refused before anything is looked up,
//! portal-facts 1.4), then looks and checks rights, then acts.

pub(crate) mod accounts;
pub(crate) mod contents;
pub(crate) mod exports;
pub(crate) mod groups;
pub(crate) mod keys;
pub(crate) mod life;
pub(crate) mod links;
pub(crate) mod login;
pub(crate) mod members;
pub(crate) mod operations;
pub(crate) mod owners;
pub(crate) mod people;
pub(crate) mod people_groups;
pub(crate) mod rooms;
pub(crate) mod settings;
pub(crate) mod tags;
pub(crate) mod templates;
pub(crate) mod visitors;

use crate::auth::Caller;
use crate::http::Request;
use crate::portal::Portal;
use crate::state::people::{Person, Role};
use crate::state::rights::Standing;
use crate::state::rooms::Room;
use crate::view::folder::{self, Folder, Seen, Viewer};
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::form::{self, Form};
use crate::wire::query::Query;
use crate::wire::routing::Route;
use crate::wire::say::{Language, Say};
use uuid::Uuid;

/// What a route leads to.
pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Reply, Fail>;

/// Every route of the portal, by noun.
pub(crate) static ROUTES: &[&[Route]] = &[
    rooms::ROUTES,
    life::ROUTES,
    links::ROUTES,
    visitors::ROUTES,
    members::ROUTES,
    operations::ROUTES,
    templates::ROUTES,
    tags::ROUTES,
    groups::ROUTES,
    exports::ROUTES,
    contents::ROUTES,
    people::ROUTES,
    accounts::ROUTES,
    people_groups::ROUTES,
    owners::ROUTES,
    keys::ROUTES,
    login::ROUTES,
    settings::ROUTES,
];

/// A route that needs credentials.
const fn route(method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { method, pattern, anonymous: false, handler }
}

/// A route that anybody may call.
const fn open(method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { method, pattern, anonymous: true, handler }
}

/// One call while it is being handled.
pub(crate) struct Call<'a> {
    pub(crate) portal: &'a mut Portal,
    pub(crate) request: &'a Request,
    pub(crate) caller: &'a Caller,
    pub(crate) parameters: Vec<(&'static str, String)>,
    pub(crate) query: Query,
    pub(crate) language: Language,
}

/// What a room lookup found wrong, by call (portal-facts 6.21).
#[derive(Clone, Copy)]
pub(crate) enum Missing {
    /// 404 `The required folder was not found`.
    Folder,
    /// 404 `Item not found`.
    Item,
    /// 404 `The record could not be found`.
    Record,
    /// 403 `The required folder was not found`.
    Refused,
}

impl Missing {
    pub(crate) fn fail(self) -> Fail {
        match self {
            Self::Folder => Fail::not_found(Say::FolderNotFound),
            Self::Item => Fail::not_found(Say::ItemNotFound),
            Self::Record => Fail::not_found(Say::RecordNotFound),
            Self::Refused => Fail::refused(Say::FolderNotFound),
        }
    }
}

impl Call<'_> {
    /// The body, which must be there; see [`form::open`].
    pub(crate) fn form(&self, label: &str, dto: &str) -> Result<Form, Fail> {
        form::open(self.request, label, dto)
    }

    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// Who calls; routes without [`open`] are only reached by somebody.
    pub(crate) fn me(&self) -> Uuid {
        self.caller.person.unwrap_or_default()
    }

    pub(crate) fn my_account(&self) -> Option<&Person> {
        self.portal.people.get(self.me())
    }

    pub(crate) fn my_role(&self) -> Role {
        self.my_account().map_or(Role::Guest, |person| person.role)
    }

    /// The room's number in the path. Anything that is no 32-bit number is a third-party id, of which
    /// the mock has none (portal-facts 1.1, [R rooms/odd-ids]).
    pub(crate) fn id(&self) -> Result<i64, Fail> {
        let typed = self.parameter("id");
        if typed.trim().is_empty() {
            return Err(Fail::null_argument("id"));
        }
        if let Ok(id) = typed.trim().parse::<i32>() {
            return Ok(id.into());
        }
        match typed.split('-').collect::<Vec<_>>().as_slice() {
            ["sbox", number, ..] if number.parse::<i32>().is_ok() => {
                Err(Fail::Thrown(Kind::Aggregate, Say::plain("One or more errors occurred.")))
            }
            [name, number, ..] if number.parse::<i32>().is_ok() => Err(Fail::no_selector(name)),
            _ => Err(Fail::no_selector("")),
        }
    }

    /// The room of the path.
    pub(crate) fn room(&self, missing: Missing) -> Result<&Room, Fail> {
        let id = self.id()?;
        self.portal.rooms.get(id).ok_or_else(|| missing.fail())
    }

    /// The link whose key the caller presented, if it opens anything for them now.
    pub(crate) fn presented_link(&self) -> Option<Uuid> {
        visitors::presented(self)
    }

    pub(crate) fn viewer(&self) -> Viewer {
        Viewer { person: self.caller.person, link: self.presented_link() }
    }

    pub(crate) fn standing(&self, room: &Room) -> Standing {
        let viewer = self.viewer();
        self.portal.standing(room, viewer.person, viewer.link)
    }

    /// The room as this call's caller sees it.
    pub(crate) fn show(&self, id: i64, seen: Seen) -> Option<Folder> {
        let room = self.portal.rooms.get(id)?;
        Some(folder::room(self.portal, room, self.viewer(), seen))
    }

    /// The answer to a call that added these tags to a room: it repeats the tags as they were sent.
    pub(crate) fn written_with_tags(&self, id: i64, seen: Seen, sent: &[Option<String>]) -> Reply {
        let mut view = self.show(id, seen);
        if let Some(view) = &mut view {
            view.repeat_tags(sent.iter().flatten());
        }
        Reply::maybe(view.as_ref())
    }

    /// The answer of a call that changed a room.
    pub(crate) fn written(&self, id: i64, seen: Seen) -> Reply {
        Reply::maybe(self.show(id, seen).as_ref())
    }
}
