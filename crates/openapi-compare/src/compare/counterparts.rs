//! Which schemas of the two sides are meant to be the same thing.

use std::collections::{HashMap, HashSet, VecDeque};

use super::difference::{Aspect, Difference, Direction};
use super::schemas::{SchemaPair, differences};
use super::sides::Names;
use crate::api::Shape;

/// A schema with a name on the side that gives the names, and the two schemas by their addresses.
pub(super) type PairKey<'a> = (&'a str, usize, usize);

/// Only if the schema on the side that gives the names has one.
pub(super) fn pair_key<'a>(names: Names, pair: &SchemaPair<'a>) -> Option<PairKey<'a>> {
    let name = names.pick(pair.left.name, pair.right.name)?;
    Some((name, pair.left.identity(), pair.right.identity()))
}

/// A difference by its place inside the schema and what each side says.
type Wording = (String, String, String);

/// What a named schema may be meant to be.
struct Candidate<'a> {
    key: PairKey<'a>,
    /// Something else altogether, such as a string in place of an object.
    is_other: bool,
    /// Fields that only one has, and types that differ: these say more about likeness than anything else does.
    grave: usize,
    wordings: Vec<Wording>,
    /// How many more grave differences than the best a counterpart may have: a quarter of the fields.
    tolerance: usize,
}

/// For each named schema the schemas of the other side that are like it. There may be several: the same written twice, or
/// the same for numbers and for strings as ids.
#[derive(Default)]
pub(super) struct Counterparts<'a> {
    pairs: HashSet<PairKey<'a>>,
    differences: HashMap<&'a str, HashSet<Wording>>,
}

impl<'a> Candidate<'a> {
    fn new(key: PairKey<'a>, differences: Vec<Difference>, tolerance: usize) -> Self {
        let is_other = differences.iter().any(|found| found.aspect == Aspect::Type && found.place.is_empty());
        let grave = differences.iter().filter(|found| matches!(found.aspect, Aspect::Field | Aspect::Type)).count();
        let wordings = differences.into_iter().map(|found| (found.place, found.left, found.right)).collect();
        Self { key, is_other, grave, wordings, tolerance }
    }

    fn rank(&self) -> (bool, usize) {
        (self.is_other, self.grave)
    }
}

impl<'a> Counterparts<'a> {
    /// Starting from the schemas that operations use.
    pub(super) fn find(names: Names, mut uses: VecDeque<SchemaPair<'a>>) -> Self {
        let mut candidates: HashMap<&str, Vec<Candidate<'a>>> = HashMap::new();
        let mut seen = HashSet::new();
        while let Some(pair) = uses.pop_front() {
            let own_key = pair_key(names, &pair);
            if own_key.is_some_and(|key| !seen.insert(key)) {
                continue;
            }
            let tolerance = match &names.pick(pair.left, pair.right).schema.shape {
                Shape::Object(object) => object.fields.len() / 4,
                _ => 0,
            };
            // The schema itself and what is written inside it, up to other named ones.
            let (mut own, mut inside) = (Vec::new(), vec![SchemaPair { place: String::new(), ..pair }]);
            while let Some(pair) = inside.pop() {
                let (differences, children) = differences(&pair, Direction::Sent);
                own.extend(differences);
                let (named, unnamed): (Vec<_>, Vec<_>) =
                    children.into_iter().partition(|pair| pair_key(names, pair).is_some());
                uses.extend(named);
                inside.extend(unnamed);
            }
            if let Some(key) = own_key {
                candidates.entry(key.0).or_default().push(Candidate::new(key, own, tolerance));
            }
        }
        let mut counterparts = Self::default();
        for (name, candidates) in candidates {
            let Some(best) = candidates.iter().map(Candidate::rank).min() else { continue };
            let (is_other, grave) = best;
            for candidate in candidates {
                if candidate.is_other == is_other && candidate.grave <= grave + candidate.tolerance {
                    counterparts.pairs.insert(candidate.key);
                    counterparts.differences.entry(name).or_default().extend(candidate.wordings);
                }
            }
        }
        counterparts
    }

    pub(super) fn holds(&self, key: &PairKey<'a>) -> bool {
        self.pairs.contains(key)
    }

    /// For a difference inside a use of the named schema at this place, the same difference from its counterpart.
    pub(super) fn same(&self, name: &str, place: &str, difference: &Difference) -> Option<Difference> {
        let inside = difference.place.strip_prefix(place)?;
        let wording = (inside.to_owned(), difference.left.clone(), difference.right.clone());
        let is_same = self.differences.get(name)?.contains(&wording);
        is_same.then(|| Difference { place: format!("{name}{inside}"), ..difference.clone() })
    }
}
