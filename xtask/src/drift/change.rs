//! One change: what it does to callers, and in what words to say so.

use std::collections::BTreeSet;

use crate::structure::{Aspect, Difference, Side, Turn};

/// What a change does to a program that was written for the old document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Nothing, though it may now do more or rely on more.
    Adds,
    /// It may be refused, or find something else than it expects.
    Breaks,
}

pub(crate) struct Change {
    pub(crate) difference: Difference,
    pub(crate) effect: Effect,
    pub(crate) operations: BTreeSet<String>,
}

impl Change {
    pub(crate) fn new(difference: Difference, operations: BTreeSet<String>) -> Self {
        Self { effect: effect(&difference), difference, operations }
    }

    /// What happened at the place, without the place.
    pub(crate) fn words(&self) -> String {
        let Difference { aspect, left, right, side, turn, .. } = &self.difference;
        let came = matches!(turn, Turn::Came { .. });
        match aspect {
            Aspect::Operation if came => "is new".to_owned(),
            Aspect::Operation => "is gone".to_owned(),
            Aspect::Parameter | Aspect::Field if came => format!("new {}, {right}", aspect.name()),
            Aspect::Parameter | Aspect::Field => format!("{} is gone, was {left}", aspect.name()),
            Aspect::Body if came => format!("takes a body now, {right}"),
            Aspect::Body => "takes no body any more".to_owned(),
            Aspect::Answer if came => format!("has an answer now, {right}"),
            Aspect::Answer => "is empty now".to_owned(),
            Aspect::Value if came => format!("new {right}"),
            Aspect::Value => format!("{left} is gone"),
            Aspect::Required => match (side, turn) {
                (Side::Sent, Turn::Narrower) => "must be sent now",
                (Side::Sent, _) => "need not be sent any more",
                (Side::Received, Turn::Narrower) => "is always there now",
                (Side::Received, _) => "may be missing now",
            }
            .to_owned(),
            Aspect::Nullable if *turn == Turn::Wider => "may be null now".to_owned(),
            Aspect::Nullable => "may not be null any more".to_owned(),
            Aspect::Deprecated => format!("is {right} now"),
            Aspect::MediaType | Aspect::Type | Aspect::Values | Aspect::Rest | Aspect::Limit | Aspect::Style => {
                format!("{right} now, was {left}")
            }
        }
    }
}

fn effect(difference: &Difference) -> Effect {
    let breaks = match (difference.aspect, difference.turn, difference.side) {
        (Aspect::Deprecated, ..) => false,
        (Aspect::MediaType | Aspect::Style, ..) => true,
        // Whoever reads an answer has to expect values and fields that are not documented, as ours do.
        (Aspect::Value, turn, side) => side == Side::Sent && turn == Turn::Went,
        (Aspect::Rest | Aspect::Limit, turn, side) => side == Side::Sent && turn != Turn::Wider,
        (_, Turn::Came { required }, side) => side == Side::Sent && required,
        (_, Turn::Went | Turn::Different, _) => true,
        (_, Turn::Narrower, side) => side == Side::Sent,
        (_, Turn::Wider, side) => side == Side::Received,
    };
    if breaks { Effect::Breaks } else { Effect::Adds }
}
