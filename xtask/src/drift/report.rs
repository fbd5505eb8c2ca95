//! A drift as Markdown for people and as JSON for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use openapi_compare::{Aspect, Change, Difference, Direction, Effect};
use serde_json::{Value, json};

use super::Drift;
use crate::words::counted;

/// A change, and the operations that it affects.
type Found<'a> = (&'a Difference, &'a BTreeSet<String>);

impl Drift {
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# From {} to {}\n\n{}\n", self.old, self.new, self.summary());
        for (title, effect, aspect_is_operation) in [
            ("Removed operations", Effect::Breaking, true),
            ("New operations", Effect::Compatible, true),
            ("Changes that break callers", Effect::Breaking, false),
            ("Changes that do not break callers", Effect::Compatible, false),
        ] {
            let of_kind = |(change, _): &Found<'_>| {
                change.effect() == effect && (change.aspect == Aspect::Operation) == aspect_is_operation
            };
            let changes: Vec<_> = self.changes.iter().filter(of_kind).collect();
            if aspect_is_operation {
                section(&mut text, title, changes.iter().map(|(change, _)| format!("`{}`", change.place)));
                continue;
            }
            let both = on_both_sides(&changes);
            let same = both.iter().map(|(change, operations)| (*change, operations));
            section(&mut text, &format!("{title}, in requests and answers"), folded(same).into_iter());
            for (direction, part) in [(Direction::Sent, "in requests"), (Direction::Received, "in answers")] {
                let is_same = |change: &Difference| {
                    both.iter().any(|(same, _)| same.place == change.place && same.words() == change.words())
                };
                let changes = changes.iter().filter(|(change, _)| change.direction == direction && !is_same(change));
                section(&mut text, &format!("{title}, {part}"), folded(changes.copied()).into_iter());
            }
        }
        section(
            &mut text,
            "Deviations that are gone because the document now agrees with us",
            grouped(&self.agreed).into_iter(),
        );
        section(&mut text, "Entries and places to delete from openapi/deviations.yaml", self.obsolete.iter().cloned());
        section(
            &mut text,
            "New differences without an entry in openapi/deviations.yaml",
            grouped(&self.unexplained).into_iter(),
        );
        text
    }

    fn summary(&self) -> String {
        let moved = self.moved_to.as_ref().map(|start| format!("All paths begin with `{start}` now."));
        if self.changes.is_empty() {
            return moved.unwrap_or_else(|| "Nothing changed for us.".to_owned());
        }
        let count = |test: &dyn Fn(&Difference) -> bool| self.changes.keys().filter(|change| test(change)).count();
        let is_operation = |change: &Difference| change.aspect == Aspect::Operation;
        let are = |count: usize| if count == 1 { "is" } else { "are" };
        let new = count(&|change| is_operation(change) && change.change != Change::Removed);
        let gone = count(&|change| is_operation(change) && change.change == Change::Removed);
        let breaking = count(&|change| !is_operation(change) && change.effect() == Effect::Breaking);
        let others = count(&|change| !is_operation(change) && change.effect() == Effect::Compatible);
        format!(
            "{}{} {} new and {gone} {} gone. Of the other changes, {breaking} {} callers and {others} {}.",
            moved.map(|moved| format!("{moved} ")).unwrap_or_default(),
            counted(new, "operation"),
            are(new),
            are(gone),
            if breaking == 1 { "breaks" } else { "break" },
            if others == 1 { "does not" } else { "do not" },
        )
    }

    pub(crate) fn json(&self) -> Value {
        let changes = self.changes.iter().map(|(change, operations)| {
            let side = match change.direction {
                Direction::Sent => "sent",
                Direction::Received => "received",
            };
            json!({
                "place": change.place,
                "aspect": change.aspect.name(),
                "side": (change.aspect != Aspect::Operation).then_some(side),
                "old": change.left,
                "new": change.right,
                "breaks": change.effect() == Effect::Breaking,
                "words": change.words(),
                "operations": operations,
            })
        });
        json!({
            "old": self.old,
            "new": self.new,
            "breaks": self.exit_code() == 5,
            "moved_to": self.moved_to,
            "changes": changes.collect::<Vec<_>>(),
            "obsolete_deviations": self.agreed,
            "obsolete_entries": self.obsolete,
            "unexplained_differences": self.unexplained,
        })
    }
}

/// A section with the number of its lines in the title, or nothing.
fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    // Writing to a string cannot fail.
    let _ = write!(text, "\n## {title} ({})\n\n", lines.len());
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}

/// The changes that are the same in requests and in answers, with the operations of both. A change
/// in many places stays where the others are.
fn on_both_sides<'a>(changes: &[Found<'a>]) -> Vec<(&'a Difference, BTreeSet<String>)> {
    let mut causes: BTreeMap<(String, Direction), usize> = BTreeMap::new();
    for (change, _) in changes {
        *causes.entry((cause(change), change.direction)).or_default() += 1;
    }
    let is_rare = |change: &Difference| {
        [Direction::Sent, Direction::Received]
            .iter()
            .all(|direction| causes.get(&(cause(change), *direction)).is_none_or(|count| *count < MANY))
    };
    let mut same: BTreeMap<(&str, String), Vec<Found<'a>>> = BTreeMap::new();
    for (change, operations) in changes.iter().filter(|(change, _)| is_rare(change)) {
        same.entry((&change.place, change.words())).or_default().push((change, operations));
    }
    let twins = same.into_values().filter(|found| found.len() > 1);
    twins.map(|found| (found[0].0, found.iter().flat_map(|(_, operations)| *operations).cloned().collect())).collect()
}

