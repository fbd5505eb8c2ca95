//! Several portals behind one address: registering, choosing by Origin or Host, deleting
//! (recording portal/register).
//!
//! ```
//! use docspace_mock::{Portal, Portals, Request};
//! use serde_json::json;
//! let mut portals = Portals::new(Portal::new());
//! let body = json!({"portalName": "acme", "email": "ann@example.com", "password": "test12345"});
//! let answer = portals.handle(&Request::new("POST", "/apisystem/portal/register").json(&body));
//! assert_eq!(answer.status, 200);
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::outgoing::{Outcome, Outgoing};
use crate::pipeline::Admission;
use crate::portal::Portal;
use crate::state::people::{NewPerson, Role};
use crate::wire::dates;

/// The first portal, which always exists, and registered portals.
#[derive(Clone, Debug)]
pub struct Portals {
    first: Portal,
    registered: BTreeMap<String, Portal>,
}

impl Portals {
    /// Starts with one portal.
    pub fn new(first: Portal) -> Self {
        Self { first, registered: BTreeMap::new() }
    }

    /// Returns the first portal.
    pub fn first(&mut self) -> &mut Portal {
        &mut self.first
    }

    /// Returns the registered portal of this name. Letter case does not matter.
    pub fn named(&mut self, name: &str) -> Option<&mut Portal> {
        self.registered.get_mut(&name.to_lowercase())
    }

    /// Returns the names of the registered portals.
    pub fn names(&self) -> Vec<String> {
        self.registered.keys().cloned().collect()
    }

    /// Moves the clocks of all portals ahead.
    pub fn advance(&mut self, by: Duration) {
        self.first.advance(by);
        for portal in self.registered.values_mut() {
            portal.advance(by);
        }
    }

    /// Returns the portal that a request is for.
    ///
    /// The first label of the host in the `Origin` header, else in the `Host` header, is the name
    /// of a registered portal. Without such a portal, the request is for the first portal.
    pub fn chosen(&mut self, request: &Request) -> &mut Portal {
        match self.chosen_name(request) {
            Some(name) => self.registered.get_mut(&name).unwrap_or(&mut self.first),
            None => &mut self.first,
        }
    }

    /// The name of the registered portal that a request is for; see [`Portals::chosen`].
    fn chosen_name(&self, request: &Request) -> Option<String> {
        let name = |header: &str| {
            let value = request.header_value(header)?;
            let host = value.split_once("://").map_or(value, |(_, rest)| rest);
            Some(host.split(['.', ':', '/']).next()?.to_lowercase())
        };
        [name("origin"), name("host")].into_iter().flatten().find(|name| self.registered.contains_key(name))
    }

    /// Answers a request. All receivers of webhooks are reachable.
    pub fn handle(&mut self, request: &Request) -> Response {
        let admission = self.admit(request);
        self.execute(request, &admission, None).unwrap_or_else(|_| {
            let reached = Outcome::status(200);
            self.execute(request, &admission, Some(&reached)).unwrap_or_else(|_| Response::empty(500))
        })
    }

    /// Chooses the portal of a request, and identifies the caller on that portal.
    pub(crate) fn admit(&self, request: &Request) -> Admission {
        let name = self.chosen_name(request);
        let portal = name.as_ref().and_then(|name| self.registered.get(name)).unwrap_or(&self.first);
        Admission { portal: name, ..portal.admit(request) }
    }

    /// Answers an admitted request; see [`Portal::execute`].
    pub(crate) fn execute(
        &mut self,
        request: &Request,
        admission: &Admission,
        probed: Option<&Outcome>,
    ) -> Result<Response, Box<Outgoing>> {
        if request.path.trim_end_matches('/').eq_ignore_ascii_case("/apisystem/portal/register") {
            return Ok(self.register(request));
        }
        let portal = match &admission.portal {
            Some(name) => self.registered.get_mut(name),
            None => Some(&mut self.first),
        };
        // A portal may be deleted between the arrival of a request and its execution.
        let answer =
            portal.map_or_else(|| Ok(Response::empty(404)), |portal| portal.execute(request, admission, probed));
        self.registered.retain(|_, portal| !portal.deleted);
        answer
    }

