//! What a rule is, and what it hands back.

use std::collections::BTreeSet;

use openapi_compare::{Document, Place};

/// One thing the spec must be, so that what is generated from it is good.
pub(crate) struct Rule {
    /// Short, as printed behind each breach.
    pub(crate) name: &'static str,
    pub(crate) check: fn(&Document, &mut Findings),
}

/// What one rule found. Places in order, and each thing once, however many ways lead to it.
#[derive(Default)]
pub(crate) struct Findings {
    /// How many candidates the rule has examined: a rule that examined none proves nothing.
    pub(crate) looked_at: usize,
    pub(crate) breaches: BTreeSet<(Place, String)>,
}

impl Findings {
    pub(crate) fn look(&mut self) {
        self.looked_at += 1;
    }

    pub(crate) fn breach(&mut self, place: &Place, message: impl Into<String>) {
        self.breaches.insert((place.clone(), message.into()));
    }

    /// Examines one candidate: a breach with this message unless `good`.
    pub(crate) fn expect(&mut self, good: bool, place: &Place, message: impl FnOnce() -> String) {
        self.look();
        if !good {
            self.breach(place, message());
        }
    }
}
