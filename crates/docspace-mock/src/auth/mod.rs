//! Credentials, passwords, and the keys of links
//! (docs/portal/credentials.md#which-credential-wins).

pub(crate) mod password;
pub(crate) mod visitor;

use base64::Engine as _;
use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use crate::http::Request;
use crate::portal::Portal;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

/// The caller of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    pub(crate) person: Option<Uuid>,
    /// The API key of the request, if its secret is right.
    pub(crate) key: Option<Uuid>,
    /// The request has an API key that is unknown, is not valid, or belongs to a disabled account.
    pub(crate) bad_key: bool,
    /// The scopes of a limited key or of an access token.
    pub(crate) scopes: Option<Vec<String>>,
    /// The request has an OAuth2 access token. The scopes of access tokens are not checked on calls
    /// that need no credentials.
    pub(crate) by_jwt: bool,
    pub(crate) basic: bool,
    /// The token of the caller's session.
    pub(crate) session: Option<String>,
    pub(crate) by_cookie: bool,
    pub(crate) bad_cookie: bool,
}

/// Identifies the caller by the credentials that are valid at this time. Only malformed credentials
/// are an error.
pub(crate) fn identify(portal: &Portal, request: &Request, now: DateTime<Utc>) -> Result<Caller, Failure> {
    let header = request.header_value("authorization").map(str::trim_end).filter(|value| !value.is_empty());
    let cookie = request.cookie("asc_auth_key");
    let Some(header) = header else {
        return Ok(cookie.map(|cookie| by_cookie(portal, cookie, now)).unwrap_or_default());
    };
    if let Some(encoded) = header.strip_prefix("Basic ") {
        return by_password(portal, encoded);
    }
    let bearer = header.strip_prefix("Bearer ");
    if let Some(secret) = bearer.filter(|secret| secret.starts_with("sk-")) {
        return Ok(by_key(portal, secret, now));
    }
    if let Some(token) = bearer.filter(|token| token.split('.').count() == 3) {
        return by_access_token(portal, token);
    }
    Ok(match cookie {
        // The cookie takes precedence over a token in the header, even if the cookie is not valid.
        Some(cookie) => by_cookie(portal, cookie, now),
        None => {
            let token = bearer.unwrap_or(header);
            let person = session(portal, token, now);
            Caller { person, session: person.map(|_| token.to_owned()), ..Caller::default() }
        }
    })
}

fn active(portal: &Portal, person: Uuid) -> Option<Uuid> {
    portal.people.get(person).filter(|person| person.is_active()).map(|person| person.id)
}

fn session(portal: &Portal, token: &str, now: DateTime<Utc>) -> Option<Uuid> {
    let session = portal.credentials.sessions.get(token)?;
    let alive = session.expires.is_none_or(|at| at > now);
    active(portal, session.person).filter(|_| alive)
}

fn by_cookie(portal: &Portal, cookie: &str, now: DateTime<Utc>) -> Caller {
    let decoded = percent_decode_str(cookie).decode_utf8_lossy();
    let found =
        [&*decoded, cookie].into_iter().find_map(|token| Some((session(portal, token, now)?, token.to_owned())));
    let (person, session) = found.unzip();
    Caller { person, session, by_cookie: true, bad_cookie: person.is_none(), ..Caller::default() }
}

fn by_key(portal: &Portal, secret: &str, now: DateTime<Utc>) -> Caller {
    let Some(key) = portal.credentials.key_by_secret(secret).filter(|key| key.is_valid(now)) else {
        return Caller { bad_key: true, ..Caller::default() };
    };
    match active(portal, key.owner) {
        Some(owner) => Caller { person: Some(owner), key: Some(key.id), scopes: key.limits(), ..Caller::default() },
        None => Caller { key: Some(key.id), bad_key: true, ..Caller::default() },
    }
}

fn by_password(portal: &Portal, encoded: &str) -> Result<Caller, Failure> {
    let unreadable = |_| {
        Failure::Thrown(
            Exception::Format,
            Message::plain(
                "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.",
            ),
        )
    };
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).map_err(unreadable)?;
    let text = String::from_utf8_lossy(&decoded).into_owned();
    let no_password = || Failure::Thrown(Exception::Plain, Message::plain("Unable to get password"));
    let (email, password) = text.split_once(':').ok_or_else(no_password)?;
    let person = portal.people.by_email(email).filter(|person| person.password == password && person.is_active());
    Ok(Caller { person: person.map(|person| person.id), basic: true, ..Caller::default() })
}

/// Reads an OAuth2 access token. Its signature is not checked, as on the recorded portal.
fn by_access_token(portal: &Portal, token: &str) -> Result<Caller, Failure> {
    let decode = |part: &str| {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<serde_json::Value>(&bytes).ok()
    };
    let mut parts = token.split('.');
    let header = parts.next().unwrap_or_default();
    let unreadable = |part: &str| {
        let text = format!("IDX12729: Unable to decode the header '{part}' as Base64Url encoded string.");
        Failure::Thrown(Exception::Argument, Message::Plain(text))
    };
    decode(header).ok_or_else(|| unreadable(header))?;
    let payload = parts.next().unwrap_or_default();
    let claims = decode(payload).ok_or_else(|| unreadable(payload))?;
    let subject = claims["sub"].as_str().and_then(|id| Uuid::try_parse(id).ok()).and_then(|id| active(portal, id));
    let Some(person) = subject else {
        return Err(Failure::Thrown(Exception::Authentication, Message::plain("Claim 'sub' is not present in JWT")));
    };
    let scopes = match &claims["scope"] {
        serde_json::Value::Array(names) => names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        serde_json::Value::String(name) => vec![name.clone()],
        _ => Vec::new(),
    };
    Ok(Caller { person: Some(person), scopes: Some(scopes), by_jwt: true, ..Caller::default() })
}
