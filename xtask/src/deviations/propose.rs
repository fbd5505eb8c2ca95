//! Entries for differences without one, as a start for the person who explains them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Deviations, Difference};

/// The fields of a schema, and the descriptions of the two sides.
type Names<'a> = (BTreeSet<&'a str>, &'a str, &'a str);

/// Entries in YAML, to be appended to the file. Equal differences within a schema become one entry,
/// and so do equal fields of several schemas.
pub(crate) fn entries(unexplained: &[&Difference], known: &Deviations) -> String {
    let mut grouped: BTreeMap<(&str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut near: BTreeMap<&str, usize> = BTreeMap::new();
    for difference in unexplained {
        let (start, name) = split(&difference.place);
        grouped.entry((start, &difference.document, &difference.ours)).or_default().insert(name);
        near.extend(known.near(difference).map(|line| (start, line)));
    }
    let mut alike: BTreeMap<Names<'_>, Vec<&str>> = BTreeMap::new();
    for ((start, document, ours), names) in grouped {
        alike.entry((names, document, ours)).or_default().push(start);
    }
    let mut text = String::new();
    for ((names, document, ours), starts) in alike {
        let lines: BTreeSet<_> = starts.iter().filter_map(|start| near.get(start)).collect();
        for line in lines {
            let _ = writeln!(text, "# Line {line} names this place too. Change that entry if its reason still holds.");
        }
        let names: Vec<_> = names.into_iter().collect();
        let places: Vec<_> = match &names[..] {
            [""] => starts.iter().map(|start| (*start).to_owned()).collect(),
            [only] => vec![format!("{}.{only}", one_of(&starts))],
            several => vec![format!("{}.{{{}}}", one_of(&starts), several.join(","))],
        };
        let place = if let [only] = &places[..] { format!("{only:?}") } else { format!("{places:?}") };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "- where: {place}\n  document: {document:?}\n  ours: {ours:?}\n  why: \"\"\n  evidence: \"\""
        );
    }
    text
}

/// The schema and the field. A place in an operation is not split.
fn split(place: &str) -> (&str, &str) {
    match place.rsplit_once('.') {
        // A path may contain dots.
        Some((start, name)) if !place.contains(['/', ' ']) => (start, name),
        _ => (place, ""),
    }
}

fn one_of(starts: &[&str]) -> String {
    if let [only] = starts { (*only).to_owned() } else { format!("{{{}}}", starts.join(",")) }
}

#[cfg(test)]
mod tests {
    use openapi_compare::Direction;

    use super::*;

    #[test]
    fn equal_fields_of_several_schemas_become_one_entry() {
        let difference = |place: &str| Difference {
            place: place.to_owned(),
            document: "absent".to_owned(),
            ours: "optional string".to_owned(),
            direction: Direction::Received,
        };
        let all = ["Folder.a", "Room.a", "Folder.b", "Room.b", "GET /a/2.0/b, query c"].map(difference);
        let entry = "- {where: Room.a, document: absent, ours: required, why: w, evidence: assumption}";
        let known = Deviations::parse(entry).unwrap();
        let text = entries(&all.iter().collect::<Vec<_>>(), &known);
        assert!(text.contains("- where: \"{Folder,Room}.{a,b}\"\n"), "{text}");
        assert!(text.contains("- where: \"GET /a/2.0/b, query c\"\n"), "{text}");
        assert!(text.starts_with("- where") || text.starts_with("# Line 1 names"), "{text}");
        assert_eq!(text.matches("# Line 1 names this place too.").count(), 1, "{text}");
    }
}
