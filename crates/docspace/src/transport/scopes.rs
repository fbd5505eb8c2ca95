//! The scopes of the API key in use, so that a call that needs another scope is rejected before it
//! is sent, with an error that names the scope.

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

/// The scopes of a portal's key.
///
/// The client requests them once: before the first call that changes something, or after the first
/// read that was forbidden. If the portal does not report them, the client rejects no call.
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
    /// `None` if the portal did not report them.
    scopes: Option<Arc<[String]>>,
    /// Whether the portal does not accept the key.
    rejected: bool,
}

/// How long scopes are trusted. Polls that lack a scope must not request the scopes each time, but
/// the scopes of a key may change while the program runs.
const FRESH: Duration = Duration::from_secs(60);

impl Scopes {
    /// The scopes of the key in use on the portal at this address.
    pub(crate) fn new(portal: &Url) -> Self {
        let mut address = portal.clone();
        address.set_path(&format!("{}/api/2.0/keys/@self", portal.path().trim_end_matches('/')));
        Self { address, state: Arc::default() }
    }

    /// Why a call must not be sent, if a scope is missing. Before it rejects a call, the client
    /// requests the scopes again, because the key may have got more scopes.
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

    /// Why a call was forbidden. On calls that need no credentials, a portal answers a `bare`
    /// problem both to a wrong key and to a key that lacks a scope
    /// (docs/portal/credentials.md#when-the-portal-refuses-a-credential).
    pub(super) async fn explain_forbidden(
        &self,
        sender: &Arc<Sender>,
        required: RequiredScope,
        bare: bool,
    ) -> Option<Refusal> {
        let known = match self.known() {
            Some(known) if known.since.elapsed() < FRESH && (!bare || known.explains(required)) => known,
            // The key may have lost scopes, or may have been switched off.
            before => self.learn(sender, before.map(|known| known.since)).await.ok()?,
        };
        if bare && known.rejected {
            return Some(Refusal::Key);
        }
        known.lacks(required).map(|reason| Refusal::Scope { reason, sent: true })
    }

    /// Requests the scopes, unless another call has done so since `before`. Calls that need them at
    /// the same time share one request. Fails if the portal cannot be reached, because the call
    /// itself would fail, too.
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
                // The other calls are sent anyway and report the failure themselves.
                None => Ok(KnownScopes::nothing()),
            },
        }
    }

    /// Requests the scopes in a separate task, because several calls depend on its progress and
    /// possibly none of them is polled. The task is canceled when all of them are dropped.
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
    let scopes = key.map(|key| key.permissions.unwrap_or_default().into());
    Ok(KnownScopes { scopes, rejected, ..KnownScopes::nothing() })
}

/// Removes the request when it has ended, successfully or not, so that the next one can start.
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
    /// The scopes, if they were requested. That the portal did not report them is forgotten after
    /// [`FRESH`].
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
        // An empty list means full access (docs/portal/keys-and-scopes.md#fields-of-a-key).
        let all = scopes.is_empty() || scopes.iter().any(|scope| scope == "*");
        if all || scopes.iter().any(|scope| required.is_met_by(scope)) {
            return None;
        }
        let word = if scopes.len() == 1 { "scope" } else { "scopes" };
        Some(format!("the API key has the {word} {}; this call needs {required}", scopes.join(", ")))
    }
}

/// The scope that a call needs (docs/portal/keys-and-scopes.md#scopes-per-route).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RequiredScope {
    area: Option<&'static str>,
    read: bool,
    /// Whether the write scope of the area includes reading it.
    write_includes_read: bool,
}

impl RequiredScope {
    /// The scope for a request; `None` if every key may send it.
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
        Some(Self { area, read, write_includes_read: !under("group") })
    }

    fn is_met_by(self, scope: &str) -> bool {
        let Some((area, right)) = scope.split_once(':') else { return false };
        let everywhere = area == "*";
        match right {
            "write" if everywhere => true,
            "write" => self.area == Some(area) && (!self.read || self.write_includes_read),
            "read" => self.read && (everywhere || self.area == Some(area)),
            _ => false,
        }
    }
}

/// The narrowest scopes that suffice.
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

    /// The rows of docs/portal/keys-and-scopes.md#scopes-per-route.
    #[test]
    fn each_area_is_open_to_its_own_scopes() {
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
    fn a_key_with_full_access_lacks_no_scope() {
        let needed = required("POST", "files/tags").unwrap();
        for all in [vec![], vec!["*"], vec!["rooms:read", "*"]] {
            let scopes = Some(all.into_iter().map(str::to_owned).collect());
            assert_eq!(KnownScopes { since: Instant::now(), scopes, rejected: false }.lacks(needed), None);
        }
        assert_eq!(KnownScopes { since: Instant::now(), scopes: None, rejected: false }.lacks(needed), None);
    }

    /// A portal that was too busy to report the scopes is asked again later.
    #[tokio::test(start_paused = true)]
    async fn missing_scopes_are_requested_again_and_known_scopes_are_kept() {
        for (reported, kept) in [(None, false), (Some(Arc::from(["rooms:read".to_owned()])), true)] {
            let scopes = Scopes::new(&"https://acme.com".parse().unwrap());
            lock(&scopes.state).known = Some(KnownScopes { since: Instant::now(), scopes: reported, rejected: false });
            assert!(scopes.known().is_some());
            tokio::time::advance(FRESH).await;
            assert_eq!(scopes.known().is_some(), kept);
        }
    }

    #[test]
    fn the_reason_names_the_missing_scope() {
        let scopes: Option<Arc<[_]>> = Some(Arc::from(["rooms:write".to_owned()]));
        let reason = KnownScopes { since: Instant::now(), scopes, rejected: false }
            .lacks(required("POST", "files/tags").unwrap());
        assert_eq!(
            reason.as_deref(),
            Some("the API key has the scope rooms:write; this call needs files:write or *:write")
        );
    }
}
