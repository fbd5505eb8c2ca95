//! All differences between two APIs.
//!
//! A difference inside a named schema is reported once, under the name in one of the APIs, and not
//! at each use. The names themselves are not compared: the counterpart of a schema is the schema
//! that the other API uses at the same places. If there are several, the most similar one is the
//! counterpart, and further differences of the others are reported where they are used.

mod counterparts;
mod describe;
mod difference;
mod effect;
mod limits;
mod operations;
mod schemas;
mod sides;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use self::counterparts::{Counterparts, pair_key};
pub use self::difference::{Aspect, Change, Difference, Differences, Direction};
pub use self::effect::Effect;
use self::operations::{OperationFindings, SchemaUse, presence};
use self::schemas::{SchemaPair, differences};
pub use self::sides::Names;
use self::sides::Sides;
use crate::api::{Api, Operation};

/// What two APIs have in common and where they differ.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The differences, with the operations that each difference affects.
    pub differences: Differences,
    /// The places that both APIs have.
    pub present: Shared,
    /// Those of these places where differences inside of the value are reported, and not under the
    /// name of a schema.
    pub compared: Shared,
}

/// Places, each with the side that writes the value there, and with the operations that lead to it.
pub type Shared = BTreeMap<(String, Direction), BTreeSet<String>>;

/// Finds all differences between two APIs, with the operations that each difference affects.
pub fn compare(left: &Api, right: &Api, names: Names) -> Differences {
    compare_places(left, right, names).differences
}

/// Finds all differences between two APIs, and the places that both have.
pub fn compare_places(left: &Api, right: &Api, names: Names) -> Compared {
    let sides = Sides { left, right, names };
    let comparison = Comparison { sides, counterparts: Counterparts::find(names, uses(sides)) };
    let (mut all, mut repeated, mut places) = (Differences::new(), Vec::new(), Places::default());
    let keys: BTreeSet<_> = left.operations.keys().chain(right.operations.keys()).collect();
    for key in keys {
        let (found, operation) = match (left.operations.get(key), right.operations.get(key)) {
            (Some(left), Some(right)) => (comparison.operation(left, right, &mut places), names.pick(left, right)),
            (Some(left), None) => (vec![Finding::new(presence(left, true))], left),
            (None, Some(right)) => (vec![Finding::new(presence(right, false))], right),
            (None, None) => continue,
        };
        for Finding { difference, same_as } in found {
            match same_as {
                None => {
                    all.entry(difference).or_default().insert(operation.to_string());
                }
                Some(same_as) => repeated.push((difference, same_as, operation.to_string())),
            }
        }
    }
    for (difference, same_as, operation) in repeated {
        // The place differs, although the difference is reported elsewhere.
        places.remove(&difference, &operation);
        let place = if all.contains_key(&same_as) { same_as } else { difference };
        all.entry(place).or_default().insert(operation);
    }
    Compared { differences: all, present: places.present, compared: places.compared }
}

/// The places that both APIs have.
#[derive(Default)]
struct Places {
    present: Shared,
    compared: Shared,
}

impl Places {
    fn add(&mut self, place: &str, direction: Direction, operation: &str, is_compared: bool) {
        let key = (place.to_owned(), direction);
        if is_compared {
            self.compared.entry(key.clone()).or_default().insert(operation.to_owned());
        }
        self.present.entry(key).or_default().insert(operation.to_owned());
    }

    /// Removes the place of a difference that is reported elsewhere.
    fn remove(&mut self, difference: &Difference, operation: &str) {
        let key = (difference.place.clone(), difference.direction);
        for places in [&mut self.present, &mut self.compared] {
            if let Some(operations) = places.get_mut(&key) {
                operations.remove(operation);
            }
        }
    }
}

/// The schemas that operations on both sides use.
fn uses(sides: Sides<'_>) -> VecDeque<SchemaPair<'_>> {
    let operations = &sides.left.operations;
    let both = operations.iter().filter_map(|(key, left)| Some((left, sides.right.operations.get(key)?)));
    both.flat_map(|(left, right)| OperationFindings::of(sides, left, right).uses).map(|found| found.pair).collect()
}

struct Comparison<'a> {
    sides: Sides<'a>,
    counterparts: Counterparts<'a>,
}

/// A difference, and the difference that replaces it if that is found too.
struct Finding {
    difference: Difference,
    same_as: Option<Difference>,
}

impl Finding {
    fn new(difference: Difference) -> Self {
        Self { difference, same_as: None }
    }
}

/// One pair of schemas that an operation uses.
struct Step<'a> {
    pair: SchemaPair<'a>,
    /// The named schema under which differences are reported.
    within: String,
    /// The place and the name of a named schema that is compared with a schema other than its
    /// counterpart.
    stand_in: Option<(String, &'a str)>,
}

impl<'a> Comparison<'a> {
    /// The differences between two operations and between all schemas that they use.
    fn operation(&self, left: &'a Operation, right: &'a Operation, places: &mut Places) -> Vec<Finding> {
        let name = self.sides.names.pick(left, right).to_string();
        for direction in [Direction::Sent, Direction::Received] {
            places.add(&name, direction, &name, true);
        }
        let findings = OperationFindings::of(self.sides, left, right);
        let mut found: Vec<_> = findings.found.into_iter().map(Finding::new).collect();
        let mut seen = HashSet::new();
        for SchemaUse { pair, direction } in findings.uses {
            let mut waiting = VecDeque::from([Step { pair, within: String::new(), stand_in: None }]);
            while let Some(mut step) = waiting.pop_front() {
                let key = pair_key(self.sides.names, &step.pair);
                let is_named = key.is_some_and(|key| self.counterparts.holds(&key));
                places.add(&step.pair.place, direction, &name, !is_named);
                if let Some(key) = key {
                    if is_named {
                        key.0.clone_into(&mut step.pair.place);
                        key.0.clone_into(&mut step.within);
                        step.stand_in = None;
                        places.add(&step.pair.place, direction, &name, true);
                    } else {
                        step.stand_in = Some((step.pair.place.clone(), key.0));
                    }
                }
                let Step { pair, within, stand_in } = step;
                let (differences, children) = differences(&pair, direction);
                // The same pair of schemas is followed only once within a named schema, so circles
                // end here.
                let identity = (within.clone(), pair.left.identity(), pair.right.identity(), direction);
                if children.is_empty() || seen.insert(identity) {
                    found.extend(differences.into_iter().map(|difference| {
                        // A difference that the counterpart has too is reported there.
                        let stand_in = stand_in.as_ref();
                        let same_as =
                            stand_in.and_then(|(place, name)| self.counterparts.same(name, place, &difference));
                        Finding { difference, same_as }
                    }));
                    let step = |pair| Step { pair, within: within.clone(), stand_in: stand_in.clone() };
                    waiting.extend(children.into_iter().map(step));
                }
            }
        }
        found
    }
}
