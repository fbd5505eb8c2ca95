//! Rules about `$ref`s and their targets.

use std::collections::BTreeSet;

use openapi_compare::{Document, Located, Place, children};
use serde_json::Value;

use crate::check::finding::{Findings, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "ref-resolves", check: ref_resolves },
    Rule { name: "ref-alone", check: ref_alone },
    Rule { name: "component-used", check: component_used },
];

/// The kinds of components that the generator supports, and headers, which only errors have.
const KINDS: [&str; 5] = ["schemas", "parameters", "requestBodies", "responses", "headers"];

/// The generator panics on a `$ref` without a target, to another file, or in a circle.
fn ref_resolves(document: &Document, found: &mut Findings) {
    for (place, holder, reference) in references((Place::root(), document.root())) {
        let target = Place::of_ref(reference);
        let is_component = target.is_some_and(|target| match target.keys() {
            [components, kind, _] => components == "components" && KINDS.contains(&kind.as_str()),
            _ => false,
        });
        let message = if is_component {
            "has no target, or leads in a circle"
        } else {
            "must be of the form #/components/KIND/NAME"
        };
        // The generator does not decode percent signs.
        let is_plain = !reference.contains('%');
        let good = is_component && is_plain && document.resolve(place.clone(), holder).is_ok();
        found.expect(good, &place, || format!("$ref {reference} {message}"));
    }
}

/// OpenAPI 3.0 ignores all keys beside a `$ref`.
fn ref_alone(document: &Document, found: &mut Findings) {
    for (place, holder, _) in references((Place::root(), document.root())) {
        let besides: Vec<_> = holder.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        found.expect(besides.len() == 1, &place, || {
            let ignored: Vec<_> = besides.into_iter().filter(|key| *key != "$ref").collect();
            format!("{} beside $ref is ignored; put the $ref into an allOf", ignored.join(", "))
        });
    }
}

/// A component that no operation uses would become a type that no caller can obtain.
fn component_used(document: &Document, found: &mut Findings) {
    let mut used = BTreeSet::new();
    let mut waiting = vec![(Place::root().child("paths"), &document.root()["paths"])];
    while let Some(value) = waiting.pop() {
        for (_, _, reference) in references(value) {
            let Some(target) = Place::of_ref(reference) else { continue };
            let Some(value) = document.at(&target) else { continue };
            if used.insert(target.clone()) {
                waiting.push((target, value));
            }
        }
    }
    for (place, _) in KINDS.into_iter().flat_map(|kind| document.components(kind)) {
        found.expect(used.contains(&place), &place, || "no operation uses it; remove it".to_owned());
    }
}

/// Every mapping within the value that has a `$ref`, and the `$ref`.
fn references<'a>(value: Located<'a>) -> Vec<(Place, &'a Value, &'a str)> {
    let mut references = Vec::new();
    let mut waiting = vec![value];
    while let Some((place, value)) = waiting.pop() {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            references.push((place.clone(), value, reference));
        }
        waiting.extend(children(&place, value));
    }
    references
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{answer, breaches};

    #[test]
    fn refs_must_lead_to_components() {
        assert!(breaches(RULES, "ref-resolves", &answer("Room: {}")).is_empty());
        assert_eq!(
            breaches(RULES, "ref-resolves", &answer("")),
            [
                "GET /rooms, response 200, content application/json: $ref #/components/schemas/Room has no target, or leads in a circle"
            ]
        );
        for bad in ["other.yaml#/Room", "#/paths/~1rooms", "#/components/schemas/Room/properties/id"] {
            let spec = answer(&format!("Room: {{properties: {{id: {{$ref: '{bad}'}}}}}}"));
            let found = breaches(RULES, "ref-resolves", &spec);
            assert!(found[0].contains("must be of the form"), "{found:?}");
        }
    }

    #[test]
    fn circle_of_refs_is_a_breach_at_each_ref() {
        let spec = answer("Room: {$ref: '#/components/schemas/Other'}, Other: {$ref: '#/components/schemas/Room'}");
        assert_eq!(breaches(RULES, "ref-resolves", &spec).len(), 3);
    }

    #[test]
    fn keys_beside_a_ref_are_breaches() {
        let other = |siblings: &str| {
            answer(&format!("Room: {{properties: {{a: {{$ref: '#/components/schemas/A'{siblings}}}}}}}, A: {{}}"))
        };
        assert!(breaches(RULES, "ref-alone", &other("")).is_empty());
        assert_eq!(
            breaches(RULES, "ref-alone", &other(", description: d, nullable: true")),
            ["schema Room, property a: description, nullable beside $ref is ignored; put the $ref into an allOf"]
        );
    }

    #[test]
    fn components_must_be_used() {
        let used = answer("Room: {properties: {a: {$ref: '#/components/schemas/A'}}}, A: {}");
        assert!(breaches(RULES, "component-used", &used).is_empty());
        let islands = answer("Room: {}, A: {items: {$ref: '#/components/schemas/B'}}, B: {}");
        assert_eq!(
            breaches(RULES, "component-used", &islands),
            ["schema A: no operation uses it; remove it", "schema B: no operation uses it; remove it"]
        );
    }
}
