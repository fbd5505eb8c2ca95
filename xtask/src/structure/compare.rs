//! All differences between two structures.
//!
//! A schema that is used in many places is reported once, under its name in one of the structures (the anchor), and not
//! at each place. Names do not take part in the comparison itself: which schema of the other structure is meant follows
//! from where both are used. When it is used in place of several, the one most like it counts as its counterpart, and the
//! differences from the others are reported where they occur.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

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

/// A named schema of the anchor's structure and what it is held against, by their addresses.
type Pair<'a> = (&'a str, usize, usize);

struct Comparison<'a> {
    left: &'a Structure,
    right: &'a Structure,
    anchor: Anchor,
    counterparts: HashSet<Pair<'a>>,
}

/// Everything that the two say differently, with the operations that it concerns.
pub(crate) fn compare(left: &Structure, right: &Structure, anchor: Anchor) -> Differences {
    let mut comparison = Comparison { left, right, anchor, counterparts: HashSet::new() };
    comparison.counterparts = comparison.find_counterparts();
    let mut all = Differences::new();
    let keys: BTreeSet<_> = left.operations.keys().chain(right.operations.keys()).collect();
    for key in keys {
        let (found, operation) = match (left.operations.get(key), right.operations.get(key)) {
            (Some(left), Some(right)) => (comparison.operation(left, right), comparison.anchored(left, right)),
            (Some(left), None) => (vec![presence(left.to_string(), true)], left),
            (None, Some(right)) => (vec![presence(right.to_string(), false)], right),
            (None, None) => continue,
        };
        for difference in found {
            all.entry(difference).or_default().insert(operation.to_string());
        }
    }
    all
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

/// A place where a schema of each side is used.
struct Use<'a> {
    child: Child<'a>,
    side: Side,
}

impl<'a> Comparison<'a> {
    fn anchored<T>(&self, left: T, right: T) -> T {
        if self.anchor == Anchor::Left { left } else { right }
    }

    fn pair(&self, child: &Child<'a>) -> Option<Pair<'a>> {
        let name = self.anchored(child.left.name, child.right.name)?;
        Some((name, child.left.identity(), child.right.identity()))
    }

    /// For each named schema the schemas of the other side that differ least from it.
    fn find_counterparts(&self) -> HashSet<Pair<'a>> {
        let mut uses = VecDeque::new();
        for (key, left) in &self.left.operations {
            if let Some(right) = self.right.operations.get(key) {
                uses.extend(self.own(left, right).1.into_iter().map(|found| found.child));
            }
        }
        let mut found: BTreeMap<&str, BTreeMap<(usize, Vec<(String, String, String)>), Vec<Pair<'a>>>> =
            BTreeMap::new();
        let mut seen = HashSet::new();
        while let Some(child) = uses.pop_front() {
            let pair = self.pair(&child);
            if pair.is_some_and(|pair| !seen.insert(pair)) {
                continue;
            }
            // The schema itself and what is written inside it, up to other named ones.
            let (mut own, mut inside) = (Vec::new(), vec![Child { place: String::new(), ..child }]);
            while let Some(child) = inside.pop() {
                let (differences, children) = differences(&child, Side::Sent);
                own.extend(differences.into_iter().map(|found| (found.place, found.left, found.right)));
                let (named, unnamed): (Vec<_>, Vec<_>) =
                    children.into_iter().partition(|child| self.pair(child).is_some());
                uses.extend(named);
                inside.extend(unnamed);
            }
            if let Some(pair) = pair {
                own.sort();
                found.entry(pair.0).or_default().entry((own.len(), own)).or_default().push(pair);
            }
        }
        found
            .into_values()
            .filter_map(|mut by_differences| by_differences.pop_first())
            .flat_map(|(_, pairs)| pairs)
            .collect()
    }

    /// The differences between two operations and between all schemas that they lead to.
    fn operation(&self, left: &'a Operation, right: &'a Operation) -> Vec<Difference> {
        let (mut found, uses) = self.own(left, right);
        let mut seen = HashSet::new();
        for Use { child, side } in uses {
            // Within an anchor, places where the same two schemas meet again are not followed again: circles end here.
            let mut waiting = VecDeque::from([(child, String::new())]);
            while let Some((mut child, mut within)) = waiting.pop_front() {
                let pair = self.pair(&child);
                if let Some((name, ..)) = pair.filter(|pair| self.counterparts.contains(pair)) {
                    name.clone_into(&mut child.place);
                    name.clone_into(&mut within);
                }
                let (differences, children) = differences(&child, side);
                let identity = (within.clone(), child.left.identity(), child.right.identity(), side);
                if children.is_empty() {
                    found.extend(differences);
                } else if seen.insert(identity) {
                    found.extend(differences);
                    waiting.extend(children.into_iter().map(|child| (child, within.clone())));
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
            own.differ("", Aspect::Deprecated, word(left.deprecated), word(right.deprecated), Side::Received, turn);
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
