//! A drift as Markdown for people and as JSON for machines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use openapi_compare::{Aspect, Change, Difference, Direction, Effect};
use serde_json::{Value, json};

use super::Drift;

impl Drift {
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# From {} to {}\n\n{}\n", self.old, self.new, self.summary());
        for (title, effect, aspect_is_operation) in [
            ("Operations that left our scope", Effect::Breaking, true),
            ("Operations that came into our scope", Effect::Compatible, true),
            ("What breaks callers", Effect::Breaking, false),
            ("What is new or looser", Effect::Compatible, false),
        ] {
            let of_kind = |(change, _): &(&Difference, &BTreeSet<String>)| {
                change.effect() == effect && (change.aspect == Aspect::Operation) == aspect_is_operation
            };
            let changes: Vec<_> = self.changes.iter().filter(of_kind).collect();
            if aspect_is_operation {
                section(&mut text, title, changes.iter().map(|(change, _)| format!("`{}`", change.place)));
                continue;
            }
            for (direction, whose) in
                [(Direction::Sent, "in what callers send"), (Direction::Received, "in what portals answer")]
            {
                let changes = changes.iter().filter(|(change, _)| change.direction == direction);
                section(
                    &mut text,
                    &format!("{title}, {whose}"),
                    changes.map(|(change, operations)| line(change, operations)),
                );
            }
        }
        section(
            &mut text,
            "Deviations that became obsolete: the document agrees with us now",
            self.agreed.iter().cloned(),
        );
        section(&mut text, "Entries of openapi/deviations.yaml that have to go", self.obsolete.iter().cloned());
        section(&mut text, "Differences from our spec that nothing explains yet", self.unexplained.iter().cloned());
        text
    }

    fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "Nothing changed for us.".to_owned();
        }
        let count = |test: &dyn Fn(&Difference) -> bool| self.changes.keys().filter(|change| test(change)).count();
        let is_operation = |change: &Difference| change.aspect == Aspect::Operation;
        format!(
            "{} operations came, {} left. Apart from these, {} changes break callers and {} do not.",
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

/// The change, with the operations that it concerns unless its place says so.
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
