//! A drift as Markdown for people and as JSON for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Change, Drift, Effect};
use crate::structure::{Aspect, Side, Turn};

impl Drift {
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# From {} to {}\n\n{}\n", self.old, self.new, self.summary());
        for (title, effect, aspect_is_operation) in [
            ("Operations that left our scope", Effect::Breaks, true),
            ("Operations that came into our scope", Effect::Adds, true),
            ("What breaks callers", Effect::Breaks, false),
            ("What is new or looser", Effect::Adds, false),
        ] {
            let of_kind = |change: &&Change| {
                change.effect == effect && (change.difference.aspect == Aspect::Operation) == aspect_is_operation
            };
            let changes: Vec<_> = self.changes.iter().filter(of_kind).collect();
            if aspect_is_operation {
                section(&mut text, title, changes.iter().map(|change| format!("`{}`", change.difference.place)));
                continue;
            }
            for (side, whose) in [(Side::Sent, "in what callers send"), (Side::Received, "in what portals answer")] {
                let changes = changes.iter().filter(|change| change.difference.side == side);
                section(&mut text, &format!("{title}, {whose}"), changes.map(|change| line(change)));
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
        let count = |test: &dyn Fn(&Change) -> bool| self.changes.iter().filter(|change| test(change)).count();
        let is_operation = |change: &Change| change.difference.aspect == Aspect::Operation;
        format!(
            "{} operations came, {} left. Apart from these, {} changes break callers and {} do not.",
            count(&|change| is_operation(change) && change.difference.turn != Turn::Went),
            count(&|change| is_operation(change) && change.difference.turn == Turn::Went),
            count(&|change| !is_operation(change) && change.effect == Effect::Breaks),
            count(&|change| !is_operation(change) && change.effect == Effect::Adds),
        )
    }

    pub(crate) fn json(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            let difference = &change.difference;
            let side = match difference.side {
                Side::Sent => "sent",
                Side::Received => "received",
            };
            json!({
                "place": difference.place,
                "aspect": difference.aspect.name(),
                "side": (difference.aspect != Aspect::Operation).then_some(side),
                "old": difference.left,
                "new": difference.right,
                "breaks": change.effect == Effect::Breaks,
                "words": change.words(),
                "operations": change.operations,
            })
        });
        json!({
            "old": self.old,
            "new": self.new,
            "breaks": self.changes.iter().any(|change| change.effect == Effect::Breaks),
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
fn line(change: &Change) -> String {
    let place = &change.difference.place;
    let elsewhere: Vec<_> =
        change.operations.iter().filter(|operation| !place.starts_with(operation.as_str())).collect();
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
