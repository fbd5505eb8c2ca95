//! The portal's objects as JSON, with the fields that each caller may see
//! (docs/portal/permissions.md#what-an-answer-shows-to-each-caller).

pub(crate) mod content;
pub(crate) mod employee;
pub(crate) mod folder;
pub(crate) mod operation;
pub(crate) mod share;

/// Writes whole numbers without a fraction: `0` and `100`, but `0.135`.
pub(crate) fn number<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 { serializer.serialize_i64(*value as i64) } else { serializer.serialize_f64(*value) }
}
