//! Visitors of a link: what its key opens, and reading it.

use docspace_api::types::{
    EnterLinkPasswordRequest, Entry, File, FileEnvelope, Folder, FolderContentEnvelope, FolderEnvelope, LinkKey, Room,
};
use docspace_api::{ClientInfo, ClientLinksExt, FolderId, LinkKeyStatus, Secret, check_path_id, path_segment};
use futures::{TryStreamExt, stream};
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use serde::de::DeserializeOwned;

use super::key::{Opened, no_id, opens};
use crate::brief::brief_debug;
use crate::error::{Call, Error, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::rooms::{content_page, entry_key};
use crate::support::pages::{self, PAGE, Page};

/// A visitor who opens a room, folder or file with the key of a link. Returned by
/// [`Portal::visitor`].
///
/// [`RoomLink::key`](crate::RoomLink::key) returns the key of an external link. The key is also the
/// part after `key=` in the long form of the link's address, `/rooms/share?key=…`.
///
/// With credentials, a visit of a room also adds the room to the caller's own rooms. To see what a
/// visitor without an account sees, use an [anonymous](crate::PortalBuilder::anonymous) portal.
/// An account also sees what it opened earlier with another link (docs/portal/links.md#visiting).
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
    /// Returns a visitor who opens a room, folder or file with the key of a link. Sends nothing.
    pub fn visitor(&self, key: impl Into<Secret>) -> Visitor {
        Visitor { portal: self.clone(), key: key.into(), pass: None }
    }
}

impl Visitor {
    /// Reports what the key opens, and whether the link requires a password or an account. The call
    /// succeeds for an unknown key too: [`LinkKeyStatus`] shows whether the key works. `type_` and
    /// `is_room` show whether the key opens a room, a folder or a file.
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

    /// Enters the password of the link, and returns the visitor who can then read what it opens.
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
    /// - [`Invalid`](crate::ErrorKind::Invalid): the link opens a folder or a file. Use
    ///   [`folder`](Self::folder) or [`file`](Self::file).
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the link requires a password, or is only
    ///   for people with an account.
    pub async fn room(&self) -> Result<Room> {
        let call = Call::new("get_room", "behind the link");
        let id = self.opened(&call, &[Opened::Room]).await?;
        let folder: FolderEnvelope = self.read(&call, "rooms/", &id, "").await?;
        let folder = folder.response.ok_or_else(|| no_id(&call))?;
        Room::try_from(folder).map_err(|error| Error::invalid(error.to_string()).of(&call))
    }

    /// Reads the folder behind the link.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no link can have this key, as for
    ///   [`check`](Self::check).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the link opens a room or a file. Use
    ///   [`room`](Self::room) or [`file`](Self::file).
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the link requires a password, or is only
    ///   for people with an account.
    pub async fn folder(&self) -> Result<Folder> {
        let call = Call::new("get_folder", "behind the link");
        let id = self.opened(&call, &[Opened::Folder]).await?;
        let folder: FolderEnvelope = self.read(&call, "folder/", &id, "").await?;
        folder.response.ok_or_else(|| call.no_response())
    }

    /// Reads the properties of the file behind the link. Its content is at its `view_url`.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no link can have this key, as for
    ///   [`check`](Self::check).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the link opens a room or a folder. Use
    ///   [`room`](Self::room), [`folder`](Self::folder) or [`content`](Self::content).
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the link requires a password, or is only
    ///   for people with an account.
    pub async fn file(&self) -> Result<File> {
        let call = Call::new("get_file", "behind the link");
        let id = self.opened(&call, &[Opened::File]).await?;
        let file: FileEnvelope = self.read(&call, "file/", &id, "").await?;
        file.response.ok_or_else(|| call.no_response())
    }

    /// Returns the folders and files at the top level of the room or folder behind the link as a
    /// stream, in pages of 100 entries.
    ///
    /// ```
    /// use docspace::{Access, Portal};
    /// use futures::TryStreamExt;
    ///
    /// # doc_examples::with_room(async |portal, room| {
    /// # let address = portal.url().to_string();
    /// let folder = room.folders().create("For the client").await?;
    /// let link = portal.folder(&folder).links().create(Access::Read).send().await?;
    /// let key = link.key().expect("an external link has a key").clone();
    ///
    /// let visitor = Portal::builder(address).anonymous().build()?.visitor(key);
    /// for entry in visitor.content().try_collect::<Vec<_>>().await? {
    ///     println!("{}", entry.title());
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no link can have this key, as for
    ///   [`check`](Self::check).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the link opens a file. Use [`file`](Self::file).
    /// - [`NotFound`](crate::ErrorKind::NotFound): no link has this key, the link has expired, or
    ///   its room is in the archive.
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the link requires a password, or is only
    ///   for people with an account.
    pub fn content(&self) -> BoxStream<'static, Result<Entry>> {
        let visitor = self.clone();
        let entries = async move {
            let call = Call::new("list_folder", "behind the link");
            let id = visitor.opened(&call, &[Opened::Room, Opened::Folder]).await?;
            let fetch = move |start| -> BoxFuture<'static, Result<Page<Entry>>> {
                let (visitor, call, id) = (visitor.clone(), call.clone(), id.clone());
                Box::pin(async move {
                    let query = format!("?count={PAGE}&startIndex={start}");
                    let content: FolderContentEnvelope = visitor.read(&call, "", &id, &query).await?;
                    content.response.map(content_page).ok_or_else(|| call.no_response())
                })
            };
            Ok::<_, Error>(pages::stream(fetch, entry_key))
        };
        Box::pin(stream::once(entries).try_flatten())
    }

    /// Returns the id of what the key opens, if that is one of `expected`.
    async fn opened(&self, call: &Call, expected: &[Opened]) -> Result<String> {
        let state = self.check().await?;
        // Only the cookie shows that the password was entered. The status of the key stays the same
        // for anonymous callers.
        if !(state.status == LinkKeyStatus::PasswordRequired && self.pass.is_some()) {
            opens(&state, call)?;
        }
        let opened = Opened::by(&state);
        if !expected.contains(&opened) {
            return Err(Error::invalid(format!("the link opens a {opened}")).of(call).advise(opened.advice()));
        }
        // Ids of files have the same form. The id becomes a part of a path.
        let id: Option<FolderId> = state.id.and_then(|id| id.parse().ok());
        id.map(|id| id.to_string()).ok_or_else(|| no_id(call))
    }

    /// Reads a path under `files/` with the key, and with the cookies of the right password.
    async fn read<T: DeserializeOwned>(&self, call: &Call, noun: &str, id: &str, query: &str) -> Result<T> {
        let api = self.portal.api();
        let id = path_segment(id).map_err(|error| Error::from(error).of(call))?;
        let address = format!("{}/api/2.0/files/{noun}{id}{query}", api.baseurl());
        let mut request = api.client().get(address).header("Request-Token", self.key.expose());
        if let Some(pass) = &self.pass {
            request = request.header(COOKIE, pass.clone());
        }
        call.send(api, request).await
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

/// Returns the cookies of an answer in the form in which a request sends them back.
fn cookies(headers: &HeaderMap) -> Option<HeaderValue> {
    let given = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let pairs: Vec<&str> = given.map(str::trim).collect();
    let mut value = HeaderValue::from_str(&pairs.join("; ")).ok().filter(|value| !value.is_empty())?;
    value.set_sensitive(true);
    Some(value)
}
