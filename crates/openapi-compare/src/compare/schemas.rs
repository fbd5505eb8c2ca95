//! Compares two schemas, without the schemas that they contain.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::describe;
use super::difference::{Aspect, Change, Difference, Direction};
use super::limits;
use super::view::View;
use crate::api::{Kind, Literal, Object, OtherFields, Scalar, Shape};

/// Two schemas at the same place.
#[derive(Clone)]
pub(super) struct SchemaPair<'a> {
    pub(super) place: String,
    pub(super) left: View<'a>,
    pub(super) right: View<'a>,
}

/// The differences between two schemas, and the pairs of schemas that they contain.
pub(super) fn differences<'a>(pair: &SchemaPair<'a>, direction: Direction) -> (Vec<Difference>, Vec<SchemaPair<'a>>) {
    let mut contrast = Contrast { pair: pair.clone(), direction, found: Vec::new(), children: Vec::new() };
    contrast.flags();
    contrast.shapes();
    (contrast.found, contrast.children)
}

struct Contrast<'a> {
    pair: SchemaPair<'a>,
    direction: Direction,
    found: Vec<Difference>,
    children: Vec<SchemaPair<'a>>,
}

impl<'a> Contrast<'a> {
    fn differ(&mut self, aspect: Aspect, left: impl Into<String>, right: impl Into<String>, change: Change) {
        self.differ_at("", aspect, left, right, change);
    }

    fn differ_at(
        &mut self,
        inside: &str,
        aspect: Aspect,
        left: impl Into<String>,
        right: impl Into<String>,
        change: Change,
    ) {
        let place = format!("{}{inside}", self.pair.place);
        self.found.push(Difference {
            place,
            aspect,
            left: left.into(),
            right: right.into(),
            direction: self.direction,
            change,
        });
    }

    fn flags(&mut self) {
        let (left, right) = (self.pair.left, self.pair.right);
        let word = |nullable| if nullable { "nullable" } else { "never null" };
        if left.nullable != right.nullable {
            self.differ(
                Aspect::Nullable,
                word(left.nullable),
                word(right.nullable),
                Change::of(left.nullable, right.nullable),
            );
        }
        let word = |deprecated| if deprecated { "deprecated" } else { "not deprecated" };
        if left.deprecated != right.deprecated {
            self.differ(
                Aspect::Deprecated,
                word(left.deprecated),
                word(right.deprecated),
                Change::of(right.deprecated, left.deprecated),
            );
        }
        let (from, to, words) = match self.direction {
            Direction::Sent => (left.read_only, right.read_only, ["writable", "read-only"]),
            Direction::Received => (left.write_only, right.write_only, ["readable", "write-only"]),
        };
        if from != to {
            let word = |limited: bool| words[usize::from(limited)];
            self.differ(Aspect::Access, word(from), word(to), Change::of(to, from));
        }
        if self.direction == Direction::Sent && left.default != right.default {
            let word = |default: Option<&Literal>| {
                default.map_or_else(|| "no default".to_owned(), |default| format!("default {default}"))
            };
            self.differ(Aspect::Default, word(left.default), word(right.default), Change::Replaced);
        }
    }

    fn shapes(&mut self) {
        let SchemaPair { left, right, .. } = self.pair;
        match (&left.schema.shape, &right.schema.shape) {
            (Shape::Any, Shape::Any) => {}
            (Shape::OneOf(_), _) | (_, Shape::OneOf(_)) => self.choices(),
            (Shape::Scalar(one), Shape::Scalar(other)) if kin(one.kind, other.kind) => {
                self.scalars(one, other);
                self.limits();
            }
            (Shape::Array(one), Shape::Array(other)) => {
                self.limits();
                self.children.push(SchemaPair {
                    place: format!("{}[]", self.pair.place),
                    left: left.to(one),
                    right: right.to(other),
                });
            }
            (Shape::Object(one), Shape::Object(other)) => {
                self.limits();
                self.objects(one, other);
            }
            (one, other) => {
                let change = Change::of(*one == Shape::Any, *other == Shape::Any);
                self.differ(Aspect::Type, describe::kind(left), describe::kind(right), change);
            }
        }
    }

    fn limits(&mut self) {
        let SchemaPair { left, right, .. } = self.pair;
        for keyword in left.schema.limits.keys().chain(right.schema.limits.keys()).collect::<BTreeSet<_>>() {
            let (from, to) = (left.schema.limits.get(keyword), right.schema.limits.get(keyword));
            if from != to {
                let change = limits::narrows(keyword, from, to)
                    .map_or(Change::Replaced, |narrows| Change::of(narrows, !narrows));
                let words = [from, to]
                    .map(|limit| limit.map_or_else(|| format!("no {keyword}"), |limit| format!("{keyword} {limit}")));
                let [from, to] = words;
                self.differ(Aspect::Limit, from, to, change);
            }
        }
    }

