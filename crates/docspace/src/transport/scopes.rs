//! What an API key may do, so that a key which lacks a scope is told which one before anything is sent.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::OperationInfo;
use docspace_api::types::ApiKeyEnvelope;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use reqwest::{Method, Request, StatusCode};
use url::Url;

use super::{Refusal, Sender, trace};
use crate::platform::{Instant, is_connect, spawn};

/// The scopes of a portal's key, as far as they are known.
///
/// They are asked for once, before the first call that changes something or after the first read that was forbidden.
/// Where they cannot be had, nothing is refused on their account.
#[derive(Debug)]
pub(crate) struct Scopes {
    address: Url,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    known: Option<KnownScopes>,
    /// The request in flight, while at least one call waits for it.
    fetch: Option<WeakShared<BoxFuture<'static, Fetched>>>,
}

/// The result of a request for the scopes. If the portal could not be reached, one of the waiting
/// calls gets the error.
type Fetched = Result<KnownScopes, Arc<Mutex<Option<reqwest::Error>>>>;

#[derive(Clone, Debug)]
struct KnownScopes {
    since: Instant,
    /// None where the portal did not tell.
    scopes: Option<Vec<String>>,
    /// Whether the portal does not take the key at all.
    rejected: bool,
}

/// A poll that lacks a scope must not ask for the scopes each time; but somebody may widen the key of a program that runs.
const FRESH: Duration = Duration::from_secs(60);

impl Scopes {
    /// The scopes of the key that the portal at this address is used with.
    pub(crate) fn new(portal: &Url) -> Self {
        let mut address = portal.clone();
        address.set_path(&format!("{}/api/2.0/keys/@self", portal.path().trim_end_matches('/')));
        Self { address, state: Arc::default() }
    }

    /// What speaks against sending a call. What would be refused is asked for anew, as the key may have been widened.
    pub(super) async fn missing_scope(
        &self,
        sender: &Arc<Sender>,
        required: RequiredScope,
    ) -> reqwest::Result<Option<String>> {
        let known = match self.known() {
            None if required.read => return Ok(None),
            Some(known) if known.lacks(required).is_none() => return Ok(None),
            Some(known) if required.read && known.since.elapsed() < FRESH => known,
            before => self.learn(sender, before.map(|known| known.since)).await?,
        };
        Ok(known.lacks(required))
    }

    /// What explains that a call was forbidden. Where strangers may ask too, a portal answers a key that it does not take
    /// like one that lacks a scope: with a `bare` problem, no failure of its own (portal-facts 2.3).
    pub(super) async fn explain_forbidden(
        &self,
        sender: &Arc<Sender>,
        required: RequiredScope,
        bare: bool,
    ) -> Option<Refusal> {
        let known = match self.known() {
            Some(known) if known.since.elapsed() < FRESH && (!bare || known.explains(required)) => known,
            // It may have been narrowed, or switched off.
            before => self.learn(sender, before.map(|known| known.since)).await.ok()?,
        };
        if bare && known.rejected {
            return Some(Refusal::Key);
        }
        known.lacks(required).map(|reason| Refusal::Scope { reason, sent: true })
    }

    /// Requests the scopes, unless another call has done so since `before`. Calls that need them at
    /// the same time share one request. Fails if the portal cannot be reached, since no other call
    /// could succeed either.
    async fn learn(&self, sender: &Arc<Sender>, before: Option<Instant>) -> reqwest::Result<KnownScopes> {
        let fetch = {
            let mut state = lock(&self.state);
            if let Some(known) = state.known().filter(|known| Some(known.since) != before) {
                return Ok(known);
            }
            let in_flight = state.fetch.as_ref().and_then(WeakShared::upgrade);
            in_flight.unwrap_or_else(|| {
                let fetch = self.fetch(sender);
                state.fetch = fetch.downgrade();
                fetch
            })
        };
        match fetch.await {
            Ok(known) => Ok(known),
            Err(error) => match error.lock().unwrap_or_else(PoisonError::into_inner).take() {
                Some(error) => Err(error),
                // The other calls are sent anyway, and report the failure themselves.
                None => Ok(KnownScopes::nothing()),
            },
        }
    }

