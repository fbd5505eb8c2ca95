//! The order in which a request is judged (portal-facts 12): credentials, route, limits, authorization,
//! scopes, body, action, wrapper.

use std::time::Duration;

use crate::api::authorization::authorize;
use crate::api::call::Call;
use crate::api::routing::{self, RouteMatch};
use crate::auth::{self, Caller};
use crate::background;
use crate::http::{Request, Response};
use crate::limits::CountedCall;
use crate::portal::Portal;
use crate::state::people::{Language, Person};
use crate::wire::envelope::{self, Address, Reply};
use crate::wire::failure::Failure;
use crate::wire::query::Query;

/// Paths with a limit of their own (portal-facts 3).
const SENSITIVE: [&str; 2] = ["files/rooms/{id}/resend", "keys"];

/// What is found out about a request when it arrives, once: everything that follows relies on it.
#[derive(Debug)]
pub(crate) struct Admission {
    /// The registered portal that the request is for; `None` for the first portal.
    pub(crate) portal: Option<String>,
    /// Who asks, or what is wrong with their credentials.
    pub(crate) caller: Result<Caller, Failure>,
    /// Who the rate limiter counts the request for: the person, or the address.
    pub(crate) partition: String,
    /// Other requests of the same partition and kind (reads, or writes) that are in flight.
    pub(crate) in_flight: usize,
}

impl Portal {
    /// Identifies the caller of a request that has arrived.
    pub(crate) fn admit(&self, request: &Request) -> Admission {
        let caller = auth::identify(self, request, self.clock.next());
        let person = caller.as_ref().ok().and_then(|caller| caller.person);
        let partition = person.map_or_else(|| request.remote.clone(), |id| id.to_string());
        Admission { portal: None, caller, partition, in_flight: 0 }
    }

    /// Answers an admitted request; a stepping clock makes its step first.
    pub(crate) fn execute(&mut self, request: &Request, admission: &Admission) -> Response {
        self.clock.tick();
        background::catch_up(self);
        answer(self, request, admission)
    }

    /// Answers one request; a stepping clock makes its step first.
    pub fn handle(&mut self, request: &Request) -> Response {
        let admission = self.admit(request);
        self.execute(request, &admission)
    }

    /// Moves the portal's clock; what was due meanwhile has happened afterwards.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        background::catch_up(self);
    }
}

