//! What a difference between an old and a new API does to callers.

use std::fmt;

use super::difference::{Aspect, Change, Difference, Direction};

/// What a difference does to a program that was written for the left API and meets the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The program works as before. It may now send more, or rely on more.
    Compatible,
    /// A request of the program may be refused, or an answer may differ from what the program expects.
    Breaking,
}

impl Difference {
    /// Whether a program that was written for the left API still works with the right one.
    ///
    /// What is sent breaks when the right allows less, what is received breaks when the right allows more. Values of an
    /// enum and fields that are new in an answer do not break: a program has to expect some that are not documented.
    pub fn effect(&self) -> Effect {
        let breaks = match (self.aspect, self.change, self.direction) {
            (Aspect::Deprecated, ..) => false,
            (Aspect::MediaType | Aspect::Style, ..) => true,
            (Aspect::Value, change, direction) => direction == Direction::Sent && change == Change::Removed,
            (Aspect::OtherFields | Aspect::Limit, change, direction) => {
                direction == Direction::Sent && change != Change::Widened
            }
            (_, Change::Added { required }, direction) => direction == Direction::Sent && required,
            (_, Change::Removed | Change::Replaced, _) => true,
            (_, Change::Narrowed, direction) => direction == Direction::Sent,
            (_, Change::Widened, direction) => direction == Direction::Received,
        };
        if breaks { Effect::Breaking } else { Effect::Compatible }
    }

    /// What happened at the place from the left API to the right one, without the place.
    pub fn words(&self) -> String {
        let Self { aspect, left, right, direction, change, .. } = self;
        let is_added = matches!(change, Change::Added { .. });
        match aspect {
            Aspect::Operation if is_added => "is new".to_owned(),
            Aspect::Operation => "is gone".to_owned(),
            Aspect::Parameter | Aspect::Field if is_added => format!("new {}, {right}", aspect.name()),
            Aspect::Parameter | Aspect::Field => format!("{} is gone, was {left}", aspect.name()),
            Aspect::Body if is_added => format!("takes a body now, {right}"),
            Aspect::Body => "takes no body any more".to_owned(),
            Aspect::Answer if is_added => format!("has an answer now, {right}"),
            Aspect::Answer => "is empty now".to_owned(),
            Aspect::Value if is_added => format!("new {right}"),
            Aspect::Value => format!("{left} is gone"),
            Aspect::Required => match (direction, change) {
                (Direction::Sent, Change::Narrowed) => "must be sent now",
                (Direction::Sent, _) => "need not be sent any more",
                (Direction::Received, Change::Narrowed) => "is always there now",
                (Direction::Received, _) => "may be missing now",
            }
            .to_owned(),
            Aspect::Nullable if *change == Change::Widened => "may be null now".to_owned(),
            Aspect::Nullable => "may not be null any more".to_owned(),
            Aspect::Deprecated => format!("is {right} now"),
            Aspect::MediaType | Aspect::Type | Aspect::Values | Aspect::OtherFields | Aspect::Limit | Aspect::Style => {
                format!("{right} now, was {left}")
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.words())
    }
}
