//! A rule, and what it finds.

use std::collections::BTreeSet;

use openapi_compare::{Document, Place};

/// One requirement on the spec.
pub(crate) struct Rule {
    /// The short name that is printed after each breach.
    pub(crate) name: &'static str,
    pub(crate) check: fn(&Document, &mut Findings),
}

/// What one rule found: each breach once, in the order of places.
#[derive(Default)]
pub(crate) struct Findings {
    /// Number of places that the rule has examined. A rule that examined none proves nothing.
    pub(crate) examined: usize,
    pub(crate) breaches: BTreeSet<(Place, String)>,
}

impl Findings {
    pub(crate) fn examine(&mut self) {
        self.examined += 1;
    }

    pub(crate) fn breach(&mut self, place: &Place, message: impl Into<String>) {
        self.breaches.insert((place.clone(), message.into()));
    }

    /// Examines one place and adds a breach with this message unless the place is `good`.
    pub(crate) fn expect(&mut self, good: bool, place: &Place, message: impl FnOnce() -> String) {
        self.examine();
        if !good {
            self.breach(place, message());
        }
    }
}
