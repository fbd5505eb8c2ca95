//! The order in which a request is judged (portal-facts 12): credentials, route, authorization, scopes,
//! body, action, wrapper.

use std::time::Duration;

use crate::api::authorization::authorize;
use crate::api::call::Call;
use crate::api::routing;
use crate::auth::{self, Caller};
use crate::background;
use crate::http::{Request, Response};
use crate::limits::Asked;
use crate::portal::Portal;
use crate::state::people::Language;
use crate::wire::envelope::{self, Address};
use crate::wire::failure::Failure;
use crate::wire::query::Query;

/// Paths with a limit of their own (portal-facts 3).
const SENSITIVE: [&str; 2] = ["files/rooms/{id}/resend", "keys"];

impl Portal {
    /// Answers one request; a stepping clock makes its step first.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.clock.tick();
        background::catch_up(self);
        answer(self, request)
    }

    /// Moves the portal's clock; what was due meanwhile has happened afterwards.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        background::catch_up(self);
    }

    /// Who a request counts for in the rate limiter: the person, else the address.
    pub fn partition(&mut self, request: &Request) -> String {
        let caller = auth::authenticate(self, request).unwrap_or_default();
        caller.person.map_or_else(|| request.remote.clone(), |id| id.to_string())
    }
}

fn answer(portal: &mut Portal, request: &Request) -> Response {
    if portal.deleted {
        return Response::empty(404);
    }
    if let Some(preflight) = preflight(request) {
        return preflight;
    }
    let trace = format!("00-{}-{}-00", portal.ids.hex(32), portal.ids.hex(16));
    let href = address(portal, request);
    let here = Address { href: &href, method: &request.method, trace: &trace };
    let (mut answer, caller) = match auth::authenticate(portal, request) {
        // A malformed credential is an error on any path, known or not (portal-facts 1.5 f).
        Err(fail) => (envelope::failure(&fail, Language::English, &here), None),
        Ok(caller) => (route(portal, request, &caller, &here), Some(caller)),
    };
    let threw = answer.headers.iter().any(|(name, _)| name == "pragma");
    if let Some(caller) = caller {
        if caller.basic && !threw {
            answer.set_header("www-authenticate", "Basic");
        }
        if caller.bad_cookie {
            answer.set_header("set-cookie", "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
        }
    }
    if request.header_value("origin").is_some() {
        answer.set_header("access-control-allow-origin", "*");
    }
    answer.set_header("server-timing", "aspnetcore-request-time;dur=1ms");
    // The time of the portal's own clock, which a test may have moved.
    answer.set_header("date", portal.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    answer
}

fn route(portal: &mut Portal, request: &Request, caller: &Caller, here: &Address<'_>) -> Response {
    let language =
        caller.person.and_then(|id| portal.people.get(id)).map(|person| person.language()).unwrap_or_default();
    let refuse = |fail: Failure| envelope::failure(&fail, language, here);
    let found = match routing::find(&request.method, &request.path) {
        Ok(found) => found,
        Err(fail) => return refuse(fail),
    };
    let who = caller.person.map_or_else(|| request.remote.clone(), |id| id.to_string());
    let asked = Asked {
        who: &who,
        method: &request.method,
        path: &request.path,
        sensitive: request.method == "POST" && SENSITIVE.contains(&found.route.pattern),
        under_way: request.under_way,
    };
    let now = portal.now();
    if let Err(fail) = portal.limiter.admit(&asked, now) {
        return refuse(fail);
    }
    if let Err(fail) = authorize(found.route, caller) {
        return refuse(fail);
    }
    let query = Query::of(&request.query);
    let fields = query.text("fields");
    let mut call = Call { portal, request, caller, parameters: found.parameters, query, language };
    match (found.route.handler)(&mut call) {
        Ok(reply) => ran(envelope::success(reply, fields.as_deref(), here)),
        // Only what the action itself threw carries the version header (portal-facts 1.1).
        Err(fail @ Failure::Thrown(..)) => ran(refuse(fail)),
        Err(fail) => refuse(fail),
    }
}

fn ran(mut answer: Response) -> Response {
    answer.set_header("api-supported-versions", "2.0");
    answer
}

/// The address of the request as answers repeat it.
fn address(portal: &Portal, request: &Request) -> String {
    let scheme = request.header_value("x-forwarded-proto").unwrap_or("http");
    let host = request.header_value("x-forwarded-host").or_else(|| request.header_value("host"));
    let base = host.map_or_else(|| portal.base_url.clone(), |host| format!("{scheme}://{host}"));
    let mark = if request.query.is_empty() { "" } else { "?" };
    format!("{base}{}{mark}{}", request.path, request.query)
}

/// A browser asks whether it may ask.
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
