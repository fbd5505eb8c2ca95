//! Those who come with a link: what its key opens, and reading the room through it.

use docspace_api::types::{EnterLinkPasswordRequest, FolderEnvelope, LinkKey, Room};
use docspace_api::{ClientInfo, ClientLinksExt, LinkKeyStatus, RoomId, Secret, check_path_id, path_segment};
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

/// Somebody with the key of a link. Made by [`Portal::visitor`].
///
/// ```
/// use docspace::{Access, Portal};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Acme", docspace::RoomType::Custom).send().await?;
/// let link = portal.room(&room).links().create(Access::Read).password("s3cret-enough").send().await?;
/// let key = link.key().expect("external links have one").clone();
///
/// let stranger = Portal::builder(portal.url().as_str()).anonymous().build()?;
/// let visitor = stranger.visitor(key).unlock("s3cret-enough").await?;
/// assert_eq!(visitor.room().await?.title, "Acme");
/// # Ok(())
/// # }
/// ```
///
/// The key is that of an external link, [`RoomLink::key`](crate::RoomLink::key), or what stands behind `key=` in its full
/// address. On a portal with credentials a visit also puts the room among the caller's own; use
/// [`anonymous`](crate::PortalBuilder::anonymous) to look as a stranger does.
#[derive(Clone, Debug)]
pub struct Visitor {
    portal: Portal,
    key: Secret,
    /// What the portal gave for the right password.
    pass: Option<HeaderValue>,
}

impl Portal {
    /// Somebody who comes with the key of a link. Nothing is sent.
    pub fn visitor(&self, key: impl Into<Secret>) -> Visitor {
        Visitor { portal: self.clone(), key: key.into(), pass: None }
    }
}

impl Visitor {
    /// What the key opens, and what is missing: the portal answers for any key, with a status that says so.
    ///
    /// # Errors
    ///
    /// - `Invalid`, before anything is sent: the key is empty or contains slashes, backslashes,
    ///   `?`, `#`, `%`, white space or control characters, which no link's key has.
    /// - `Forbidden`: five wrong passwords within a minute; the block lasts a minute. Also if the
    ///   portal uses an API key without a `files` scope, although strangers may check keys.
    pub async fn check(&self) -> Result<LinkKey> {
        let call = Call::new("check_link_key", "");
        let answer = self.portal.api().check_link_key().key(self.checked_key(&call)?).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Enters the link's password.
    ///
    /// # Errors
    ///
    /// - `Invalid`: the password is empty, or no link can have this key, as for
    ///   [`check`](Self::check).
    /// - `Invalid`: the portal's address uses plain HTTP, is not that of this computer and is not
    ///   [allowed](crate::PortalBuilder::allow_http).
    /// - `Unauthorized`: the password is wrong.
    /// - `NotFound`: the key opens nothing.
    /// - `Forbidden`: five wrong passwords within a minute; the block lasts a minute.
    pub async fn unlock(self, password: impl Into<Secret>) -> Result<Self> {
        let (call, password) = (Call::new("enter_link_password", ""), password.into());
        if password.expose().trim().is_empty() {
            return Err(Error::invalid("the password of the link is empty").of(&call).advise("type it"));
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
    /// - `Invalid`: no link can have this key, as for [`check`](Self::check).
    /// - `NotFound`: the key opens nothing, or no longer does.
    /// - `Unauthorized`: the link requires a password, or is only for people with an account.
    pub async fn room(&self) -> Result<Room> {
        let state = self.check().await?;
        let call = Call::new("get_room", "behind the link");
        // A password that was entered shows in the cookie only: the state of the key stays as it is for strangers.
        if !(state.status == LinkKeyStatus::PasswordRequired && self.pass.is_some()) {
            opens(&state, &call)?;
        }
        let none = || Error::new(ErrorKind::Decode, "the portal does not say which room it is").of(&call);
        let id: RoomId = state.id.as_deref().and_then(|id| id.parse().ok()).ok_or_else(none)?;
        let api = self.portal.api();
        let id = path_segment(&id.to_string()).map_err(|error| Error::from(error).of(&call))?;
        let address = format!("{}/api/2.0/files/rooms/{id}", api.baseurl());
        let mut request = api.client().get(address).header("Request-Token", self.key.expose());
        if let Some(pass) = &self.pass {
            request = request.header(COOKIE, pass.clone());
        }
        let folder = call.send::<FolderEnvelope>(api, request).await?.response.ok_or_else(none)?;
        Room::try_from(folder).map_err(|error| Error::invalid(error.to_string()).of(&call))
    }

    /// The key, if a link can have such a key. Keys come from untrusted sources and are put into
    /// the path of a call.
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

/// Whether a key of this state lets its holder in.
fn opens(state: &LinkKey, call: &Call) -> Result<()> {
    let (kind, reason, advice) = match state.status {
        LinkKeyStatus::Ok => return Ok(()),
        LinkKeyStatus::Expired => (ErrorKind::NotFound, "the link has expired", "ask for another link"),
        LinkKeyStatus::PasswordRequired => (ErrorKind::Unauthorized, "the link asks for a password", "enter it first"),
        LinkKeyStatus::WrongPassword => (ErrorKind::Unauthorized, "the password of the link is wrong", "correct it"),
        LinkKeyStatus::AccountRequired => {
            (ErrorKind::Unauthorized, "the link is only for people with an account", "use a portal with credentials")
        }
        _ => (ErrorKind::NotFound, "the link does not exist, or its room is in the archive", "ask for another link"),
    };
    Err(Error::new(kind, reason).of(call).advise(advice))
}

/// The cookies of an answer, as a request sends them back.
fn cookies(headers: &HeaderMap) -> Option<HeaderValue> {
    let given = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let pairs: Vec<&str> = given.map(str::trim).collect();
    let mut value = HeaderValue::from_str(&pairs.join("; ")).ok().filter(|value| !value.is_empty())?;
    value.set_sensitive(true);
    Some(value)
}
