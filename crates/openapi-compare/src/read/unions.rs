//! The normal form of a choice: flat, sorted, each alternative once, and `null` as a flag.

use crate::api::{Kind, Scalar, Schema, Shape};

/// The choice between these alternatives.
pub(crate) fn of(alternatives: Vec<Schema>) -> Schema {
    let (mut flat, mut nullable) = (Vec::new(), false);
    for mut alternative in alternatives {
        nullable |= std::mem::take(&mut alternative.nullable);
        match alternative.shape {
            Shape::OneOf(inner) => flat.extend(inner),
            Shape::Scalar(ref scalar) if scalar.kind == Kind::Null => nullable = true,
            _ => flat.push(alternative),
        }
    }
    let mut flat = one_enum(flat);
    flat.sort();
    flat.dedup();
    let mut schema = match (flat.len(), flat.pop()) {
        // Only `null`.
        (_, None) => Schema::of(Shape::Any),
        (1, Some(only)) => only,
        (_, Some(last)) => {
            flat.push(last);
            Schema::of(Shape::OneOf(flat))
        }
    };
    schema.nullable |= nullable;
    schema
}

/// Merges enums of one kind into one enum, so that a choice of constants equals an enum.
fn one_enum(alternatives: Vec<Schema>) -> Vec<Schema> {
    let mut merged: Vec<Schema> = Vec::new();
    for alternative in alternatives {
        let known = merged.iter_mut().find_map(|known| enum_like(known, &alternative));
        match (known, alternative) {
            (Some(known), Schema { shape: Shape::Scalar(scalar), .. }) => {
                for (value, name) in scalar.values {
                    let known = known.values.entry(value).or_default();
                    *known = known.take().or(name);
                }
            }
            (_, alternative) => merged.push(alternative),
        }
    }
    merged
}

/// The enum in `known`, if `other` is an enum of the same kind.
fn enum_like<'a>(known: &'a mut Schema, other: &Schema) -> Option<&'a mut Scalar> {
    let is_like = known.deprecated == other.deprecated && known.limits.is_empty() && other.limits.is_empty();
    match (&mut known.shape, &other.shape) {
        (Shape::Scalar(one), Shape::Scalar(other)) => {
            let both = is_like && !one.values.is_empty() && !other.values.is_empty();
            (both && one.kind == other.kind && one.format == other.format).then_some(one)
        }
        _ => None,
    }
}
