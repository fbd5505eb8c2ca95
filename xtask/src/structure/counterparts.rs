//! Which schemas of the two sides are meant to be the same thing.

use std::collections::{HashMap, HashSet, VecDeque};

use super::compare::Anchor;
use super::difference::{Aspect, Difference, Side};
use super::model::Shape;
use super::schemas::{Child, differences};

/// A named schema of the anchor's structure and the two schemas, by their addresses.
pub(crate) type Pair<'a> = (&'a str, usize, usize);

/// Only if the anchor's schema has a name.
pub(crate) fn pair<'a>(anchor: Anchor, child: &Child<'a>) -> Option<Pair<'a>> {
    let name = anchor.of(child.left.name, child.right.name)?;
    Some((name, child.left.identity(), child.right.identity()))
}

/// A difference by its place inside the schema and what each side says.
type Said = (String, String, String);

/// What a named schema may be meant to be.
struct Candidate<'a> {
    pair: Pair<'a>,
    /// Something else altogether, such as a string in place of an object.
    is_other: bool,
    /// Fields that only one has, and types that differ: these say more about likeness than anything else does.
    grave: usize,
    said: Vec<Said>,
    /// How many more grave differences than the best a counterpart may have: a quarter of the fields.
    tolerance: usize,
}

/// For each named schema the schemas of the other side that are like it. There may be several: the same written twice, or
/// the same for numbers and for strings as ids.
#[derive(Default)]
pub(crate) struct Counterparts<'a> {
    pairs: HashSet<Pair<'a>>,
    differences: HashMap<&'a str, HashSet<Said>>,
}

impl<'a> Candidate<'a> {
    fn new(pair: Pair<'a>, differences: Vec<Difference>, tolerance: usize) -> Self {
        let is_other = differences.iter().any(|found| found.aspect == Aspect::Type && found.place.is_empty());
        let grave = differences.iter().filter(|found| matches!(found.aspect, Aspect::Field | Aspect::Type)).count();
        let said = differences.into_iter().map(|found| (found.place, found.left, found.right)).collect();
        Self { pair, is_other, grave, said, tolerance }
    }

    fn rank(&self) -> (bool, usize) {
        (self.is_other, self.grave)
    }
}

impl<'a> Counterparts<'a> {
    /// Starting from the schemas that operations use.
    pub(crate) fn find(anchor: Anchor, mut uses: VecDeque<Child<'a>>) -> Self {
        let mut candidates: HashMap<&str, Vec<Candidate<'a>>> = HashMap::new();
        let mut seen = HashSet::new();
        while let Some(child) = uses.pop_front() {
            let own_pair = pair(anchor, &child);
            if own_pair.is_some_and(|pair| !seen.insert(pair)) {
                continue;
            }
            let tolerance = match &anchor.of(child.left, child.right).schema.shape {
                Shape::Object(object) => object.fields.len() / 4,
                _ => 0,
            };
            // The schema itself and what is written inside it, up to other named ones.
            let (mut own, mut inside) = (Vec::new(), vec![Child { place: String::new(), ..child }]);
            while let Some(child) = inside.pop() {
                let (differences, children) = differences(&child, Side::Sent);
                own.extend(differences);
                let (named, unnamed): (Vec<_>, Vec<_>) =
                    children.into_iter().partition(|child| pair(anchor, child).is_some());
                uses.extend(named);
                inside.extend(unnamed);
            }
            if let Some(pair) = own_pair {
                candidates.entry(pair.0).or_default().push(Candidate::new(pair, own, tolerance));
            }
        }
        let mut counterparts = Self::default();
        for (name, candidates) in candidates {
            let Some(best) = candidates.iter().map(Candidate::rank).min() else { continue };
            let (is_other, grave) = best;
            for candidate in candidates {
                if candidate.is_other == is_other && candidate.grave <= grave + candidate.tolerance {
                    counterparts.pairs.insert(candidate.pair);
                    counterparts.differences.entry(name).or_default().extend(candidate.said);
                }
            }
        }
        counterparts
    }

    pub(crate) fn holds(&self, pair: &Pair<'a>) -> bool {
        self.pairs.contains(pair)
    }

    /// For a difference inside a use of the named schema at this place, the same difference from its counterpart.
    pub(crate) fn same(&self, name: &str, place: &str, difference: &Difference) -> Option<Difference> {
        let inside = difference.place.strip_prefix(place)?;
        let said = (inside.to_owned(), difference.left.clone(), difference.right.clone());
        let is_same = self.differences.get(name)?.contains(&said);
        is_same.then(|| Difference { place: format!("{name}{inside}"), ..difference.clone() })
    }
}
