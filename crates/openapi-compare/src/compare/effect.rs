//! The effect on callers of a difference between an old and a new API.

use std::fmt;

use super::difference::{Aspect, Change, Difference, Direction};

/// The effect of a difference on a program that was written for the left API and uses the right
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The program still works.
    Compatible,
    /// The server may reject a request of the program, or send an answer that the program does not
    /// expect.
    Breaking,
}

impl Difference {
    /// Whether a program that was written for the left API still works with the right one.
    ///
    /// Requests break if the right API allows less, and answers break if it allows more. New enum
    /// values and new fields in an answer do not break a program, which has to expect undocumented
    /// ones anyway. So do answers with values that are no longer an enum, and defaults.
    pub fn effect(&self) -> Effect {
        let breaks = match (self.aspect, self.change, self.direction) {
            (Aspect::Deprecated | Aspect::Default, ..) => false,
            (Aspect::MediaType | Aspect::Style, ..) => true,
            (Aspect::Access, change, _) => change == Change::Narrowed,
            (Aspect::Name, change, _) => change != Change::Renamed,
            (Aspect::Values, change, direction) => direction == Direction::Sent && change != Change::Widened,
            (Aspect::Value, change, direction) => direction == Direction::Sent && change == Change::Removed,
            (Aspect::OtherFields | Aspect::Limit, change, direction) => {
                direction == Direction::Sent && change != Change::Widened
            }
            (_, Change::Added { required }, direction) => direction == Direction::Sent && required,
            (_, Change::Renamed, _) => false,
            (_, Change::Removed | Change::Replaced, _) => true,
            (_, Change::Narrowed, direction) => direction == Direction::Sent,
            (_, Change::Widened, direction) => direction == Direction::Received,
        };
        if breaks { Effect::Breaking } else { Effect::Compatible }
    }

    /// A description of the change from the left API to the right one, without the place.
    pub fn words(&self) -> String {
        let Self { aspect, left, right, direction, change, .. } = self;
        let is_added = matches!(change, Change::Added { .. });
        match aspect {
            Aspect::Operation if is_added => "is new".to_owned(),
            Aspect::Operation => "is gone".to_owned(),
            Aspect::Parameter | Aspect::Field if is_added => format!("new {}, {right}", aspect.name()),
            Aspect::Parameter | Aspect::Field => format!("{} is gone, was {left}", aspect.name()),
            Aspect::Body if is_added => format!("now has a body, {right}"),
            Aspect::Body => "no longer has a body".to_owned(),
            Aspect::Answer if is_added => format!("now has an answer, {right}"),
            Aspect::Answer => "is now empty".to_owned(),
            Aspect::Value if is_added => format!("new {right}"),
            Aspect::Value => format!("{left} is gone"),
            Aspect::Name => format!("{left} is now {right}"),
            Aspect::Required => match (direction, change) {
                (Direction::Sent, Change::Narrowed) => "must now be sent",
                (Direction::Sent, _) => "no longer has to be sent",
                (Direction::Received, Change::Narrowed) => "is now always present",
                (Direction::Received, _) => "may now be missing",
            }
            .to_owned(),
            Aspect::Nullable if *change == Change::Widened => "may now be null".to_owned(),
            Aspect::Nullable => "can no longer be null".to_owned(),
            Aspect::Deprecated | Aspect::Access => format!("is now {right}"),
            Aspect::Status
            | Aspect::Security
            | Aspect::Default
            | Aspect::MediaType
            | Aspect::Type
            | Aspect::Values
            | Aspect::OtherFields
            | Aspect::Limit
            | Aspect::Style => {
                format!("changed from {left} to {right}")
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.words())
    }
}
