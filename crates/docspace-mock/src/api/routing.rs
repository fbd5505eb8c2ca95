//! Finds the route of a path and a verb (docs/portal/requests-and-answers.md#addresses).
//!
//! Literals match in any case, one trailing slash is ignored, and number parameters come before
//! text parameters. A known path with another verb fails with 405 and the allowed verbs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;

use crate::api::ROUTES;
use crate::api::call::Call;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

/// A route. In its pattern `{id}` matches any segment, `{id:int}` a number, and `{id:guid}` a guid.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) pattern: &'static str,
    /// Whether anonymous callers may use the route.
    pub(crate) anonymous: bool,
    pub(crate) handler: Handler,
}

/// All calls of a portal, as its published document lists them: a verb and a pattern in each line.
const PUBLISHED: &str = include_str!("published.txt");

/// Answers a call that a portal has and the mock does not model.
pub(super) fn not_modeled(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Err(Failure::NotModeled(format!("{} {}", call.request.method, call.request.path)))
}

/// The function that handles the calls of a route.
pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Reply, Failure>;

/// A route that needs credentials.
pub(super) const fn route(method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { method, pattern, anonymous: false, handler }
}

/// A route that anonymous callers may use.
pub(super) const fn public(method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { method, pattern, anonymous: true, handler }
}

/// The route of a path, and the values of its parameters.
#[derive(Debug)]
pub(crate) struct RouteMatch {
    pub(crate) route: &'static Route,
    pub(crate) parameters: Vec<(&'static str, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(&'static str),
    Int(&'static str),
    Guid(&'static str),
    Any(&'static str),
}

impl Segment {
    fn of(text: &'static str) -> Self {
        let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return Self::Literal(text);
        };
        match name.split_once(':') {
            Some((name, "int")) => Self::Int(name),
            Some((name, _)) => Self::Guid(name),
            None => Self::Any(name),
        }
    }

    /// The order of precedence: literals, then typed parameters, then parameters of any text.
    fn rank(self) -> u8 {
        match self {
            Self::Literal(_) => 0,
            Self::Int(_) | Self::Guid(_) => 1,
            Self::Any(_) => 2,
        }
    }

    fn matches(self, typed: &str) -> bool {
        match self {
            Self::Literal(text) => text.eq_ignore_ascii_case(typed),
            Self::Int(_) => typed.trim().parse::<i32>().is_ok(),
            Self::Guid(_) => uuid::Uuid::try_parse(typed).is_ok(),
            Self::Any(_) => true,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::Literal(_) => None,
            Self::Int(name) | Self::Guid(name) | Self::Any(name) => Some(name),
        }
    }
}

/// The routes with the segments of their patterns, the most specific patterns first. Published
/// calls without a handler are routes that fail with 501.
static TABLE: LazyLock<Vec<(Vec<Segment>, &'static Route)>> = LazyLock::new(|| {
    let cut = |route: &'static Route| (route.pattern.split('/').map(Segment::of).collect::<Vec<_>>(), route);
    let mut table: Vec<_> = ROUTES.iter().flat_map(|group| group.iter()).map(cut).collect();
    for line in PUBLISHED.lines() {
        let Some((method, pattern)) = line.split_once(' ') else { continue };
        let segments: Vec<Segment> = pattern.split('/').map(Segment::of).collect();
        let is_modeled = table.iter().any(|(known, route)| route.method == method && same_shape(known, &segments));
        if !is_modeled {
            // The table lives as long as the program.
            let route = Box::leak(Box::new(Route { method, pattern, anonymous: false, handler: not_modeled }));
            table.push((segments, route));
        }
    }
    table.sort_by_key(|(segments, _)| segments.iter().map(|segment| segment.rank()).collect::<Vec<_>>());
    table
});

/// Whether two patterns match the same paths, apart from the types of their parameters.
fn same_shape(left: &[Segment], right: &[Segment]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|pair| match pair {
            (Segment::Literal(left), Segment::Literal(right)) => left.eq_ignore_ascii_case(right),
            (Segment::Literal(_), _) | (_, Segment::Literal(_)) => false,
            _ => true,
        })
}

/// Finds the route of a request. `path` is still percent-encoded.
pub(crate) fn find(method: &str, path: &str) -> Result<RouteMatch, Failure> {
    let not_found = || Failure::Empty(404);
    let inner = path.strip_prefix('/').ok_or_else(not_found)?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let typed: Vec<&str> = inner.split('/').collect();
    let [api, version, rest @ ..] = typed.as_slice() else { return Err(not_found()) };
    if !api.eq_ignore_ascii_case("api") || !matches!(*version, "2.0" | "2") || rest.is_empty() {
        return Err(not_found());
    }
    let rest: Vec<String> = rest.iter().map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned()).collect();
    if rest.iter().any(String::is_empty) {
        return Err(not_found());
    }
    let fits = |segments: &[Segment]| {
        segments.len() == rest.len() && segments.iter().zip(&rest).all(|(segment, typed)| segment.matches(typed))
    };
    let candidates: Vec<_> = TABLE.iter().filter(|(segments, _)| fits(segments)).collect();
    if candidates.is_empty() {
        return Err(other_verbs(method, &rest).map_or_else(not_found, Failure::NotAllowed));
    }
    let Some((segments, route)) = candidates.iter().find(|(_, route)| route.method == method) else {
        let mut verbs: Vec<&'static str> = candidates.iter().map(|(_, route)| route.method).collect();
        verbs.sort_unstable();
        verbs.dedup();
        return Err(Failure::NotAllowed(verbs));
    };
    let parameters = segments.iter().zip(rest).filter_map(|(segment, typed)| Some((segment.name()?, typed))).collect();
    Ok(RouteMatch { route, parameters })
}

/// The verbs of a path that has no route only because a parameter has the wrong type. `None` if the
/// verb is one of them, because such a call finds nothing (recording webhooks/manage-change, steps
/// 78 and 84).
fn other_verbs(method: &str, typed: &[String]) -> Option<Vec<&'static str>> {
    let fits = |segments: &[Segment]| {
        let matches = |(segment, typed): (&Segment, &String)| match segment {
            Segment::Literal(_) => segment.matches(typed),
            _ => true,
        };
        segments.len() == typed.len() && segments.iter().zip(typed).all(matches)
    };
    let verbs: BTreeSet<&'static str> =
        TABLE.iter().filter(|(segments, _)| fits(segments)).map(|(_, route)| route.method).collect();
    (!verbs.is_empty() && !verbs.contains(method)).then(|| verbs.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(method: &str, path: &str) -> &'static str {
        find(method, path).expect("a route").route.pattern
    }

    #[test]
    fn literals_in_any_case_take_precedence_over_parameters() {
        assert_eq!(pattern("GET", "/api/2.0/FILES/Rooms/fromTEMPLATE/status"), "files/rooms/fromtemplate/status");
        assert_eq!(pattern("GET", "/api/2/files/rooms/7/"), "files/rooms/{id}");
    }

    #[test]
    fn unknown_paths_and_wrong_verbs_fail_differently() {
        for path in ["/api/1.0/files/rooms", "/api/2.0/files//rooms", "/files/rooms", "/api/2.0", "/", ""] {
            assert_eq!(find("GET", path).err(), Some(Failure::Empty(404)), "{path}");
        }
        assert_eq!(
            find("PATCH", "/api/2.0/files/rooms/7").err(),
            Some(Failure::NotAllowed(vec!["DELETE", "GET", "PUT"]))
        );
    }
}