    fn scalars(&mut self, left: &Scalar, right: &Scalar) {
        // The format says nothing more about numbers that are listed.
        let is_listed = left.kind == right.kind && !left.values.is_empty() && !right.values.is_empty();
        if (left.kind, &left.format) != (right.kind, &right.format) && !is_listed {
            let change = match (width(left), width(right)) {
                (Some(from), Some(to)) if left.kind <= right.kind && from < to => Change::Widened,
                (Some(from), Some(to)) if left.kind >= right.kind && from > to => Change::Narrowed,
                _ if left.kind != right.kind => Change::Replaced,
                _ => Change::of(left.format.is_none(), right.format.is_none()),
            };
            self.differ(Aspect::Type, describe::scalar_kind(left), describe::scalar_kind(right), change);
        }
        if left.values.is_empty() != right.values.is_empty() {
            let change = Change::of(left.values.is_empty(), right.values.is_empty());
            self.differ(Aspect::Values, describe::values(left), describe::values(right), change);
            return;
        }
        for (value, name) in left.values.iter().filter(|(value, _)| !right.values.contains_key(value)) {
            self.differ(Aspect::Value, describe::value(value, name.as_ref()), "absent", Change::Removed);
        }
        for (value, name) in right.values.iter().filter(|(value, _)| !left.values.contains_key(value)) {
            self.differ(
                Aspect::Value,
                "absent",
                describe::value(value, name.as_ref()),
                Change::Added { required: false },
            );
        }
        self.value_names(left, right);
    }

    /// The meaning of a number is its name. A text says its meaning itself.
    fn value_names(&mut self, left: &Scalar, right: &Scalar) {
        let has = |scalar: &Scalar, name: &str| scalar.values.values().flatten().any(|known| same_name(known, name));
        for (value, from) in left.values.iter().filter(|(value, _)| !matches!(value, Literal::Text(_))) {
            if let (Some(from), Some(Some(to))) = (from, right.values.get(value))
                && !same_name(from, to)
            {
                // A name that belonged to another number before has moved.
                let change = if has(left, to) || has(right, from) { Change::Replaced } else { Change::Renamed };
                let words = |name| describe::value(value, Some(name));
                self.differ(Aspect::Name, words(from), words(to), change);
            }
        }
    }

    fn objects(&mut self, one: &'a Object, other: &'a Object) {
        let SchemaPair { left, right, .. } = self.pair;
        for name in one.fields.keys().chain(other.fields.keys()).collect::<BTreeSet<_>>() {
            let inside = format!(".{name}");
            match (one.fields.get(name), other.fields.get(name)) {
                (Some(from), Some(to)) => {
                    if from.required != to.required {
                        let word = |required| if required { "required" } else { "optional" };
                        self.differ_at(
                            &inside,
                            Aspect::Required,
                            word(from.required),
                            word(to.required),
                            Change::of(to.required, from.required),
                        );
                    }
                    let place = format!("{}{inside}", self.pair.place);
                    self.children.push(SchemaPair { place, left: left.to(&from.schema), right: right.to(&to.schema) });
                }
                (Some(from), None) => {
                    self.differ_at(&inside, Aspect::Field, describe::field(left, from), "absent", Change::Removed)
                }
                (None, Some(to)) => {
                    self.differ_at(
                        &inside,
                        Aspect::Field,
                        "absent",
                        describe::field(right, to),
                        Change::Added { required: to.required },
                    );
                }
                (None, None) => {}
            }
        }
        if let (OtherFields::Values(one), OtherFields::Values(other)) = (&one.others, &other.others) {
            self.children.push(SchemaPair {
                place: format!("{}{{}}", self.pair.place),
                left: left.to(one),
                right: right.to(other),
            });
        } else if std::mem::discriminant(&one.others) != std::mem::discriminant(&other.others) {
            let room = |rest: &OtherFields| match rest {
                OtherFields::Closed => 0,
                OtherFields::Values(_) => 1,
                OtherFields::Open => 2,
            };
            let word = |view: View<'a>, rest: &'a OtherFields| match rest {
                OtherFields::Closed => "no other fields".to_owned(),
                OtherFields::Values(values) => format!("other fields are {}", describe::kind(view.to(values))),
                OtherFields::Open => "other fields allowed".to_owned(),
            };
            let change = Change::of(room(&other.others) < room(&one.others), room(&other.others) > room(&one.others));
            self.differ(Aspect::OtherFields, word(left, &one.others), word(right, &other.others), change);
        }
    }

