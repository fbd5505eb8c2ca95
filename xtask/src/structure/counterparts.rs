//! Which schemas of the two sides are meant to be the same thing.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::compare::Anchor;
use super::difference::{Aspect, Difference, Side};
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

/// How a schema may be meant: how many grave differences that makes, how many in all, which these are, and for which pairs.
type Candidates<'a> = BTreeMap<(usize, usize, Vec<Said>), Vec<Pair<'a>>>;

/// For each named schema the schemas of the other side that are most like it: several, if they all say the same.
#[derive(Default)]
pub(crate) struct Counterparts<'a> {
    pairs: HashSet<Pair<'a>>,
    differences: HashMap<&'a str, HashSet<Said>>,
}

impl<'a> Counterparts<'a> {
    /// Starting from the schemas that operations use.
    pub(crate) fn find(anchor: Anchor, mut uses: VecDeque<Child<'a>>) -> Self {
        let mut candidates: HashMap<&str, Candidates<'a>> = HashMap::new();
        let mut seen = HashSet::new();
        while let Some(child) = uses.pop_front() {
            let own_pair = pair(anchor, &child);
            if own_pair.is_some_and(|pair| !seen.insert(pair)) {
                continue;
            }
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
                // Whether the same things are there says more about likeness than what is said about them.
                let grave = own.iter().filter(|found| matches!(found.aspect, Aspect::Field | Aspect::Type)).count();
                let mut said: Vec<_> = own.into_iter().map(|found| (found.place, found.left, found.right)).collect();
                said.sort();
                candidates.entry(pair.0).or_default().entry((grave, said.len(), said)).or_default().push(pair);
            }
        }
        let mut counterparts = Self::default();
        for (name, mut candidates) in candidates {
            if let Some(((.., said), pairs)) = candidates.pop_first() {
                counterparts.pairs.extend(pairs);
                counterparts.differences.insert(name, said.into_iter().collect());
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
