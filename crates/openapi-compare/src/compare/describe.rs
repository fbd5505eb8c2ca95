//! Short descriptions of schemas.

use super::view::View;
use crate::api::{Field, Literal, OtherFields, Scalar, Shape};

/// Maximum number of fields or values in a description, so that it fits on a line.
const MOST: usize = 6;

/// The type of a value: `string uuid`, `array of integer`, `object of id, name`.
pub(super) fn kind(view: View<'_>) -> String {
    deep(view, 0)
}

fn deep(view: View<'_>, depth: usize) -> String {
    let inner = |schema| deep(view.to(schema), depth + 1);
    match &view.schema.shape {
        // A view follows names up to a limit. A longer chain has no description.
        Shape::Any | Shape::Named(_) => "anything".to_owned(),
        Shape::Scalar(scalar) => scalar_kind(scalar),
        Shape::Array(_) if depth > 2 => "array".to_owned(),
        Shape::Array(items) => format!("array of {}", inner(items)),
        Shape::Object(object) => match &object.others {
            OtherFields::Values(values) if object.fields.is_empty() && depth <= 2 => {
                format!("map of {}", inner(values))
            }
            _ if object.fields.is_empty() => "object".to_owned(),
            _ => format!("object of {}", list(object.fields.keys())),
        },
        Shape::OneOf(_) if depth > 2 => "one of several".to_owned(),
        Shape::OneOf(alternatives) => {
            let mut words: Vec<_> = alternatives.iter().map(inner).collect();
            words.dedup();
            words.join(" or ")
        }
    }
}

pub(super) fn scalar_kind(scalar: &Scalar) -> String {
    let kind = scalar.kind.name();
    scalar.format.as_ref().map_or_else(|| kind.to_owned(), |format| format!("{kind} {format}"))
}

/// The description of a field or a parameter, such as `optional string`.
pub(super) fn presence(required: bool, kind: &str) -> String {
    format!("{} {kind}", if required { "required" } else { "optional" })
}

pub(super) fn field(view: View<'_>, field: &Field) -> String {
    presence(field.required, &kind(view.to(&field.schema)))
}

/// The description of an enum value, such as `value 9 (AiRoom)`.
pub(super) fn value(literal: &Literal, name: Option<&String>) -> String {
    name.map_or_else(|| format!("value {literal}"), |name| format!("value {literal} ({name})"))
}

/// The values of an enum, or `any value` without an enum.
pub(super) fn values(scalar: &Scalar) -> String {
    if scalar.values.is_empty() { "any value".to_owned() } else { format!("one of {}", list(scalar.values.keys())) }
}

fn list<T: ToString>(items: impl ExactSizeIterator<Item = T>) -> String {
    let more = items.len().saturating_sub(MOST);
    let mut words: Vec<_> = items.take(MOST).map(|item| item.to_string()).collect();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    words.join(", ")
}
