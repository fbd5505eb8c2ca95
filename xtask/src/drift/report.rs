//! A drift as Markdown for people and as JSON for programs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use openapi_compare::{Aspect, Change, Difference, Direction, Effect};
use serde_json::{Value, json};

use super::Drift;

impl Drift {
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# From {} to {}\n\n{}\n", self.old, self.new, self.summary());
        for (title, effect, aspect_is_operation) in [
            ("Removed operations", Effect::Breaking, true),
            ("New operations", Effect::Compatible, true),
            ("Changes that break callers", Effect::Breaking, false),
            ("Changes that do not break callers", Effect::Compatible, false),
        ] {
            let of_kind = |(change, _): &(&Difference, &BTreeSet<String>)| {
                change.effect() == effect && (change.aspect == Aspect::Operation) == aspect_is_operation
            };
            let changes: Vec<_> = self.changes.iter().filter(of_kind).collect();
            if aspect_is_operation {
                section(&mut text, title, changes.iter().map(|(change, _)| format!("`{}`", change.place)));
                continue;
            }
            for (direction, part) in [(Direction::Sent, "in requests"), (Direction::Received, "in answers")] {
                let changes = changes.iter().filter(|(change, _)| change.direction == direction);
                section(
                    &mut text,
                    &format!("{title}, {part}"),
                    changes.map(|(change, operations)| line(change, operations)),
                );
            }
        }
        section(
            &mut text,
            "Deviations that are gone because the document now agrees with us",
            self.agreed.iter().cloned(),
        );
        section(&mut text, "Entries to delete from openapi/deviations.yaml", self.obsolete.iter().cloned());
        section(
            &mut text,
            "New differences without an entry in openapi/deviations.yaml",
            self.unexplained.iter().cloned(),
        );
        text
    }

    fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "Nothing changed for us.".to_owned();
        }
        let count = |test: &dyn Fn(&Difference) -> bool| self.changes.keys().filter(|change| test(change)).count();
        let is_operation = |change: &Difference| change.aspect == Aspect::Operation;
        format!(
            "{} operations are new and {} are gone. Of the other changes, {} break callers and {} do not.",
            count(&|change| is_operation(change) && change.change != Change::Removed),
            count(&|change| is_operation(change) && change.change == Change::Removed),
            count(&|change| !is_operation(change) && change.effect() == Effect::Breaking),
            count(&|change| !is_operation(change) && change.effect() == Effect::Compatible),
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
            "breaks": self.changes.keys().any(|change| change.effect() == Effect::Breaking),
            "changes": changes.collect::<Vec<_>>(),
            "obsolete_deviations": self.agreed,
            "obsolete_entries": self.obsolete,
            "unexplained_differences": self.unexplained,
        })
    }
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (index, line) in lines.enumerate() {
        if index == 0 {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n## {title}\n\n");
        }
        let _ = writeln!(text, "- {line}");
    }
}

/// The change, followed by the operations that it affects unless its place names them.
fn line(change: &Difference, operations: &BTreeSet<String>) -> String {
    let place = &change.place;
    let elsewhere: Vec<_> = operations.iter().filter(|operation| !place.starts_with(operation.as_str())).collect();
    let concerned = match &elsewhere[..] {
        [] => String::new(),
        [only] => format!(" (`{only}`)"),
        [first, others @ ..] if others.len() < 3 => {
            format!(" (`{first}`{})", others.iter().map(|operation| format!(", `{operation}`")).collect::<String>())
        }
        many => format!(" ({} operations)", many.len()),
    };
    format!("`{place}`: {}{concerned}", change.words())
}
