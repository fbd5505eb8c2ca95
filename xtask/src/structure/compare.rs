//! All differences between two structures.
//!
//! A schema that is used in many places is reported once, under its name in one of the structures (the anchor), and not
//! at each place. Names do not take part in the comparison itself: which schema of the other structure is meant follows
//! from where both are used. When that is more than one, the most similar counts as its counterpart, and what more is
//! different about the others is reported where they are used.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use super::counterparts::{Counterparts, pair};
use super::describe;
use super::difference::{Aspect, Difference, Differences, Side, Turn};
use super::model::{Content, Operation, Parameter, Structure};
use super::schemas::{Child, differences};
use super::view::View;

/// Whose names are used for places.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Left,
    Right,
}

impl Anchor {
    pub(crate) fn of<T>(self, left: T, right: T) -> T {
        if self == Self::Left { left } else { right }
    }
}

struct Comparison<'a> {
    left: &'a Structure,
    right: &'a Structure,
    anchor: Anchor,
    counterparts: Counterparts<'a>,
}

/// Everything that the two say differently, with the operations that it concerns.
pub(crate) fn compare(left: &Structure, right: &Structure, anchor: Anchor) -> Differences {
    let mut comparison = Comparison { left, right, anchor, counterparts: Counterparts::default() };
    comparison.counterparts = Counterparts::find(anchor, comparison.uses());
    let (mut all, mut repeated) = (Differences::new(), Vec::new());
    let keys: BTreeSet<_> = left.operations.keys().chain(right.operations.keys()).collect();
    for key in keys {
        let (found, operation) = match (left.operations.get(key), right.operations.get(key)) {
            (Some(left), Some(right)) => (comparison.operation(left, right), comparison.anchored(left, right)),
            (Some(left), None) => (vec![Found::new(presence(left.to_string(), true))], left),
            (None, Some(right)) => (vec![Found::new(presence(right.to_string(), false))], right),
            (None, None) => continue,
        };
        for Found { difference, same_as } in found {
            match same_as {
                None => {
                    all.entry(difference).or_default().insert(operation.to_string());
                }
                Some(same_as) => repeated.push((difference, same_as, operation.to_string())),
            }
        }
    }
    for (difference, same_as, operation) in repeated {
        let place = if all.contains_key(&same_as) { same_as } else { difference };
        all.entry(place).or_default().insert(operation);
    }
    all
}

/// A difference, and the one that makes it superfluous if that is found anywhere.
struct Found {
    difference: Difference,
    same_as: Option<Difference>,
}

impl Found {
    fn new(difference: Difference) -> Self {
        Self { difference, same_as: None }
    }
}

fn presence(place: String, is_left: bool) -> Difference {
    let word = |is_there| if is_there { "present" } else { "absent" }.to_owned();
    let turn = if is_left { Turn::Went } else { Turn::Came { required: false } };
    Difference {
        place,
        aspect: Aspect::Operation,
        left: word(is_left),
        right: word(!is_left),
        side: Side::Received,
        turn,
    }
}

/// One pair of schemas on the way through an operation.
struct Step<'a> {
    child: Child<'a>,
    /// The named schema within which it is reported.
    anchor: String,
    /// The named schema, and its place, that is used here against another than its counterpart.
    stand_in: Option<(String, &'a str)>,
}

/// A place where an operation of each side uses a schema.
struct Use<'a> {
    child: Child<'a>,
    side: Side,
}

impl<'a> Comparison<'a> {
    fn anchored<T>(&self, left: T, right: T) -> T {
        self.anchor.of(left, right)
    }