    /// Compares each alternative with the most similar one on the other side.
    fn choices(&mut self) {
        let SchemaPair { left, right, .. } = self.pair;
        let (mut ones, mut others) = (left.alternatives(), right.alternatives());
        if is_common_part(&ones, &others) {
            self.differ(Aspect::Type, describe::kind(left), describe::kind(right), Change::Replaced);
            return;
        }
        let mut matches = Vec::new();
        while let Some((index, position)) = best(&ones, &others) {
            matches.push((ones.remove(index), others.remove(position)));
        }
        if !ones.is_empty() || !others.is_empty() {
            let change = Change::of(others.is_empty(), ones.is_empty());
            self.differ(Aspect::Type, describe::kind(left), describe::kind(right), change);
        }
        for (left, right) in matches {
            // The flags belong to the whole choice. So does the name of a schema that is not a
            // choice.
            let within = |view: View<'a>, whole: View<'a>| {
                let name = view.name.filter(|_| view.identity() != whole.identity());
                View {
                    nullable: false,
                    deprecated: false,
                    read_only: false,
                    write_only: false,
                    default: None,
                    name,
                    ..view
                }
            };
            let (left, right) = (within(left, self.pair.left), within(right, self.pair.right));
            self.children.push(SchemaPair { place: self.pair.place.clone(), left, right });
        }
    }
}

/// The two most similar alternatives. `None` if none are similar.
fn best(ones: &[View<'_>], others: &[View<'_>]) -> Option<(usize, usize)> {
    let pairs = ones
        .iter()
        .enumerate()
        .flat_map(|(index, one)| others.iter().enumerate().map(move |(position, other)| (index, position, one, other)));
    pairs
        .filter_map(|(index, position, one, other)| Some((likeness(*one, *other)?, index, position)))
        // The first of several equals, so that the result is deterministic.
        .max_by_key(|(likeness, index, position)| (*likeness, Reverse((*index, *position))))
        .map(|(_, index, position)| (index, position))
}

/// Whether one side is a single object that is only the common part of objects on the other side.
/// It is then similar to several, and much smaller than the most similar one.
fn is_common_part(ones: &[View<'_>], others: &[View<'_>]) -> bool {
    let (single, several) = match (ones, others) {
        ([single], several) | (several, [single]) if several.len() > 1 => (*single, several),
        _ => return false,
    };
    let Shape::Object(object) = &single.schema.shape else { return false };
    let mut likenesses: Vec<_> = several
        .iter()
        .filter_map(|view| match &view.schema.shape {
            Shape::Object(other) => Some((likeness(single, *view)?, other.fields.len())),
            _ => None,
        })
        .collect();
    likenesses.sort_unstable();
    match likenesses[..] {
        [.., (next, _), (best, fields)] => 4 * next >= 3 * best && 4 * object.fields.len() <= 3 * fields,
        _ => false,
    }
}

fn same_name(one: &str, other: &str) -> bool {
    let letters =
        |name: &str| name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    letters(one) == letters(other)
}

fn likeness(one: View<'_>, other: View<'_>) -> Option<usize> {
    match (&one.schema.shape, &other.schema.shape) {
        (Shape::Scalar(one), Shape::Scalar(other)) => kin(one.kind, other.kind).then(|| {
            usize::from(one.kind == other.kind) * 4
                + usize::from(one.format == other.format) * 2
                + usize::from(one.values == other.values)
        }),
        (Shape::Object(one), Shape::Object(other)) => {
            Some(one.fields.keys().filter(|name| other.fields.contains_key(*name)).count())
        }
        (Shape::Array(_), Shape::Array(_)) | (Shape::Any, Shape::Any) => Some(0),
        _ => None,
    }
}

fn kin(one: Kind, other: Kind) -> bool {
    let is_number = |kind| matches!(kind, Kind::Integer | Kind::Number);
    one == other || is_number(one) && is_number(other)
}

/// The rank of a number format by the range of its values.
fn width(scalar: &Scalar) -> Option<u8> {
    match (scalar.kind, scalar.format.as_deref()) {
        (Kind::Integer, Some("int32")) => Some(1),
        (Kind::Integer, Some("int64")) => Some(2),
        (Kind::Integer, None) => Some(3),
        (Kind::Number, Some("float")) => Some(4),
        (Kind::Number, Some("double")) => Some(5),
        (Kind::Number, None) => Some(6),
        _ => None,
    }
}
