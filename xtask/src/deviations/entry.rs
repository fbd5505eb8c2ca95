//! The entries of `deviations.yaml`, and the differences that each explains.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use openapi_compare::Direction;
use serde::Deserialize;

use super::pattern::Pattern;
use super::{Difference, Differences};
use crate::workspace::DEVIATIONS;

/// All entries, in the order of the file.
pub(crate) struct Deviations(Vec<Entry>);

pub(crate) struct Entry {
    /// The line of the file on which the entry begins.
    pub(crate) line: usize,
    /// At least one piece of evidence.
    pub(crate) evidence: Vec<String>,
    places: Vec<(String, Pattern)>,
    /// `document` and `ours` as written.
    sides: (String, String),
    document: Pattern,
    ours: Pattern,
    direction: Option<Direction>,
}

/// The result of matching entries with differences.
pub(crate) struct Explained<'a> {
    pub(crate) unexplained: Vec<&'a Difference>,
    pub(crate) stale: Vec<Stale>,
}

/// A place of an entry that matches no difference.
#[derive(PartialEq, Eq)]
pub(crate) struct Stale {
    pub(crate) line: usize,
    pub(crate) words: String,
    /// Whether other places of the entry match a difference.
    pub(crate) is_part: bool,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.is_part { ", only this place" } else { "" };
        write!(f, "line {}{part}: {}", self.line, self.words)
    }
}

/// An entry as written in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    r#where: OneOrMore,
    /// Limits the entry to requests or to answers.
    side: Option<WrittenSide>,
    document: String,
    ours: String,
    why: String,
    evidence: OneOrMore,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenSide {
    Sent,
    Received,
}

impl From<OneOrMore> for Vec<String> {
    fn from(value: OneOrMore) -> Self {
        match value {
            OneOrMore::One(only) => vec![only],
            OneOrMore::More(all) => all,
        }
    }
}

impl Deviations {
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(root.join(DEVIATIONS)).with_context(|| format!("{DEVIATIONS}: cannot be read"))?;
        Self::parse(&text)
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let written: Vec<Written> = serde_yaml::from_str(text).map_err(|error| anyhow!("{DEVIATIONS}: {error}"))?;
        // An entry begins with a dash at the start of a line. For entries in another notation, such
        // as a flow sequence, the line is 1.
        let starts = text.lines().zip(1..).filter(|(line, _)| line.starts_with("- ")).map(|(_, number)| number);
        let lines = starts.chain(std::iter::repeat(1));
        written.into_iter().zip(lines).map(|(written, line)| Entry::new(line, written)).collect::<Result<_>>().map(Self)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    pub(crate) fn assumptions(&self) -> usize {
        self.0.iter().filter(|entry| entry.evidence.iter().any(|evidence| evidence == "assumption")).count()
    }

    /// The line of the first entry that names the place of a difference and one of its sides. The
    /// rules for any place do not count.
    pub(crate) fn near(&self, difference: &Difference) -> Option<usize> {
        let names = |entry: &&Entry| {
            let places = entry.places.iter().filter(|(text, _)| text != "**");
            let is_place = places.map(|(_, pattern)| pattern).any(|pattern| pattern.matches(&difference.place));
            is_place && (entry.document.matches(&difference.document) || entry.ours.matches(&difference.ours))
        };
        self.0.iter().find(names).map(|entry| entry.line)
    }

    /// Matches each difference with the first entry that fits, so exceptions come before rules.
    pub(crate) fn explain<'a>(&self, differences: &'a Differences) -> Explained<'a> {
        let mut used: Vec<Vec<bool>> = self.0.iter().map(|entry| vec![false; entry.places.len()]).collect();
        let mut unexplained = Vec::new();
        for difference in differences.keys() {
            match self.0.iter().enumerate().find_map(|(index, entry)| Some((index, entry.explains(difference)?))) {
                Some((index, places)) => places.into_iter().for_each(|place| used[index][place] = true),
                None => unexplained.push(difference),
            }
        }
        let entries = self.0.iter().zip(used);
        let stale = entries.flat_map(|(entry, used)| {
            let is_part = used.contains(&true);
            let unused = entry.places.iter().zip(used).filter(|(_, used)| !used);
            unused.map(|((place, _), _)| entry.stale(place, is_part)).collect::<Vec<_>>()
        });
        Explained { unexplained, stale: stale.collect() }
    }
}

impl Entry {
    fn new(line: usize, written: Written) -> Result<Self> {
        let place = |place: String| Ok((place.clone(), Pattern::place(&place)?));
        let places = Vec::from(written.r#where).into_iter().map(place).collect::<Result<Vec<_>>>()?;
        let evidence = Vec::from(written.evidence);
        ensure!(!places.is_empty(), "{DEVIATIONS}:{line}: `where` is empty; name at least one place");
        ensure!(!written.why.trim().is_empty(), "{DEVIATIONS}:{line}: `why` is empty; give the reason");
        ensure!(
            !evidence.is_empty(),
            "{DEVIATIONS}:{line}: `evidence` is empty; cite a recording, or write `assumption`"
        );
        Ok(Self {
            line,
            evidence,
            places,
            document: Pattern::words(&written.document)?,
            ours: Pattern::words(&written.ours)?,
            sides: (written.document, written.ours),
            direction: written.side.map(|side| match side {
                WrittenSide::Sent => Direction::Sent,
                WrittenSide::Received => Direction::Received,
            }),
        })
    }

    /// The indexes of the entry's places that match the difference. `None` if the entry does not
    /// explain it.
    fn explains(&self, difference: &Difference) -> Option<Vec<usize>> {
        let describes_it = self.direction.is_none_or(|direction| direction == difference.direction)
            && self.document.matches(&difference.document)
            && self.ours.matches(&difference.ours);
        if !describes_it {
            return None;
        }
        let places = self.places.iter().enumerate().filter(|(_, (_, pattern))| pattern.matches(&difference.place));
        let places: Vec<_> = places.map(|(index, _)| index).collect();
        (!places.is_empty()).then_some(places)
    }

    fn stale(&self, place: &str, is_part: bool) -> Stale {
        let (document, ours) = &self.sides;
        Stale { line: self.line, words: format!("`{place}`: published {document:?}, ours {ours:?}"), is_part }
    }
}
