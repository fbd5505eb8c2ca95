//! The rows of the matrix: every call of the facade, with the request that fails.

/// A call with its name, its request, and the code that makes it with a [`Setup`]. It has the
/// properties of most calls; methods of [`Call`] change them.
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
mod audit;
mod background;
mod covers_and_logos;
mod folders;
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
mod webhooks;

use docspace::{ErrorKind, Result};
use futures::future::BoxFuture;

use super::fixture::Setup;

/// A call, and the properties that determine its result when its request fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    /// The type and the method. A suffix in parentheses or after a colon distinguishes rows of the
    /// same method. A call that sends two requests has a row for each.
    pub(crate) name: &'static str,
    /// The request that the fault hits: its method, and its path with `*` for each id.
    pub(crate) request: &'static str,
    /// Whether the client retries the request if it is unknown whether the portal executed it. It
    /// does not if a second execution would do harm.
    pub(crate) is_retried: bool,
    /// The error of a call that fails without a fault, since the mock portal lacks what the call
    /// needs.
    pub(crate) error_without_fault: Option<ErrorKind>,
    /// The error if the portal answers 200 without a `response` and does nothing. `None`: the call
    /// succeeds.
    pub(crate) error_without_response: Option<ErrorKind>,
    /// The error if the portal answers with unknown enum values and does nothing. `None`: the call
    /// succeeds.
    pub(crate) error_with_unknown_values: Option<ErrorKind>,
    /// The name of the fault that is a result of the call and not an error. For `is_signed_in`, a
    /// 401 means `false`.
    pub(crate) refusal_as_result: Option<&'static str>,
    /// Whether the portal answers a success without a body.
    pub(crate) has_no_body: bool,
    /// Whether the call removes the caller's access, so that the portal refuses a retry.
    pub(crate) removes_own_access: bool,
    /// Whether the call finds what it created after the answer was lost.
    pub(crate) finds_lost_creation: bool,
    /// Whether the call reads the portal afterwards to verify the removal, even after failed
    /// answers.
    pub(crate) verifies_removal: bool,
    /// Makes the call.
    pub(crate) run: fn(Setup) -> BoxFuture<'static, Result<()>>,
}

impl Call {
    /// The request is not retried: a second execution would repeat its effect or count against a
    /// limit.
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

    /// Whether the portal limits the request as a sensitive call
    /// (docs/portal/limits.md#sensitive-calls).
    pub(crate) fn is_sensitive(&self) -> bool {
        matches!(
            self.request,
            "POST /keys"
                | "POST /files/rooms/*/resend"
                | "PUT /settings/webhook/*/retry"
                | "PUT /settings/webhook/retry"
        )
    }
}

/// All calls.
pub(crate) fn all() -> impl Iterator<Item = Call> {
    let nouns = [
        rooms::ROOMS,
        many::MANY,
        covers_and_logos::COVERS_AND_LOGOS,
        links::LINKS,
        folders::FOLDERS,
        visitors::VISITORS,
        members::MEMBERS,
        templates::TEMPLATES,
        tags::TAGS,
        groups::GROUPS,
        people::PEOPLE,
        keys::KEYS,
        webhooks::WEBHOOKS,
        audit::AUDIT,
        accounts::ACCOUNTS,
        background::BACKGROUND,
    ];
    nouns.into_iter().flatten().copied()
}
