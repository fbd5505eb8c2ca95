//! The rows of the matrix: every call of the facade, with the request that is made to fail.

/// A call by its name, its request, and the code that makes it with a [`Setup`]. It has the properties of most calls;
/// the methods of [`Call`] change them.
macro_rules! call {
    ($name:literal, $request:literal, |$setup:ident| $run:expr) => {
        Call {
            name: $name,
            request: $request,
            is_retried: true,
            error_without_fault: None,
            error_without_response: Some(ErrorKind::Decode),
            error_with_unknown_values: None,
            refusal_as_result: None,
            has_no_body: false,
            removes_own_access: false,
            finds_lost_creation: false,
            verifies_removal: false,
            run: |$setup| async move { $run.map(drop) }.boxed(),
        }
    };
}

mod accounts;
mod background;
mod covers_and_logos;
mod groups;
mod keys;
mod links;
mod many;
mod members;
mod people;
mod rooms;
mod tags;
mod templates;
mod visitors;

use docspace::{ErrorKind, Result};
use futures::future::BoxFuture;

use super::fixture::Setup;

/// One call, and what decides how it ends when its request fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    /// The type and the method. What follows in parentheses or after a colon tells apart rows of the same method: a call
    /// that sends two requests has a row for each.
    pub(crate) name: &'static str,
    /// The request that the fault hits: its method, and its path with `*` for each id.
    pub(crate) request: &'static str,
    /// Whether the client sends the request again if it is unknown whether the portal executed it. It does not do so
    /// where a second execution would do harm.
    pub(crate) is_retried: bool,
    /// The error of a call that fails although there is no fault, as the mock portal does not have what it needs.
    pub(crate) error_without_fault: Option<ErrorKind>,
    /// The error if the portal answers 200 without a `response`, and did nothing. `None`: the call succeeds.
    pub(crate) error_without_response: Option<ErrorKind>,
    /// The error if the portal answers with enum values that this version does not know, and did nothing. `None`: the
    /// call succeeds.
    pub(crate) error_with_unknown_values: Option<ErrorKind>,
    /// The refusal that is a result of the call and not an error, by the name of its fault. To `is_signed_in`, a 401
    /// means no.
    pub(crate) refusal_as_result: Option<&'static str>,
    /// Whether a success of the portal is a status without a body.
    pub(crate) has_no_body: bool,
    /// Whether the call takes away the caller's right to make it, so that a portal that executed it refuses it next time.
    pub(crate) removes_own_access: bool,
    /// Whether the call searches for what it created when the answer was lost, and finds it.
    pub(crate) finds_lost_creation: bool,
    /// Whether the call verifies that what it removed is gone, whatever the answers were.
    pub(crate) verifies_removal: bool,
    /// Makes the call.
    pub(crate) run: fn(Setup) -> BoxFuture<'static, Result<()>>,
}

impl Call {
    /// The request is sent once: executed twice, it would do something twice or count against its caller.
    const fn never_retried(self) -> Self {
        Self { is_retried: false, ..self }
    }

    /// An answer without a `response` is a complete answer.
    const fn accepts_missing_response(self) -> Self {
        Self { error_without_response: None, ..self }
    }

    const fn fails_without_response(self, kind: ErrorKind) -> Self {
        Self { error_without_response: Some(kind), ..self }
    }

    /// The answer, or the state of the portal afterwards, is compared with what was requested.
    const fn compares_answer(self) -> Self {
        self.fails_with_unknown_values(ErrorKind::NotDone)
    }

    const fn fails_with_unknown_values(self, kind: ErrorKind) -> Self {
        Self { error_with_unknown_values: Some(kind), ..self }
    }

    const fn takes_refusal_as_result(self, refusal: &'static str) -> Self {
        Self { refusal_as_result: Some(refusal), ..self }
    }

    const fn has_no_body(self) -> Self {
        Self { has_no_body: true, ..self }
    }

    const fn removes_own_access(self) -> Self {
        Self { removes_own_access: true, ..self }
    }

    const fn finds_lost_creation(self) -> Self {
        Self { finds_lost_creation: true, ..self }
    }

    const fn verifies_removal(self) -> Self {
        Self { verifies_removal: true, ..self }
    }

    const fn fails_without_fault(self, kind: ErrorKind) -> Self {
        Self { error_without_fault: Some(kind), ..self }
    }

    /// Whether a portal counts the request by itself, and allows few of its kind (portal-facts 3).
    pub(crate) fn is_sensitive(&self) -> bool {
        matches!(self.request, "POST /keys" | "POST /files/rooms/*/resend")
    }
}

/// All calls.
pub(crate) fn all() -> impl Iterator<Item = Call> {
    let nouns = [
        rooms::ROOMS,
        many::MANY,
        covers_and_logos::COVERS_AND_LOGOS,
        links::LINKS,
        visitors::VISITORS,
        members::MEMBERS,
        templates::TEMPLATES,
        tags::TAGS,
        groups::GROUPS,
        people::PEOPLE,
        keys::KEYS,
        accounts::ACCOUNTS,
        background::BACKGROUND,
    ];
    nouns.into_iter().flatten().copied()
}
