//! Every call of the facade, with the request that is made to fail.

/// A call by its name, its request, and what to do with the stage.
macro_rules! call {
    ($name:literal, $target:literal, |$stage:ident| $run:expr) => {
        Call {
            name: $name,
            target: $target,
            repeats: true,
            at_best: None,
            when_silent: Some(ErrorKind::Decode),
            when_strange: None,
            told_by: None,
            has_no_body: false,
            is_over_when_done: false,
            finds_what_it_made: false,
            checks_what_it_removed: false,
            run: |$stage| async move { $run.map(drop) }.boxed(),
        }
    };
}

mod accounts;
mod groups;
mod keys;
mod links;
mod looks;
mod many;
mod members;
mod people;
mod rooms;
mod tags;
mod templates;
mod visitors;
mod work;

use docspace::{ErrorKind, Result};
use futures::future::BoxFuture;

use super::world::Stage;

/// One call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    /// The type and the method, and what is special after that. A call that sends two requests to be made to fail is
    /// there twice.
    pub(crate) name: &'static str,
    /// The request that is the call itself; those before it only look.
    pub(crate) target: &'static str,
    /// Whether it is sent again when nobody knows whether it was done.
    pub(crate) repeats: bool,
    /// How it fails when nothing goes wrong, where the mock portal has not what it is about.
    pub(crate) at_best: Option<ErrorKind>,
    /// How it fails at an answer that has no `response` and executed nothing.
    pub(crate) when_silent: Option<ErrorKind>,
    /// How it fails at an answer that has values which nobody knows and executed nothing.
    pub(crate) when_strange: Option<ErrorKind>,
    /// The refusal that is an answer to it, by the name of its kind.
    pub(crate) told_by: Option<&'static str>,
    /// Whether its answer is a status and nothing else.
    pub(crate) has_no_body: bool,
    /// Whether one may no longer do it once it is done.
    pub(crate) is_over_when_done: bool,
    /// Whether the call searches for what it created when the answer was lost, and finds it.
    pub(crate) finds_what_it_made: bool,
    /// Whether the call checks that what it removed is gone, whatever happened to the answers.
    pub(crate) checks_what_it_removed: bool,
    pub(crate) run: fn(Stage) -> BoxFuture<'static, Result<()>>,
}

impl Call {
    /// Is sent once only, as it would do something twice or counts against its caller.
    const fn once(self) -> Self {
        Self { repeats: false, ..self }
    }

    /// An answer without `response` says all there is to say.
    const fn may_be_empty(self) -> Self {
        Self { when_silent: None, ..self }
    }

    const fn when_silent(self, kind: ErrorKind) -> Self {
        Self { when_silent: Some(kind), ..self }
    }

    /// What the portal answers, or what is there afterwards, is compared with what was asked for.
    const fn compares(self) -> Self {
        self.when_strange(ErrorKind::Operation)
    }

    const fn when_strange(self, kind: ErrorKind) -> Self {
        Self { when_strange: Some(kind), ..self }
    }

    const fn told_by(self, refusal: &'static str) -> Self {
        Self { told_by: Some(refusal), ..self }
    }

    const fn has_no_body(self) -> Self {
        Self { has_no_body: true, ..self }
    }

    const fn is_over_when_done(self) -> Self {
        Self { is_over_when_done: true, ..self }
    }

    const fn finds_what_it_made(self) -> Self {
        Self { finds_what_it_made: true, ..self }
    }

    const fn checks_what_it_removed(self) -> Self {
        Self { checks_what_it_removed: true, ..self }
    }

    const fn fails_at_best(self, kind: ErrorKind) -> Self {
        Self { at_best: Some(kind), ..self }
    }

    /// Whether a portal counts it by itself, and few of its kind (portal-facts 3).
    pub(crate) fn is_sensitive(&self) -> bool {
        matches!(self.target, "POST /keys" | "POST /files/rooms/*/resend")
    }
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = Call> {
    let nouns = [
        rooms::ROOMS,
        many::MANY,
        looks::LOOKS,
        links::LINKS,
        visitors::VISITORS,
        members::MEMBERS,
        templates::TEMPLATES,
        tags::TAGS,
        groups::GROUPS,
        people::PEOPLE,
        keys::KEYS,
        accounts::ACCOUNTS,
        work::WORK,
    ];
    nouns.into_iter().flatten().copied()
}