    /// Requests the scopes in a separate task: the calls that wait for it depend on its progress,
    /// and it is possible that none of them is polled. The task is cancelled when all of them are
    /// dropped.
    fn fetch(&self, sender: &Arc<Sender>) -> Shared<BoxFuture<'static, Fetched>> {
        let (sender, state, address) = (Arc::clone(sender), Arc::clone(&self.state), self.address.clone());
        let fetch = spawn(async move {
            let _ended = Ended(Arc::clone(&state));
            let known = ask(&sender, address).await.map_err(|error| Arc::new(Mutex::new(Some(error))))?;
            lock(&state).known = Some(known.clone());
            Ok(known)
        });
        // The runtime of the task may shut down while a call waits on another runtime.
        let fetch =
            AssertUnwindSafe(fetch).catch_unwind().map(|ended| ended.unwrap_or_else(|_| Ok(KnownScopes::nothing())));
        let fetch: BoxFuture<'static, Fetched> = Box::pin(fetch);
        fetch.shared()
    }

    fn known(&self) -> Option<KnownScopes> {
        lock(&self.state).known()
    }
}

/// Requests the key's scopes from the portal.
async fn ask(sender: &Sender, address: Url) -> reqwest::Result<KnownScopes> {
    let request = Request::new(Method::GET, address);
    let operation = OperationInfo { operation_id: "get_self_key" };
    let mut rejected = false;
    let body = match trace::call(&operation, sender.send(request, &operation)).await {
        Ok(answer) if answer.status().is_success() => answer.bytes().await.ok(),
        Ok(answer) => {
            rejected = answer.status() == StatusCode::UNAUTHORIZED;
            None
        }
        Err(error) if is_connect(&error) => return Err(error),
        Err(_) => None,
    };
    let key = body.and_then(|body| serde_json::from_slice::<ApiKeyEnvelope>(&body).ok()?.response);
    Ok(KnownScopes { scopes: key.map(|key| key.permissions.unwrap_or_default()), rejected, ..KnownScopes::nothing() })
}

/// Removes the request that has ended, however it ended, so that the next one can start.
struct Ended(Arc<Mutex<State>>);

impl Drop for Ended {
    fn drop(&mut self) {
        lock(&self.0).fetch = None;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// What the portal told; that it did not, counts for a while only.
    fn known(&self) -> Option<KnownScopes> {
        self.known.clone().filter(|known| known.scopes.is_some() || known.since.elapsed() < FRESH)
    }
}

impl KnownScopes {
    /// The portal did not report the scopes, as of now.
    fn nothing() -> Self {
        Self { since: Instant::now(), scopes: None, rejected: false }
    }

    fn explains(&self, required: RequiredScope) -> bool {
        self.rejected || self.lacks(required).is_some()
    }

    fn lacks(&self, required: RequiredScope) -> Option<String> {
        let scopes = self.scopes.as_ref()?;
        // None at all stands for everything (portal-facts 2.2).
        let all = scopes.is_empty() || scopes.iter().any(|scope| scope == "*");
        if all || scopes.iter().any(|scope| required.is_met_by(scope)) {
            return None;
        }
        let word = if scopes.len() == 1 { "scope" } else { "scopes" };
        Some(format!("the API key has the {word} {}; this needs {required}", scopes.join(", ")))
    }
}

/// What a call asks of a key (portal-facts 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RequiredScope {
    area: Option<&'static str>,
    read: bool,
    /// Whether the right to change the area is one to read it.
    write_opens: bool,
}

