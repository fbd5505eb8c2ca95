//! The types of a schema without `type`, derived from its values and keywords.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::parts::Part;
use crate::api::{Kind, Literal};

/// The types of a schema without `type`.
pub(crate) fn implied(parts: &[Part<'_>], listed: &BTreeMap<Literal, Option<String>>) -> Vec<&'static str> {
    let has_any = |keywords: &[&str]| {
        parts.iter().any(|part| keywords.iter().any(|keyword| part.keywords.contains_key(*keyword)))
    };
    if has_any(&["properties", "required", "additionalProperties"]) {
        return vec!["object"];
    }
    if has_any(&["items"]) {
        return vec!["array"];
    }
    let kinds: BTreeSet<_> = listed.keys().filter_map(kind_of).map(Kind::name).collect();
    kinds.into_iter().collect()
}

fn kind_of(value: &Literal) -> Option<Kind> {
    Some(match value.value() {
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_f64() => Kind::Number,
        Value::Number(_) => Kind::Integer,
        Value::String(_) => Kind::String,
        _ => return None,
    })
}

/// The values of an enum that belong to this kind.
pub(crate) fn of_kind(kind: Kind, listed: &BTreeMap<Literal, Option<String>>) -> BTreeMap<Literal, Option<String>> {
    let fits =
        |value: &Literal| kind_of(value).is_some_and(|own| own == kind || (kind, own) == (Kind::Number, Kind::Integer));
    listed.iter().filter(|(value, _)| fits(value)).map(|(value, name)| (value.clone(), name.clone())).collect()
}