fn answer(portal: &mut Portal, request: &Request, admission: &Admission) -> Response {
    if portal.deleted {
        return Response::empty(404);
    }
    if let Some(preflight) = preflight(request) {
        return preflight;
    }
    let now = portal.now();
    let trace = format!("00-{}-{}-00", portal.ids.hex(32), portal.ids.hex(16));
    let href = address(portal, request);
    let address = Address { href: &href, method: &request.method, trace: &trace };
    let caller = admission.caller.as_ref();
    if let Some(key) = caller.ok().and_then(|caller| caller.key) {
        portal.credentials.mark_used(key, now);
    }
    let mut answer = match caller {
        // A malformed credential is an error on any path, known or not (portal-facts 1.5 f).
        Err(failure) => envelope::failure(failure, Language::English, &address),
        Ok(caller) => {
            let language = language_of(portal, caller);
            let outcome = route(portal, request, caller, admission, language);
            let mut answer = outcome.response(language, &address);
            // What a handler throws replaces the answer, and with it this header.
            if caller.basic && !matches!(outcome, Outcome::Threw(_)) {
                answer.set_header("www-authenticate", "Basic");
            }
            if caller.bad_cookie {
                answer.set_header("set-cookie", "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
            }
            answer
        }
    };
    if request.header_value("origin").is_some() {
        answer.set_header("access-control-allow-origin", "*");
    }
    answer.set_header("server-timing", "aspnetcore-request-time;dur=1ms");
    // The time of the portal's own clock, which a test may have moved.
    answer.set_header("date", now.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    answer
}

/// How a request of an identified caller ended.
enum Outcome {
    /// The handler answered; the query's `fields` narrow its answer down.
    Answered { reply: Reply, fields: Option<String> },
    /// The handler threw an exception.
    Threw(Failure),
    /// The request was refused before the action of a handler began: on its way, or for its body or query.
    Refused(Failure),
}

impl Outcome {
    fn response(&self, language: Language, address: &Address<'_>) -> Response {
        let mut response = match self {
            Self::Answered { reply, fields } => envelope::success(reply, fields.as_deref(), address),
            Self::Threw(failure) | Self::Refused(failure) => envelope::failure(failure, language, address),
        };
        // Only an action that ran, to its end or until it threw, adds the version header (portal-facts 1.1).
        if !matches!(self, Self::Refused(_)) {
            response.set_header("api-supported-versions", "2.0");
        }
        response
    }
}

fn language_of(portal: &Portal, caller: &Caller) -> Language {
    caller.person.and_then(|id| portal.people.get(id)).map(Person::language).unwrap_or_default()
}

/// Takes a request through everything that may refuse it, and to its handler.
fn route(
    portal: &mut Portal,
    request: &Request,
    caller: &Caller,
    admission: &Admission,
    language: Language,
) -> Outcome {
    let route_match = match let_in(portal, request, caller, admission) {
        Ok(route_match) => route_match,
        Err(failure) => return Outcome::Refused(failure),
    };
    let query = Query::of(&request.query);
    let fields = query.text("fields");
    let mut call = Call { portal, request, caller, parameters: route_match.parameters, query, language };
    match (route_match.route.handler)(&mut call) {
        Ok(reply) => Outcome::Answered { reply, fields },
        Err(failure @ Failure::Thrown(..)) => Outcome::Threw(failure),
        Err(failure) => Outcome::Refused(failure),
    }
}

/// Finds the route; then the rate limiter and the caller's rights decide.
fn let_in(
    portal: &mut Portal,
    request: &Request,
    caller: &Caller,
    admission: &Admission,
) -> Result<RouteMatch, Failure> {
    let found = routing::find(&request.method, &request.path)?;
    let counted = CountedCall {
        who: &admission.partition,
        method: &request.method,
        path: &request.path,
        sensitive: request.method == "POST" && SENSITIVE.contains(&found.route.pattern),
        in_flight: admission.in_flight,
    };
    let now = portal.now();
    portal.limiter.admit(&counted, now)?;
    authorize(found.route, caller)?;
    Ok(found)
}

/// The address of the request as answers repeat it.
fn address(portal: &Portal, request: &Request) -> String {
    let scheme = request.header_value("x-forwarded-proto").unwrap_or("http");
    let host = request.header_value("x-forwarded-host").or_else(|| request.header_value("host"));
    let base = host.map_or_else(|| portal.base_url.clone(), |host| format!("{scheme}://{host}"));
    let mark = if request.query.is_empty() { "" } else { "?" };
    format!("{base}{}{mark}{}", request.path, request.query)
}

/// Answers the question of a browser whether it may send a request (CORS).
fn preflight(request: &Request) -> Option<Response> {
    let method = request.header_value("access-control-request-method")?;
    if request.method != "OPTIONS" || request.header_value("origin").is_none() {
        return None;
    }
    let mut answer = Response::empty(204);
    answer.set_header("access-control-allow-origin", "*");
    answer.set_header("access-control-allow-methods", method);
    if let Some(headers) = request.header_value("access-control-request-headers") {
        answer.set_header("access-control-allow-headers", headers);
    }
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::people::{NewPerson, Role};

    #[test]
    fn admitting_a_request_changes_nothing_and_executing_it_marks_the_key_as_used() {
        let mut portal = Portal::new();
        portal.add_person(NewPerson::new("ann", Role::RoomAdmin));
        let key = portal.key("ann").expect("a key");
        let request = Request::new("GET", "/api/2.0/keys/@self").header("Authorization", &format!("Bearer {key}"));
        let before = portal.dump();
        let admission = portal.admit(&request);
        assert_eq!(portal.dump(), before);
        assert_eq!(Some(admission.partition.clone()), portal.person_id("ann").map(|id| id.to_string()));
        portal.execute(&request, &admission);
        let now = portal.now();
        assert_eq!(portal.credentials.key_by_secret(&key).and_then(|key| key.last_used), Some(now));
    }

    #[test]
    fn only_actions_that_ran_name_the_version() {
        let mut portal = Portal::new();
        let key = portal.key("owner").expect("a key");
        let mut has_version = |method: &str, path: &str, body: &str| {
            let mut request = Request::new(method, path).header("Authorization", &format!("Bearer {key}"));
            request.body = body.as_bytes().to_vec();
            let answer = portal.handle(&request.header("Content-Type", "application/json"));
            answer.header_value("api-supported-versions").is_some()
        };
        assert!(has_version("GET", "/api/2.0/files/rooms", ""), "answered");
        assert!(has_version("GET", "/api/2.0/files/rooms/4711", ""), "threw");
        assert!(!has_version("POST", "/api/2.0/files/rooms", r#"{"title": 1}"#), "refused its body");
        assert!(!has_version("GET", "/api/2.0/nothing", ""), "found no route");
    }

    #[test]
    fn an_exception_of_the_action_hides_the_challenge_for_a_password() {
        let mut portal = Portal::new();
        // owner@example.com:Passw0rd11
        let basic = "Basic b3duZXJAZXhhbXBsZS5jb206UGFzc3cwcmQxMQ==";
        let mut challenge = |path: &str| {
            let answer = portal.handle(&Request::new("GET", path).header("Authorization", basic));
            (answer.status, answer.header_value("www-authenticate").is_some())
        };
        assert_eq!(challenge("/api/2.0/files/rooms"), (200, true));
        assert_eq!(challenge("/api/2.0/nothing"), (404, true));
        assert_eq!(challenge("/api/2.0/files/rooms/4711"), (404, false));
    }
}
