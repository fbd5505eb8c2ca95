//! A call while it is handled: the request, the caller, and what all handlers use.

use uuid::Uuid;

use crate::auth::{Caller, visitor};
use crate::http::Request;
use crate::outgoing::Outcome;
use crate::portal::Portal;
use crate::state::operations::{Operation, Task};
use crate::state::people::{Language, Person, Role};
use crate::state::permissions::Permissions;
use crate::state::rooms::Room;
use crate::view::folder::{self, AnswerKind, Folder, Viewer};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::form::Form;
use crate::wire::messages::Message;
use crate::wire::query::Query;

/// A call while it is handled.
pub(crate) struct Call<'a> {
    pub(crate) portal: &'a mut Portal,
    pub(crate) request: &'a Request,
    pub(crate) caller: &'a Caller,
    pub(crate) parameters: Vec<(&'static str, String)>,
    pub(crate) query: Query,
    pub(crate) language: Language,
    /// What came of the request that the call needs; see [`Failure::Probe`].
    pub(crate) probed: Option<&'a Outcome>,
}

/// The failure of a call whose room does not exist. It depends on the call
/// (docs/portal/errors.md#missing-room-ids).
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
    pub(crate) fn failure(self) -> Failure {
        match self {
            Self::Folder => Failure::not_found(Message::FolderNotFound),
            Self::Item => Failure::not_found(Message::ItemNotFound),
            Self::Record => Failure::not_found(Message::RecordNotFound),
            Self::Refused => Failure::refused(Message::FolderNotFound),
        }
    }
}

impl Call<'_> {
    /// Opens the required body; see [`Form::open`].
    pub(crate) fn form(&self, label: &str, dto: &str) -> Result<Form, Failure> {
        Form::open(self.request, label, dto)
    }

    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The id of the caller. Anonymous callers, which only public routes have, get the nil id.
    pub(crate) fn me(&self) -> Uuid {
        self.caller.person.unwrap_or_default()
    }

    pub(crate) fn my_account(&self) -> Option<&Person> {
        self.portal.people.get(self.me())
    }

    pub(crate) fn my_role(&self) -> Role {
        self.my_account().map_or(Role::Guest, |person| person.role)
    }

    /// The id in the path. Other text than a 32-bit integer is an id of third-party storage, which
    /// the mock does not have (docs/portal/requests-and-answers.md#ids-in-the-path).
    pub(crate) fn id(&self) -> Result<i64, Failure> {
        let typed = self.parameter("id");
        if typed.trim().is_empty() {
            return Err(Failure::null_argument("id"));
        }
        if let Ok(id) = typed.trim().parse::<i32>() {
            return Ok(id.into());
        }
        match typed.split('-').collect::<Vec<_>>().as_slice() {
            ["sbox", number, ..] if number.parse::<i32>().is_ok() => {
                Err(Failure::Thrown(Exception::Aggregate, Message::plain("One or more errors occurred.")))
            }
            [name, number, ..] if number.parse::<i32>().is_ok() => Err(Failure::selector_not_found(name)),
            _ => Err(Failure::selector_not_found("")),
        }
    }

    /// The failure of a call that reads something that the caller may not read.
    pub(crate) fn cannot_view(&self) -> Failure {
        match self.caller.person {
            None => Failure::Thrown(Exception::Authentication, Message::plain("System error.")),
            Some(_) => Failure::refused(Message::CannotViewFolder),
        }
    }

    /// Starts an operation of the caller.
    pub(crate) fn start_operation(&mut self, task: Task, folder: i64, keep_record: bool) -> Operation {
        let me = self.me();
        self.portal.start_operation(task, folder, keep_record, me)
    }

    /// The room in the path.
    pub(crate) fn room(&self, missing: Missing) -> Result<&Room, Failure> {
        let id = self.id()?;
        self.portal.rooms.get(id).ok_or_else(|| missing.failure())
    }

    /// The link whose key the request contains, if the key is valid for the caller.
    pub(crate) fn presented_link(&self) -> Option<Uuid> {
        visitor::presented(self.portal, self.request, &self.query, self.caller.person)
    }

    pub(crate) fn viewer(&self) -> Viewer {
        Viewer { person: self.caller.person, link: self.presented_link() }
    }

    pub(crate) fn permissions(&self, room: &Room) -> Permissions {
        let viewer = self.viewer();
        self.portal.permissions(room, viewer.person, viewer.link)
    }

    /// The room as the caller sees it.
    pub(crate) fn room_view(&self, id: i64, kind: AnswerKind) -> Option<Folder> {
        let room = self.portal.rooms.get(id)?;
        Some(folder::room(self.portal, room, self.viewer(), kind))
    }

    /// The answer to a call that changed a room.
    pub(crate) fn room_reply(&self, id: i64, kind: AnswerKind) -> Reply {
        Reply::maybe(self.room_view(id, kind).as_ref())
    }
}