    fn register(&mut self, request: &Request) -> Response {
        if request.method != "POST" {
            let mut answer = Response::empty(405);
            answer.set_header("allow", "POST");
            return answer;
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let text = |name: &str| body[name].as_str().unwrap_or_default().trim().to_owned();
        let (name, email, password) = (text("portalName").to_lowercase(), text("email"), text("password"));
        for (member, value) in [("portalName", &name), ("email", &email), ("password", &password)] {
            if value.is_empty() {
                return refused(&format!("{member}Empty"), &format!("{member} is required"));
            }
        }
        if self.registered.contains_key(&name) {
            return refused("portalNameExist", "Portal already exists");
        }
        let owner = NewPerson {
            name: "owner".into(),
            user_name: email.split('@').next().unwrap_or_default().to_owned(),
            first_name: text("firstName"),
            last_name: text("lastName"),
            email,
            password,
            role: Role::Owner,
        };
        let mut portal = Portal::owned_by(owner, self.first.clock.clone());
        portal.set_base_url(&self.first.base_url);
        portal.webhooks.blacklist = self.first.webhooks.blacklist.clone();
        let answer = registered(&portal, &name, 2 + self.registered.len());
        self.registered.insert(name, portal);
        answer
    }
}

const JSON: &str = "application/json; charset=utf-8";

fn refused(error: &str, message: &str) -> Response {
    Response::with_json(400, JSON, &json!({"error": error, "message": message}))
}

fn registered(portal: &Portal, name: &str, tenant: usize) -> Response {
    let owner = portal.people.owner();
    let base = &portal.base_url;
    let body = json!({
        "reference": format!("{base}/confirm/Auth?type=Auth&key={}", owner.simple()),
        "tenant": {
            "created": dates::write(portal.now(), portal.zone),
            "domain": "localhost",
            "industry": 0,
            "language": "en-GB",
            "name": "Cloud space for your office docs",
            "ownerId": owner,
            "portalName": name,
            "status": "Active",
            "tenantId": tenant,
            "timeZoneId": "Europe/London",
            "timeZoneName": "(UTC+00:00) United Kingdom Time",
            "customQuota": -1,
        },
        "referenceWelcome": format!("{base}/api/2.0/portal/sendcongratulations?userid={owner}&key={}", owner.simple()),
    });
    Response::with_json(200, JSON, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log_in(portals: &mut Portals, origin: &str, email: &str, password: &str) -> u16 {
        let body = json!({"userName": email, "password": password});
        let request = Request::new("POST", "/api/2.0/authentication").header("Origin", origin).json(&body);
        portals.handle(&request).status
    }

    fn acme() -> Request {
        let body = json!({"portalName": "Acme", "email": "ann@example.com", "password": "test1234"});
        Request::new("POST", "/apisystem/portal/register").json(&body)
    }

    #[test]
    fn portal_deleted_before_execution_is_not_found() {
        let mut portals = Portals::new(Portal::new());
        assert_eq!(portals.handle(&acme()).status, 200);
        let request = Request::new("GET", "/api/2.0/capabilities").header("Origin", "http://acme");
        let admission = portals.admit(&request);
        assert_eq!(portals.execute(&request, &admission, None).expect("an answer").status, 200);
        portals.named("acme").expect("a portal").deleted = true;
        assert_eq!(portals.execute(&request, &admission, None).expect("an answer").status, 404);
        assert_eq!(portals.execute(&request, &admission, None).expect("an answer").status, 404);
        assert_eq!(portals.handle(&request).status, 200, "the first portal answers");
    }

    #[test]
    fn registered_portal_is_chosen_by_its_origin_and_deleted_immediately() {
        let mut portals = Portals::new(Portal::new());
        let register = acme();
        assert_eq!(portals.handle(&register).status, 200);
        assert_eq!(portals.handle(&register).status, 400, "the name is taken");
        assert_eq!(log_in(&mut portals, "http://acme.example.io", "ann@example.com", "test1234"), 200);
        assert_eq!(log_in(&mut portals, "http://other.example.io", "ann@example.com", "test1234"), 401);
        let key = portals.named("acme").and_then(|portal| portal.key("owner")).expect("the owner has a key");
        let delete = Request::new("DELETE", "/api/2.0/portal/deleteportalimmediately")
            .header("Origin", "http://acme")
            .header("Authorization", &format!("Bearer {key}"))
            .json(&json!({"reference": "acme.example.io"}));
        assert_eq!(portals.handle(&delete).status, 200);
        assert!(portals.names().is_empty());
    }
}
