//! The order of checks of a request (docs/portal/errors.md#order-of-checks): credentials, route,
//! limits, authorization, scopes, body and query, action, envelope.

use std::time::Duration;

use crate::api::authorization::authorize;
use crate::api::call::Call;
use crate::api::routing::{self, RouteMatch};
use crate::api::webhooks::events;
use crate::api::{start, trail};
use crate::auth::{self, Caller};
use crate::background;
use crate::http::{Request, Response};
use crate::limits::CountedCall;
use crate::outgoing::{Outcome, Outgoing};
use crate::portal::Portal;
use crate::state::people::Language;
use crate::wire::envelope::{self, Address, Reply};
use crate::wire::failure::Failure;
use crate::wire::query::Query;

/// Paths with a limit of their own (docs/portal/limits.md#sensitive-calls).
const SENSITIVE: [(&str, &str); 4] = [
    ("POST", "files/rooms/{id}/resend"),
    ("POST", "keys"),
    ("PUT", "settings/webhook/retry"),
    ("PUT", "settings/webhook/{id:int}/retry"),
];

/// What is determined about a request when it arrives. Later checks use it and do not determine it
/// again.
#[derive(Debug)]
pub(crate) struct Admission {
    /// The registered portal that the request is for; `None` for the first portal.
    pub(crate) portal: Option<String>,
    /// The caller, or the error of malformed credentials.
    pub(crate) caller: Result<Caller, Failure>,
    /// What the rate limiter counts the request for: the id of the person, or the address.
    pub(crate) partition: String,
    /// Number of other requests in flight with the same partition that are reads, if this one is,
    /// or else writes.
    pub(crate) in_flight: usize,
}

impl Portal {
    /// Identifies the caller of a request.
    pub(crate) fn admit(&self, request: &Request) -> Admission {
        let caller = auth::identify(self, request, self.clock.next());
        let person = caller.as_ref().ok().and_then(|caller| caller.person);
        let partition = person.map_or_else(|| request.remote.clone(), |id| id.to_string());
        Admission { portal: None, caller, partition, in_flight: 0 }
    }

    /// Answers an admitted request. A stepping clock moves first.
    ///
    /// Fails if the call checks the address of a webhook. Nothing has changed then. Execute the
    /// request again with what came of the request in the error.
    pub(crate) fn execute(
        &mut self,
        request: &Request,
        admission: &Admission,
        probed: Option<&Outcome>,
    ) -> Result<Response, Box<Outgoing>> {
        self.clock.tick();
        background::catch_up(self);
        answer(self, request, admission, probed)
    }

    /// Answers a request. A stepping clock moves first.
    ///
    /// All receivers of webhooks are reachable; see [`Portal::handle_with`].
    pub fn handle(&mut self, request: &Request) -> Response {
        self.handle_with(request, |_| Outcome::status(200))
    }

    /// Answers a request. `send` sends the `HEAD` request with which a portal checks the address of
    /// a webhook.
    pub fn handle_with(&mut self, request: &Request, send: impl FnOnce(&Outgoing) -> Outcome) -> Response {
        let admission = self.admit(request);
        self.execute(request, &admission, None).unwrap_or_else(|probe| {
            let outcome = send(&probe);
            self.execute(request, &admission, Some(&outcome)).unwrap_or_else(|_| Response::empty(500))
        })
    }

    /// Moves the portal's clock ahead, and runs the background work that is due by then.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        background::catch_up(self);
    }
}

