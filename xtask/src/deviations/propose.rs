//! Entries for differences without one, as a start for the person who explains them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Difference;

/// Entries in YAML, to be appended to the file. Equal differences within a schema become one entry.
pub(crate) fn entries(unexplained: &[&Difference]) -> String {
    let mut grouped: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
    for difference in unexplained {
        let (start, name) = difference.place.rsplit_once('.').unwrap_or((&difference.place, ""));
        // A path may contain dots.
        let (start, name) =
            if name.contains(['/', ' ', ',']) { (difference.place.as_str(), "") } else { (start, name) };
        let names = grouped.entry((start, &difference.document, &difference.ours)).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut text = String::new();
    for ((start, document, ours), names) in grouped {
        let place = match &names[..] {
            [""] => start.to_owned(),
            [only] => format!("{start}.{only}"),
            several => format!("{start}.{{{}}}", several.join(",")),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "- where: {place:?}\n  document: {document:?}\n  ours: {ours:?}\n  why: \"\"\n  evidence: \"\""
        );
    }
    text
}
