//! Rules about the document as a whole.

use openapi_compare::{Document, Place, children};
use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::check::finding::{Findings, Rule};
use crate::check::operations;
use crate::check::schemas::all;

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "readable", check: readable },
    Rule { name: "version-in-header", check: version_in_header },
    Rule { name: "tags-declared", check: tags_declared },
];

/// The generator's own parser must accept the document. It knows the whole grammar, so the other
/// rules need not.
///
/// The parser does not name the place of an error, so it is given the parts of the document one by
/// one.
fn readable(document: &Document, found: &mut Findings) {
    found.examine();
    let Err(error) = serde_path_to_error::deserialize::<_, OpenAPI>(document.root()) else { return };
    let mut faults: Vec<(Place, String)> = Vec::new();
    for node in all(document) {
        faults.extend(fault::<ReferenceOr<Schema>>(&node.place, node.value));
    }
    for operation in operations::all(document) {
        for (place, parameter) in operation.parameters() {
            faults.extend(fault::<Parameter>(&place, parameter));
        }
        faults.extend(fault::<Operation>(&operation.place, operation.value));
    }
    for (place, message) in &faults {
        let is_innermost = !faults.iter().any(|(other, _)| other != place && other.is_within(place));
        if is_innermost {
            found.breach(place, format!("the generator cannot read this: {message}"));
        }
    }
    if faults.is_empty() {
        let keys = error.path().iter().map(|segment| segment.to_string());
        let place = keys.fold(Place::root(), |place, key| place.child(key.trim_matches(['[', ']'])));
        found.breach(&place, format!("the generator cannot read this: {}", error.inner()));
    }
}

/// The error of the generator's parser for a part of the document.
fn fault<T: DeserializeOwned>(place: &Place, value: &Value) -> Option<(Place, String)> {
    T::deserialize(value).err().map(|error| (place.clone(), error.to_string()))
}

/// Generated clients send the version in a header, and panic if a header cannot hold it.
fn version_in_header(document: &Document, found: &mut Findings) {
    let place = Place::root().child("info").child("version");
    let version = document.root()["info"]["version"].as_str();
    let good = version.is_some_and(|version| !version.is_empty() && version.bytes().all(|b| b.is_ascii_graphic()));
    found.expect(good, &place, || "must be a string of visible ASCII because clients send it in a header".to_owned());
}

/// Each tag becomes a trait. A declared tag without an operation is a leftover.
fn tags_declared(document: &Document, found: &mut Findings) {
    let place = Place::root().child("tags");
    let declared: Vec<_> = children(&place, &document.root()["tags"])
        .into_iter()
        .filter_map(|(place, tag)| Some((place, tag["name"].as_str()?)))
        .collect();
    let mut used = Vec::new();
    for operation in operations::all(document) {
        for (place, tag) in children(&operation.place.child("tags"), &operation.value["tags"]) {
            let Some(tag) = tag.as_str() else { continue };
            used.push(tag);
            let good = declared.iter().any(|(_, name)| *name == tag);
            found.expect(good, &place, || format!("the tag `{tag}` is not declared; add it to `tags` at the top"));
        }
    }
    for (place, tag) in declared {
        found.expect(used.contains(&tag), &place, || format!("no operation has the tag `{tag}`"));
    }
}

#[cfg(test)]
mod tests {
    use openapi_compare::Versions;

    use super::*;
    use crate::check::testing::{answer, breaches, get};

    #[test]
    fn document_must_be_readable_by_the_generator() {
        let good = get("{responses: {200: {description: d}}}");
        assert!(breaches(RULES, "readable", &good).is_empty());
        let bad = breaches(RULES, "readable", &format!("{good}\nsecurity: 1"));
        assert!(bad[0].starts_with("security: the generator cannot read this"), "{bad:?}");
    }

    #[test]
    fn unreadable_part_is_found_deep_inside() {
        let spec = answer("Room: {properties: {a: {type: string}, b: {type: [string, 'null']}}}");
        let found =
            breaches(RULES, "readable", &spec.replace("responses: {200: {", "responses: {200: {description: d, "));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert!(only.starts_with("schema Room, property b: the generator cannot read this"), "{only}");
    }

    #[test]
    fn version_must_be_visible_ascii() {
        let check = |version: &str| {
            let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: {version}}}\npaths: {{}}\n");
            let mut found = Findings::default();
            version_in_header(&Document::parse("t", text, Versions::V3_0).unwrap(), &mut found);
            found.breaches.len()
        };
        assert_eq!(check("3.7.0"), 0);
        assert_eq!([check("'3.7 – draft'"), check("''"), check("3.7")], [1, 1, 1]);
    }

    #[test]
    fn tags_must_be_declared_and_used() {
        let spec = |tags: &str| format!("{}\ntags: {tags}", get("{tags: [Rooms]}"));
        assert!(breaches(RULES, "tags-declared", &spec("[{name: Rooms}]")).is_empty());
        assert_eq!(
            breaches(RULES, "tags-declared", &spec("[{name: Links}]")),
            [
                "GET /rooms, tag 0: the tag `Rooms` is not declared; add it to `tags` at the top",
                "tag 0: no operation has the tag `Links`"
            ]
        );
    }
}
