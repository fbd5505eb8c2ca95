//! One call while it is being handled: what was asked, by whom, and what all handlers need.

use uuid::Uuid;

use crate::auth::{Caller, visitor};
use crate::http::Request;
use crate::portal::Portal;
use crate::state::operations::{Operation, Task};
use crate::state::people::{Language, Person, Role};
use crate::state::rooms::Room;
use crate::state::standing::Standing;
use crate::view::folder::{self, AnswerKind, Folder, Viewer};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::form::Form;
use crate::wire::messages::Message;
use crate::wire::query::Query;

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
    /// The body, which must be there; see [`Form::open`].
    pub(crate) fn form(&self, label: &str, dto: &str) -> Result<Form, Failure> {
        Form::open(self.request, label, dto)
    }

    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The person who calls. Only public routes have anonymous callers, for whom the nil id stands.
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
            [name, number, ..] if number.parse::<i32>().is_ok() => Err(Failure::no_selector(name)),
            _ => Err(Failure::no_selector("")),
        }
    }

    /// The failure of a call to view what the caller may not read.
    pub(crate) fn cannot_view(&self) -> Failure {
        match self.caller.person {
            None => Failure::Thrown(Exception::Authentication, Message::plain("System error.")),
            Some(_) => Failure::refused(Message::CannotViewFolder),
        }
    }

    /// Hands a task to the worker, in the caller's name.
    pub(crate) fn start_operation(&mut self, task: Task, folder: i64, hold: bool) -> Operation {
        let me = self.me();
        self.portal.start_operation(task, folder, hold, me)
    }

    /// The room of the path.
    pub(crate) fn room(&self, missing: Missing) -> Result<&Room, Failure> {
        let id = self.id()?;
        self.portal.rooms.get(id).ok_or_else(|| missing.failure())
    }

    /// The link whose key the caller presented, if it opens anything for them now.
    pub(crate) fn presented_link(&self) -> Option<Uuid> {
        visitor::presented(self.portal, self.request, &self.query, self.caller.person)
    }

    pub(crate) fn viewer(&self) -> Viewer {
        Viewer { person: self.caller.person, link: self.presented_link() }
    }

    pub(crate) fn standing(&self, room: &Room) -> Standing {
        let viewer = self.viewer();
        self.portal.standing(room, viewer.person, viewer.link)
    }

    /// The room as this call's caller sees it.
    pub(crate) fn room_view(&self, id: i64, kind: AnswerKind) -> Option<Folder> {
        let room = self.portal.rooms.get(id)?;
        Some(folder::room(self.portal, room, self.viewer(), kind))
    }

    /// The answer to a call that added these tags to a room: it repeats the tags as they were sent.
    pub(crate) fn room_reply_with_tags(&self, id: i64, kind: AnswerKind, sent: &[Option<String>]) -> Reply {
        let mut view = self.room_view(id, kind);
        if let Some(view) = &mut view {
            view.repeat_tags(sent.iter().flatten());
        }
        Reply::maybe(view.as_ref())
    }

    /// The answer of a call that changed a room.
    pub(crate) fn room_reply(&self, id: i64, kind: AnswerKind) -> Reply {
        Reply::maybe(self.room_view(id, kind).as_ref())
    }
}