/// One line for each deviation, for the same field of several schemas, or for many places with the
/// same deviation.
fn grouped(deviations: &[String]) -> Vec<String> {
    let mut same: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (place, words) in deviations.iter().filter_map(|line| line.split_once("`: ")) {
        same.entry(words).or_default().push(place);
    }
    let many = |line: &String| same.get(line.split_once("`: ")?.1).filter(|places| places.len() >= MANY);
    let mut single: Vec<(String, BTreeSet<&str>)> = Vec::new();
    for line in deviations.iter().filter(|line| many(line).is_none()) {
        let field = line
            .trim_start_matches('`')
            .split_once('.')
            .filter(|(schema, _)| schema.chars().all(char::is_alphanumeric));
        let (schema, rest) = field.unwrap_or(("", line));
        match single.iter_mut().find(|(known, schemas)| known == rest && !schemas.contains("")) {
            Some((_, schemas)) if !schema.is_empty() => drop(schemas.insert(schema)),
            _ => single.push((rest.to_owned(), BTreeSet::from([schema]))),
        }
    }
    let single = single.into_iter().map(|(rest, schemas)| match schemas.iter().copied().collect::<Vec<_>>()[..] {
        [""] => rest,
        [only] => format!("`{only}.{rest}"),
        ref several => format!("`{{{}}}.{rest}", several.join(",")),
    });
    let folded = same.iter().filter(|(_, places)| places.len() >= MANY).map(|(words, places)| {
        let quoted = places.iter().map(|place| format!("{place}`")).collect();
        format!("{}, {words}: {}", counted(places.len(), "place"), named(quoted))
    });
    single.chain(folded).collect()
}

/// The places, or the first ones of many.
fn named(mut places: Vec<String>) -> String {
    let more = places.len().saturating_sub(MOST);
    if more > 0 {
        places.truncate(MOST - 1);
        places.push(format!("and {} more, which `--json` names", more + 1));
    }
    places.join(", ")
}

/// One line for each cause: the same change in many places, the same field of several schemas, or
/// one change.
fn folded<'a>(changes: impl Iterator<Item = Found<'a>> + Clone) -> Vec<String> {
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for (change, _) in changes.clone() {
        *same.entry(cause(change)).or_default() += 1;
    }
    let mut lines: Vec<(Fold, Vec<Found<'a>>)> = Vec::new();
    for (change, operations) in changes {
        let fold = if same[&cause(change)] >= MANY {
            Fold::Cause(cause(change))
        } else if let Some((_, field)) = field_of_schema(change) {
            Fold::Field(field.to_owned(), change.words())
        } else {
            Fold::Single(change.clone())
        };
        match lines.iter_mut().find(|(known, _)| *known == fold) {
            Some((_, members)) => members.push((change, operations)),
            None => lines.push((fold, vec![(change, operations)])),
        }
    }
    lines.into_iter().map(|(fold, members)| fold.line(&members)).collect()
}

/// Number of equal changes from which they are one line.
const MANY: usize = 10;

/// Maximum number of places that are named in a line.
const MOST: usize = 30;

/// What the changes of a line have in common.
#[derive(PartialEq)]
enum Fold {
    Cause(String),
    Field(String, String),
    Single(Difference),
}

impl Fold {
    fn line(&self, members: &[Found<'_>]) -> String {
        let [(first, operations), others @ ..] = members else { return String::new() };
        let all = members.iter().flat_map(|(_, operations)| *operations).cloned().collect();
        match self {
            Self::Cause(cause) => {
                let places = members.iter().map(|(change, _)| format!("`{}`", change.place)).collect();
                format!("{}, {cause}: {}", counted(members.len(), "place"), named(places))
            }
            Self::Field(field, words) if !others.is_empty() => {
                let schemas = members.iter().filter_map(|(change, _)| Some(field_of_schema(change)?.0));
                let place = format!("{{{}}}.{field}", schemas.collect::<Vec<_>>().join(","));
                format!("`{place}`: {words}{}", concerned(&place, &all))
            }
            _ => line(first, operations),
        }
    }
}

/// The words of a change, without what differs from place to place if a field came or went.
fn cause(change: &Difference) -> String {
    match (change.aspect, change.place.rsplit_once('.')) {
        (Aspect::Field, Some((_, name))) if change.change == Change::Removed => format!("field `{name}` is gone"),
        (Aspect::Field, Some((_, name))) => format!("new field `{name}`"),
        _ => change.words(),
    }
}

/// The name of the schema and the path to the field. `None` for a place in an operation.
fn field_of_schema(change: &Difference) -> Option<(&str, &str)> {
    change.place.split_once('.').filter(|(schema, _)| schema.chars().all(char::is_alphanumeric))
}

/// The change, followed by the operations that it affects unless its place names them.
fn line(change: &Difference, operations: &BTreeSet<String>) -> String {
    let place = &change.place;
    format!("`{place}`: {}{}", change.words(), concerned(place, operations))
}

/// The operations that a change affects unless its place names them.
fn concerned(place: &str, operations: &BTreeSet<String>) -> String {
    let elsewhere: Vec<_> = operations.iter().filter(|operation| !place.starts_with(operation.as_str())).collect();
    match &elsewhere[..] {
        [] => String::new(),
        [only] => format!(" (`{only}`)"),
        [first, others @ ..] if others.len() < 3 => {
            format!(" (`{first}`{})", others.iter().map(|operation| format!(", `{operation}`")).collect::<String>())
        }
        many => format!(" ({} operations)", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_field_of_several_schemas_is_one_line() {
        let lines = ["`Folder.a`: x", "`GET /a.b, query c`: x", "`Room.a`: x", "`Room.b`: x; see line 3"];
        let grouped = grouped(&lines.map(str::to_owned));
        assert_eq!(grouped, ["`{Folder,Room}.a`: x", "`GET /a.b, query c`: x", "`Room.b`: x; see line 3"]);
    }
}