    /// The schemas that operations on both sides use.
    fn uses(&self) -> VecDeque<Child<'a>> {
        let both = self.left.operations.iter().filter_map(|(key, left)| Some((left, self.right.operations.get(key)?)));
        both.flat_map(|(left, right)| self.own(left, right).1).map(|found| found.child).collect()
    }

    /// The differences between two operations and between all schemas that they lead to.
    fn operation(&self, left: &'a Operation, right: &'a Operation) -> Vec<Found> {
        let (own, uses) = self.own(left, right);
        let mut found: Vec<_> = own.into_iter().map(Found::new).collect();
        let mut seen = HashSet::new();
        for Use { child, side } in uses {
            let mut waiting = VecDeque::from([Step { child, anchor: String::new(), stand_in: None }]);
            while let Some(mut step) = waiting.pop_front() {
                if let Some(pair) = pair(self.anchor, &step.child) {
                    if self.counterparts.holds(&pair) {
                        pair.0.clone_into(&mut step.child.place);
                        pair.0.clone_into(&mut step.anchor);
                        step.stand_in = None;
                    } else {
                        step.stand_in = Some((step.child.place.clone(), pair.0));
                    }
                }
                let Step { child, anchor, stand_in } = step;
                let (differences, children) = differences(&child, side);
                // Within an anchor, places where the same two schemas meet again are not followed again: circles end here.
                let identity = (anchor.clone(), child.left.identity(), child.right.identity(), side);
                if children.is_empty() || seen.insert(identity) {
                    found.extend(differences.into_iter().map(|difference| {
                        // What is different about the counterpart too is reported there.
                        let stand_in = stand_in.as_ref();
                        let same_as =
                            stand_in.and_then(|(place, name)| self.counterparts.same(name, place, &difference));
                        Found { difference, same_as }
                    }));
                    let step = |child| Step { child, anchor: anchor.clone(), stand_in: stand_in.clone() };
                    waiting.extend(children.into_iter().map(step));
                }
            }
        }
        found
    }

    /// What the operations say themselves, and the schemas that they use.
    fn own(&self, left: &'a Operation, right: &'a Operation) -> (Vec<Difference>, Vec<Use<'a>>) {
        let mut own = Own { place: self.anchored(left, right).to_string(), found: Vec::new(), uses: Vec::new() };
        if left.deprecated != right.deprecated {
            let word = |deprecated| if deprecated { "deprecated" } else { "not deprecated" };
            let turn = Turn::of(right.deprecated, left.deprecated);
            own.differ("", Aspect::Deprecated, word(left.deprecated), word(right.deprecated), Side::Sent, turn);
        }
        let (lefts, rights) = (identified(left), identified(right));
        for key in lefts.keys().chain(rights.keys()).collect::<BTreeSet<_>>() {
            match (lefts.get(key), rights.get(key)) {
                (Some(left), Some(right)) => self.parameter(left, right, &mut own),
                (Some(left), None) => own.differ(
                    &name(left),
                    Aspect::Parameter,
                    &self.words(self.left, left),
                    "absent",
                    Side::Sent,
                    Turn::Went,
                ),
                (None, Some(right)) => {
                    let turn = Turn::Came { required: right.required };
                    own.differ(
                        &name(right),
                        Aspect::Parameter,
                        "absent",
                        &self.words(self.right, right),
                        Side::Sent,
                        turn,
                    );
                }
                (None, None) => {}
            }
        }
        match (&left.body, &right.body) {
            (Some(left), Some(right)) => {
                own.required(", body", left.required, right.required);
                self.content(", body", &left.content, &right.content, Side::Sent, &mut own);
            }
            (Some(left), None) => {
                own.differ(", body", Aspect::Body, word(left.required), "absent", Side::Sent, Turn::Went)
            }
            (None, Some(right)) => {
                let turn = Turn::Came { required: right.required };
                own.differ(", body", Aspect::Body, "absent", word(right.required), Side::Sent, turn);
            }
            (None, None) => {}
        }
        match (&left.answer, &right.answer) {
            (Some(left), Some(right)) => self.content(", answer", left, right, Side::Received, &mut own),
            (Some(left), None) => {
                own.differ(", answer", Aspect::Answer, &left.media_type, "absent", Side::Received, Turn::Went)
            }
            (None, Some(right)) => {
                own.differ(
                    ", answer",
                    Aspect::Answer,
                    "absent",
                    &right.media_type,
                    Side::Received,
                    Turn::Came { required: false },
                );
            }
            (None, None) => {}
        }
        (own.found, own.uses)
    }

    fn parameter(&self, left: &'a Parameter, right: &'a Parameter, own: &mut Own<'a>) {
        let name = name(self.anchored(left, right));
        own.required(&name, left.required, right.required);
        if let (Some(left), Some(right)) = (&left.style, &right.style)
            && left != right
        {
            own.differ(
                &name,
                Aspect::Style,
                &format!("style {left}"),
                &format!("style {right}"),
                Side::Sent,
                Turn::Different,
            );
        }
        let (left, right) = (View::new(self.left, &left.schema), View::new(self.right, &right.schema));
        own.uses.push(Use { child: Child { place: format!("{}{name}", own.place), left, right }, side: Side::Sent });
    }

    fn content(&self, place: &str, left: &'a Content, right: &'a Content, side: Side, own: &mut Own<'a>) {
        if !left.media_type.eq_ignore_ascii_case(&right.media_type) {
            own.differ(place, Aspect::MediaType, &left.media_type, &right.media_type, side, Turn::Different);
        }
        let (left, right) = (View::new(self.left, &left.schema), View::new(self.right, &right.schema));
        own.uses.push(Use { child: Child { place: format!("{}{place}", own.place), left, right }, side });
    }

    fn words(&self, structure: &Structure, parameter: &Parameter) -> String {
        describe::presence(parameter.required, &describe::kind(View::new(structure, &parameter.schema)))
    }
}

/// What is found in one operation.
struct Own<'a> {
    place: String,
    found: Vec<Difference>,
    uses: Vec<Use<'a>>,
}

impl Own<'_> {
    fn differ(&mut self, place: &str, aspect: Aspect, left: &str, right: &str, side: Side, turn: Turn) {
        let place = format!("{}{place}", self.place);
        self.found.push(Difference { place, aspect, left: left.to_owned(), right: right.to_owned(), side, turn });
    }

    fn required(&mut self, place: &str, left: bool, right: bool) {
        if left != right {
            self.differ(place, Aspect::Required, word(left), word(right), Side::Sent, Turn::of(right, left));
        }
    }
}

fn word(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

fn name(parameter: &Parameter) -> String {
    format!(", {} {}", parameter.location, parameter.name)
}

/// Parameters by what tells them apart: those of the path by their position, others by their name.
fn identified(operation: &Operation) -> BTreeMap<(String, String), &Parameter> {
    let placeholders: Vec<&str> = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let identity = |parameter: &Parameter| match parameter.location.as_str() {
        "path" => match placeholders.iter().position(|name| *name == parameter.name) {
            Some(position) => position.to_string(),
            None => parameter.name.clone(),
        },
        "header" => parameter.name.to_lowercase(),
        _ => parameter.name.clone(),
    };
    operation
        .parameters
        .iter()
        .map(|parameter| ((parameter.location.clone(), identity(parameter)), parameter))
        .collect()
}