impl RequiredScope {
    /// That of a call by its method and path; none for the one that every key may make.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let read = request.method() == Method::GET;
        let (_, path) = request.url().path().split_once("/api/2.0/")?;
        let under = |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let area = match path {
            _ if read && path == "keys/@self" => return None,
            _ if under("files/rooms") => Some("rooms"),
            _ if under("files") => Some("files"),
            _ if under("people/@self") => Some("accounts.self"),
            _ if under("people") || under("group") => Some("accounts"),
            _ => None,
        };
        Some(Self { area, read, write_opens: !under("group") })
    }

    fn is_met_by(self, scope: &str) -> bool {
        let Some((area, right)) = scope.split_once(':') else { return false };
        let everywhere = area == "*";
        match right {
            "write" if everywhere => true,
            "write" => self.area == Some(area) && (!self.read || self.write_opens),
            "read" => self.read && (everywhere || self.area == Some(area)),
            _ => false,
        }
    }
}

/// The least that is enough.
impl std::fmt::Display for RequiredScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let right = if self.read { "read" } else { "write" };
        match self.area {
            Some(area) => write!(f, "{area}:{right} or *:{right}"),
            None => write!(f, "*:{right}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keys;

    fn required(method: &str, path: &str) -> Option<RequiredScope> {
        let url = format!("https://acme.com/docs/api/2.0/{path}").parse().unwrap();
        RequiredScope::of(&Request::new(method.parse().unwrap(), url))
    }

    /// The table of portal-facts 2.3, row by row.
    #[test]
    fn each_area_is_opened_by_its_own_scopes() {
        for (method, paths, enough) in [
            ("GET", ["files/rooms", "files/rooms/7/links"], "*:read *:write rooms:read rooms:write"),
            ("PUT", ["files/rooms/7/archive", "files/rooms/fromtemplate"], "*:write rooms:write"),
            ("GET", ["files/fileops", "files/roomtemplate/7/public"], "*:read *:write files:read files:write"),
            ("POST", ["files/tags", "files/roomtemplate"], "*:write files:write"),
            ("GET", ["people/@self", "people/@self"], "*:read *:write accounts.self:read accounts.self:write"),
            ("GET", ["people", "people/filter"], "*:read *:write accounts:read accounts:write"),
            ("POST", ["people/invite", "people"], "*:write accounts:write"),
            ("GET", ["group", "group/7"], "*:read *:write accounts:read"),
            ("DELETE", ["group/7", "group/7"], "*:write accounts:write"),
            ("GET", ["keys", "settings/version/build"], "*:read *:write"),
            ("PUT", ["keys/7", "keys/8"], "*:write"),
        ] {
            for path in paths {
                let needed = required(method, path).unwrap();
                let found: Vec<&str> = Keys::SCOPES.into_iter().filter(|scope| needed.is_met_by(scope)).collect();
                assert_eq!(found.join(" "), enough, "{method} {path}");
            }
        }
        assert_eq!(required("GET", "keys/@self"), None);
    }

    #[test]
    fn a_key_without_limits_lacks_nothing() {
        let needed = required("POST", "files/tags").unwrap();
        for all in [vec![], vec!["*"], vec!["rooms:read", "*"]] {
            let scopes = Some(all.into_iter().map(str::to_owned).collect());
            assert_eq!(KnownScopes { since: Instant::now(), scopes, rejected: false }.lacks(needed), None);
        }
        assert_eq!(KnownScopes { since: Instant::now(), scopes: None, rejected: false }.lacks(needed), None);
    }

    /// A portal that was too busy to tell must not be taken at its silence for ever.
    #[tokio::test(start_paused = true)]
    async fn what_the_portal_did_not_tell_is_forgotten_and_what_it_told_is_not() {
        for (told, kept) in [(None, false), (Some(vec!["rooms:read".to_owned()]), true)] {
            let scopes = Scopes::new(&"https://acme.com".parse().unwrap());
            lock(&scopes.state).known = Some(KnownScopes { since: Instant::now(), scopes: told, rejected: false });
            assert!(scopes.known().is_some());
            tokio::time::advance(FRESH).await;
            assert_eq!(scopes.known().is_some(), kept);
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let scopes = Some(vec!["rooms:write".to_owned()]);
        let told = KnownScopes { since: Instant::now(), scopes, rejected: false }
            .lacks(required("POST", "files/tags").unwrap());
        assert_eq!(told.as_deref(), Some("the API key has the scope rooms:write; this needs files:write or *:write"));
    }
}
