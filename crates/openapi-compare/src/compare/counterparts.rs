//! Matches each named schema with its counterparts on the other side.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use super::difference::{Aspect, Difference, Direction};
use super::schemas::{SchemaPair, differences};
use super::sides::Names;
use crate::api::Shape;

/// The name of a schema on the side that gives the names, and the addresses of the two schemas.
pub(super) type PairKey<'a> = (&'a str, usize, usize);

/// The key of a pair. `None` if the schema on the side that gives the names has no name.
pub(super) fn pair_key<'a>(names: Names, pair: &SchemaPair<'a>) -> Option<PairKey<'a>> {
    let name = names.pick(pair.left.name, pair.right.name)?;
    Some((name, pair.left.identity(), pair.right.identity()))
}

/// A difference: its place inside the schema, and the descriptions of the two sides.
type Wording = (String, String, String);

/// A possible counterpart of a named schema.
struct Candidate<'a> {
    key: PairKey<'a>,
    /// Whether it is of another type, such as a string in place of an object.
    is_other: bool,
    /// Number of fields that only one side has and of types that differ. These are the best measure
    /// of similarity.
    grave: usize,
    wordings: Vec<Wording>,
    /// Number of places that use the two schemas.
    uses: usize,
    /// Maximum number of grave differences that a counterpart may have more than the best one: a
    /// quarter of the fields.
    tolerance: usize,
}

/// The counterparts of each named schema: the similar schemas of the other side.
///
/// There may be several, such as a schema that is written twice, or one for numeric ids and one for
/// string ids.
#[derive(Default)]
pub(super) struct Counterparts<'a> {
    pairs: HashSet<PairKey<'a>>,
    differences: HashMap<&'a str, HashSet<Wording>>,
}

impl<'a> Candidate<'a> {
    fn new(key: PairKey<'a>, differences: Vec<Difference>, tolerance: usize) -> Self {
        let is_other = differences.iter().any(|found| found.aspect == Aspect::Type && found.place.is_empty());
        let grave = differences.iter().filter(|found| matches!(found.aspect, Aspect::Field | Aspect::Type)).count();
        let mut wordings: Vec<_> =
            differences.into_iter().map(|found| (found.place, found.left, found.right)).collect();
        wordings.sort();
        Self { key, is_other, grave, wordings, uses: 1, tolerance }
    }

    fn rank(&self) -> (bool, usize) {
        (self.is_other, self.grave)
    }
}

/// The rank up to which candidates are counterparts: the rank of the most similar one or of the
/// most frequent one, so that a single use that becomes more similar changes no other use.
fn reach(candidates: &[Candidate<'_>]) -> Option<(bool, usize)> {
    let mut frequencies: HashMap<&[Wording], usize> = HashMap::new();
    for candidate in candidates {
        *frequencies.entry(&candidate.wordings).or_default() += candidate.uses;
    }
    let frequency = |candidate: &Candidate<'_>| frequencies[&candidate.wordings[..]];
    candidates.iter().max_by_key(|candidate| (frequency(candidate), Reverse(candidate.rank()))).map(Candidate::rank)
}

impl<'a> Counterparts<'a> {
    /// Finds the counterparts, starting from the schemas that operations use.
    pub(super) fn find(names: Names, mut uses: VecDeque<SchemaPair<'a>>) -> Self {
        let mut candidates: HashMap<&str, Vec<Candidate<'a>>> = HashMap::new();
        let mut seen = HashSet::new();
        while let Some(pair) = uses.pop_front() {
            let own_key = pair_key(names, &pair);
            if let Some(key) = own_key
                && !seen.insert(key)
            {
                let known = candidates.entry(key.0).or_default().iter_mut().find(|known| known.key == key);
                known.into_iter().for_each(|known| known.uses += 1);
                continue;
            }
            let tolerance = match &names.pick(pair.left, pair.right).schema.shape {
                Shape::Object(object) => object.fields.len() / 4,
                _ => 0,
            };
            // Compare the schema and the unnamed schemas inside it. Named schemas are compared on
            // their own.
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
            let Some(reach) = reach(&candidates) else { continue };
            for candidate in candidates {
                let (is_other, grave) = reach;
                if candidate.rank() <= (is_other, grave + candidate.tolerance) {
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

    /// The same difference of the named schema's counterpart, for a difference found inside a use
    /// of that schema at `place`.
    pub(super) fn same(&self, name: &str, place: &str, difference: &Difference) -> Option<Difference> {
        let inside = difference.place.strip_prefix(place)?;
        let wording = (inside.to_owned(), difference.left.clone(), difference.right.clone());
        let is_same = self.differences.get(name)?.contains(&wording);
        is_same.then(|| Difference { place: format!("{name}{inside}"), ..difference.clone() })
    }
}
