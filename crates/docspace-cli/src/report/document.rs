//! The content of a report.

use std::collections::BTreeMap;

use jiff::Zoned;

use super::chart::Chart;
use crate::failure::Failure;
use crate::text::{counted, plain};

/// A report, before it has a format.
pub(crate) struct Document<R> {
    /// The type of the report, such as `Link audit`.
    pub(crate) title: &'static str,
    /// The most important result, as a sentence.
    pub(crate) headline: String,
    /// Sentences that explain the result.
    pub(crate) summary: Vec<String>,
    pub(crate) about: About,
    /// The most important numbers.
    pub(crate) figures: Vec<Figure>,
    pub(crate) charts: Vec<Chart>,
    /// One for each rule, also if nothing breaks it.
    pub(crate) findings: Vec<Finding>,
    pub(crate) unread: Vec<Unread>,
    /// The records of the table, as a plural noun, such as `links`.
    pub(crate) nouns: &'static str,
    /// The columns that tables leave out.
    pub(crate) hidden: &'static [&'static str],
    pub(crate) records: Vec<R>,
}

/// Where, when and by whom a report was made.
pub(crate) struct About {
    /// The address of the portal.
    pub(crate) portal: String,
    /// The account that read the portal.
    pub(crate) account: String,
    /// The selected rooms, such as `12 active rooms`.
    pub(crate) rooms: String,
    /// The command line that makes the report again.
    pub(crate) command: String,
    pub(crate) time: Zoned,
}

impl About {
    /// Formats the time with its zone.
    pub(super) fn date(&self) -> String {
        self.time.strftime("%Y-%m-%d %H:%M %Z (UTC%:z)").to_string()
    }
}

/// A number with its meaning, such as `14 never expire`.
pub(crate) struct Figure {
    pub(crate) value: String,
    pub(crate) label: &'static str,
    /// Whether the number asks for an action.
    pub(crate) is_alarming: bool,
}

impl Figure {
    /// A number that is only information.
    pub(crate) fn new(value: impl ToString, label: &'static str) -> Self {
        Self { value: value.to_string(), label, is_alarming: false }
    }

    /// A number that asks for an action, unless it is 0.
    pub(crate) fn alarm(count: usize, label: &'static str) -> Self {
        Self { value: count.to_string(), label, is_alarming: count > 0 }
    }
}

/// The things that break a rule.
pub(crate) struct Finding {
    /// The name of the rule in the flag `--fail-on`.
    pub(crate) rule: String,
    /// What the things are, such as `Links that never expire`.
    pub(crate) title: &'static str,
    /// What to do about them.
    pub(crate) advice: &'static str,
    pub(crate) things: Vec<String>,
    /// Whether reports show the finding without a flag that asks for it.
    pub(crate) is_notable: bool,
}

/// A part of the portal that the caller cannot read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The part, such as `links`.
    pub(crate) part: &'static str,
    pub(crate) reason: String,
    /// The names of the rooms. Empty if the part is not part of a room.
    pub(crate) rooms: Vec<String>,
}

impl Unread {
    /// Describes the part and the reason in a sentence without the names of the rooms.
    pub(super) fn sentence(&self) -> String {
        format!("The {} cannot be read: {}.", self.subject(), self.reason)
    }

    fn subject(&self) -> String {
        match self.rooms.len() {
            0 => self.part.to_owned(),
            count => format!("{} of {}", self.part, counted(count, "room", "rooms")),
        }
    }

    /// Describes the part and the reason for a terminal, with the names of the first rooms.
    pub(crate) fn note(&self) -> String {
        const MOST: usize = 20;
        let names: Vec<_> = self.rooms.iter().take(MOST).map(String::as_str).collect();
        let more = match self.rooms.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let names = if names.is_empty() { String::new() } else { format!(": {}{more}", names.join(", ")) };
        plain(&format!("incomplete: the {} cannot be read ({}){names}", self.subject(), self.reason))
    }
}

impl<R> Document<R> {
    /// Makes reports show the findings of these rules.
    pub(crate) fn show(&mut self, rules: &[String]) {
        self.findings.iter_mut().filter(|finding| rules.contains(&finding.rule)).for_each(|finding| {
            finding.is_notable = true;
        });
    }

    /// The findings that a report shows.
    pub(super) fn shown_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_notable && !finding.things.is_empty())
    }

    /// Returns the failure for the things that break these rules.
    pub(crate) fn failure(&self, rules: &[String]) -> Option<Failure> {
        let broken = self.findings.iter().filter(|finding| rules.contains(&finding.rule) && !finding.things.is_empty());
        let details: BTreeMap<_, _> = broken.map(|finding| (finding.rule.clone(), finding.things.clone())).collect();
        let count: usize = details.values().map(Vec::len).sum();
        if count == 0 {
            return None;
        }
        let failure = Failure::found(format!("{} for --fail-on", counted(count, "finding", "findings")), details);
        Some(failure.advise("see the report for what to do, and the help of this command for the rules"))
    }
}