fn answer(
    portal: &mut Portal,
    request: &Request,
    admission: &Admission,
    probed: Option<&Outcome>,
) -> Result<Response, Box<Outgoing>> {
    if portal.deleted {
        return Ok(Response::empty(404));
    }
    if let Some(preflight) = preflight(request) {
        return Ok(preflight);
    }
    if request.method == "GET" && request.path.eq_ignore_ascii_case("/health") {
        return Ok(Response::with_json(200, "application/json", &start::health(portal)));
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
        // A malformed credential fails on every path, known or not
        // (docs/portal/errors.md#malformed-credentials).
        Err(failure) => envelope::failure(failure, Language::English, &address),
        Ok(caller) => {
            let language = language_of(portal, caller);
            let end = route(portal, request, caller, admission, language, probed);
            if let End::Refused(Failure::Probe(probe)) = end {
                return Err(probe);
            }
            let threw = matches!(end, End::Threw(_));
            let mut answer = end.response(language, &address);
            // The portal discards this header if the action throws an exception
            // (docs/portal/credentials.md#headers-the-portal-adds).
            if caller.basic && !threw {
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
    // The time of the portal's clock, which a test may have moved.
    answer.set_header("date", now.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    Ok(answer)
}

/// How a request of an identified caller ends.
enum End {
    /// The handler answered. The query parameter `fields` filters its answer.
    Answered { reply: Reply, fields: Option<Vec<String>> },
    /// The handler threw an exception.
    Threw(Failure),
    /// The request was refused before the action of a handler began.
    Refused(Failure),
}

impl End {
    fn response(self, language: Language, address: &Address<'_>) -> Response {
        let refused = matches!(self, Self::Refused(_));
        let mut response = match self {
            Self::Answered { reply, fields } => envelope::success(reply, fields.as_deref(), address),
            Self::Threw(failure) | Self::Refused(failure) => envelope::failure(&failure, language, address),
        };
        // Only an action that ran, successfully or not, adds the version header
        // (docs/portal/requests-and-answers.md#the-success-envelope).
        if !refused {
            response.set_header("api-supported-versions", "2.0");
        }
        response
    }
}

fn language_of(portal: &Portal, caller: &Caller) -> Language {
    let own = caller.person.and_then(|id| portal.people.get(id)?.culture.as_deref());
    Language::of_culture(Some(own.unwrap_or(&portal.culture)))
}

/// Runs the checks of a request, and then its handler.
fn route(
    portal: &mut Portal,
    request: &Request,
    caller: &Caller,
    admission: &Admission,
    language: Language,
    probed: Option<&Outcome>,
) -> End {
    let route_match = match find_permitted_route(portal, request, caller, admission, probed.is_some()) {
        Ok(route_match) => route_match,
        Err(failure) => return End::Refused(failure),
    };
    let query = Query::of(&request.query);
    let fields = query.fields();
    let mut call = Call { portal, request, caller, parameters: route_match.parameters, query, language, probed };
    let watched = events::watch(&call, route_match.route);
    let before = trail::watch(&mut call, route_match.route);
    match (route_match.route.handler)(&mut call) {
        Ok(reply) => {
            trail::record(&mut call, before, &reply);
            events::report(&mut call, watched, &reply);
            End::Answered { reply, fields }
        }
        Err(failure @ Failure::Thrown(..)) => End::Threw(failure),
        Err(failure) => End::Refused(failure),
    }
}

/// Finds the route of a request, and checks the rate limits and the credentials of the caller.
fn find_permitted_route(
    portal: &mut Portal,
    request: &Request,
    caller: &Caller,
    admission: &Admission,
    is_counted: bool,
) -> Result<RouteMatch, Failure> {
    let found = routing::find(&request.method, &request.path)?;
    let counted = CountedCall {
        caller: &admission.partition,
        method: &request.method,
        path: &request.path,
        sensitive: SENSITIVE.contains(&(found.route.method, found.route.pattern)),
        in_flight: admission.in_flight,
    };
    let now = portal.now();
    // A call that is executed again after a request to a receiver counts only once.
    if !is_counted {
        portal.limiter.admit(&counted, now)?;
    }
    authorize(found.route, caller)?;
    Ok(found)
}

/// The URL of the request, which answers repeat.
fn address(portal: &Portal, request: &Request) -> String {
    let scheme = request.header_value("x-forwarded-proto").unwrap_or("http");
    let host = request.header_value("x-forwarded-host").or_else(|| request.header_value("host"));
    let base = host.map_or_else(|| portal.base_url.clone(), |host| format!("{scheme}://{host}"));
    let mark = if request.query.is_empty() { "" } else { "?" };
    format!("{base}{}{mark}{}", request.path, request.query)
}

/// Answers the CORS preflight request of a browser.
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
    fn key_is_marked_as_used_when_a_request_is_executed_and_not_before() {
        let mut portal = Portal::new();
        portal.add_person(NewPerson::new("ann", Role::RoomAdmin));
        let key = portal.key("ann").expect("a key");
        let request = Request::new("GET", "/api/2.0/keys/@self").header("Authorization", &format!("Bearer {key}"));
        let before = portal.dump();
        let admission = portal.admit(&request);
        assert_eq!(portal.dump(), before);
        assert_eq!(Some(admission.partition.clone()), portal.person_id("ann").map(|id| id.to_string()));
        portal.execute(&request, &admission, None).expect("an answer");
        let now = portal.now();
        assert_eq!(portal.credentials.key_by_secret(&key).and_then(|key| key.last_used), Some(now));
    }

    #[test]
    fn version_header_is_sent_only_if_the_action_ran() {
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
    fn exceptions_of_the_action_remove_the_basic_challenge() {
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
