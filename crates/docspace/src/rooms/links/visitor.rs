//! Visitors of a link: what its key opens, and the room behind it.

use docspace_api::types::{EnterLinkPasswordRequest, FolderEnvelope, LinkKey, Room};
use docspace_api::{ClientInfo, ClientLinksExt, LinkKeyStatus, RoomId, Secret, check_path_id, path_segment};
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

/// A visitor who opens a room with the key of a link. Returned by [`Portal::visitor`].
///
/// [`RoomLink::key`](crate::RoomLink::key) returns the key of an external link. The key is also the
/// part after `key=` in the long form of the link's address, `/rooms/share?key=…`.
///
/// With credentials, a visit also adds the room to the caller's own rooms. To see what a visitor
/// without an account sees, use an [anonymous](crate::PortalBuilder::anonymous) portal.
///
/// ```
/// use docspace::{Access, Portal};
///
/// # doc_examples::with_room(async |portal, room| {
/// # let address = portal.url().to_string();
/// let link = room.links().create(Access::Read).password("s3cret-enough").send().await?;
/// let key = link.key().expect("an external link has a key").clone();
///
/// let portal = Portal::builder(address).anonymous().build()?;
/// let visitor = portal.visitor(key).unlock("s3cret-enough").await?;
/// println!("the link opens {}", visitor.room().await?.title);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Visitor {
    portal: Portal,
    key: Secret,
    /// The cookies that the portal set for the right password.
    pass: Option<HeaderValue>,
}

brief_debug!(Visitor, |visitor| portal: visitor.portal.url());

impl Portal {
    /// Returns a visitor who opens a room with the key of a link. Sends nothing.
    pub fn visitor(&self, key: impl Into<Secret>) -> Visitor {
        Visitor { portal: self.clone(), key: key.into(), pass: None }
    }
}

impl Visitor {
    /// Reports what the key opens, and whether the link requires a password or an account. The call
    /// succeeds for an unknown key too: [`LinkKeyStatus`] shows whether the key works.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the key is empty or
    ///   contains slashes, backslashes, `?`, `#`, `%`, white space or control characters. No link
    ///   has such a key.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): five wrong passwords were entered within a
    ///   minute. Try again after a minute.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the portal uses an API key without a `files`
    ///   scope. An anonymous portal can check every key.
    pub async fn check(&self) -> Result<LinkKey> {
        let call = Call::new("check_link_key", "");
        let answer = self.portal.api().check_link_key().key(self.checked_key(&call)?).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Enters the password of the link, and returns the visitor who can then read the room.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the password is empty, or no link can have this
    ///   key, as for [`check`](Self::check).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the portal's address uses plain HTTP to another
    ///   computer without [`allow_http`](crate::PortalBuilder::allow_http).
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the password is wrong, or the link is
    ///   only for people with an account.
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): five wrong passwords were entered within a
    ///   minute. Try again after a minute.
    pub async fn unlock(self, password: impl Into<Secret>) -> Result<Self> {
        let (call, password) = (Call::new("enter_link_password", ""), password.into());
        if password.expose().trim().is_empty() {
            return Err(Error::invalid("the password of the link is empty")
                .of(&call)
                .advise("enter the password of the link"));
        }
        let body = EnterLinkPasswordRequest { password };
        self.portal.check_secrecy().map_err(|error| error.of(&call))?;
        let key = self.checked_key(&call)?;
        let answer = self.portal.api().enter_link_password().key(key).body(body).send().await;
        let pass = answer.as_ref().ok().and_then(|answer| cookies(answer.headers()));
        let state = call.response(answer, |envelope| envelope.response).await?;
        opens(&state, &call)?;
        Ok(Self { pass, ..self })
    }

    /// Reads the room behind the link.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no link can have this key, as for
    ///   [`check`](Self::check).
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the link requires a password, or is only
    ///   for people with an account.
    pub async fn room(&self) -> Result<Room> {
        let state = self.check().await?;
        let call = Call::new("get_room", "behind the link");
        // Only the cookie shows that the password was entered. The status of the key stays the same
        // for anonymous callers.
        if !(state.status == LinkKeyStatus::PasswordRequired && self.pass.is_some()) {
            opens(&state, &call)?;
        }
        let none = || Error::new(ErrorKind::Decode, "the answer does not contain the id of the room").of(&call);
        let id: RoomId = state.id.as_deref().and_then(|id| id.parse().ok()).ok_or_else(none)?;
        let api = self.portal.api();
        let id = id.to_string();
        let id = path_segment(&id).map_err(|error| Error::from(error).of(&call))?;
        let address = format!("{}/api/2.0/files/rooms/{id}", api.baseurl());
        let mut request = api.client().get(address).header("Request-Token", self.key.expose());
        if let Some(pass) = &self.pass {
            request = request.header(COOKIE, pass.clone());
        }
        let folder = call.send::<FolderEnvelope>(api, request).await?.response.ok_or_else(none)?;
        Room::try_from(folder).map_err(|error| Error::invalid(error.to_string()).of(&call))
    }

    /// Returns the key if a link can have such a key. Keys come from untrusted sources and become a
    /// part of the path of a request.
    fn checked_key(&self, call: &Call) -> Result<&str> {
        let key = self.key.expose();
        check_path_id(key).map_err(|reason| {
            Error::invalid(format!("no link has this key: {reason}"))
                .of(call)
                .advise("use the part after `key=` in the link's full address")
        })?;
        Ok(key)
    }
}

/// Returns an error unless a key with this status opens the room.
fn opens(state: &LinkKey, call: &Call) -> Result<()> {
    let (kind, reason, advice) = match state.status {
        LinkKeyStatus::Valid => return Ok(()),
        LinkKeyStatus::Expired => (ErrorKind::NotFound, "the link has expired", "ask for another link"),
        LinkKeyStatus::PasswordRequired => {
            (ErrorKind::Unauthorized, "the link requires a password", "enter the password first")
        }
        LinkKeyStatus::WrongPassword => {
            (ErrorKind::Unauthorized, "the password of the link is wrong", "correct the password")
        }
        LinkKeyStatus::AccountRequired => {
            (ErrorKind::Unauthorized, "the link is only for people with an account", "use a portal with credentials")
        }
        _ => (ErrorKind::NotFound, "the link does not exist, or its room is in the archive", "ask for another link"),
    };
    Err(Error::new(kind, reason).of(call).advise(advice))
}

/// Returns the cookies of an answer in the form in which a request sends them back.
fn cookies(headers: &HeaderMap) -> Option<HeaderValue> {
    let given = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let pairs: Vec<&str> = given.map(str::trim).collect();
    let mut value = HeaderValue::from_str(&pairs.join("; ")).ok().filter(|value| !value.is_empty())?;
    value.set_sensitive(true);
    Some(value)
}
