//! The tags of a portal. Those of one room are changed with
//! [`RoomHandle::add_tags`](crate::RoomHandle::add_tags) and
//! [`remove_tags`](crate::RoomHandle::remove_tags).
//!
//! Start with [`Portal::tags`].

use docspace_api::ClientTagsExt;
use docspace_api::types::{CreateTagRequest, RenameTagRequest, TagNamesRequest};
use futures::stream::TryStreamExt;

use crate::error::{Call, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer::is_lost;
use crate::support::pages::{self, PAGE, Page};

/// The tags of a portal. Returned by [`Portal::tags`].
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// room.add_tags(["audit"]).await?;
/// portal.tags().rename("audit", "audit 2026").await?; // in all rooms that have it
///
/// assert_eq!(portal.tags().list().await?, ["audit 2026"]);
/// assert!(portal.tags().is_used("audit 2026").await?);
/// # Ok(())
/// # });
/// ```
///
/// A tag is a name. A portal compares names without regard to case, and keeps the first spelling. A
/// key needs a `files` scope for tags.
#[derive(Clone, Debug)]
pub struct Tags {
    pub(crate) portal: Portal,
}

impl Tags {
    /// Lists the tags, newest first. Administrators see all tags, other people those of the rooms
    /// that they see.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call).
    pub async fn list(&self) -> Result<Vec<String>> {
        let portal = self.portal.clone();
        let fetch = move |start| -> BoxFuture<'static, Result<Page<String>>> {
            let portal = portal.clone();
            Box::pin(async move {
                let call = Call::new("list_tags", "");
                let answer = portal.api().list_tags().count(PAGE).start_index(start).send().await;
                let items = call.envelope(answer).await?.response.unwrap_or_default();
                // The envelope has no total
                // (docs/portal/tags-groups-logos-quotas.md).
                Ok(Page { items, total: None })
            })
        };
        pages::stream(fetch, String::clone).try_collect().await
    }

    /// Creates a tag, and returns it as the portal spells it.
    ///
    /// If a tag exists that differs only in case, the portal returns that tag instead. If the
    /// answer is lost, the client lists the tags and returns the one with this name.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is empty or longer than 255 characters.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a user or guest.
    pub async fn create(&self, name: impl Into<String>) -> Result<String> {
        let name = name.into();
        input::tags(std::slice::from_ref(&name))?;
        let call = Call::new("create_tag", format!("`{name}`"));
        let body = CreateTagRequest { name: name.clone() };
        let answer = self.portal.api().create_tag().body(body).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            // The portal returns an existing tag, too, so it does not matter who created it.
            Err(error) if is_lost(&error) => {
                let same = |tag: &String| tag.trim_end().to_lowercase() == name.trim_end().to_lowercase();
                self.list().await.ok().and_then(|tags| tags.into_iter().find(same)).ok_or(error)
            }
            outcome => outcome,
        }
    }

    /// Renames a tag in all rooms.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a name is empty or longer than 255 characters.
    /// - [`Conflict`](crate::ErrorKind::Conflict): a tag with the new name exists, in any case.
    /// - [`NotFound`](crate::ErrorKind::NotFound): there is no tag with the old name.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator.
    pub async fn rename(&self, from: impl Into<String>, to: impl Into<String>) -> Result<()> {
        let (old_name, new_name) = (from.into(), to.into());
        input::tags(&[old_name.clone(), new_name.clone()])?;
        let call = Call::new("rename_tag", format!("`{old_name}`"));
        let body = RenameTagRequest { old_name, new_name: new_name.clone() };
        let error = match call.envelope(self.portal.api().rename_tag().body(body).send().await).await {
            Err(error) if error.status() == Some(400) => error,
            outcome => return outcome.map(drop),
        };
        // The portal's message has the reason only in the caller's language, so the client looks
        // for the tag itself.
        let same = |tag: &String| tag.to_lowercase() == new_name.to_lowercase();
        match self.list().await.unwrap_or_default().into_iter().find(same) {
            Some(existing) => Err(error
                .conflict(format!("the tag `{existing}` already exists"))
                .advise("add that tag to the rooms instead, or use another name")),
            None => Err(error),
        }
    }

    /// Deletes tags, and removes them from all rooms. Names of tags that do not exist are ignored.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a name is empty or longer than 255 characters.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator.
    pub async fn delete<T: AsRef<str>>(&self, names: impl IntoIterator<Item = T>) -> Result<()> {
        let names = input::strings(names);
        input::tags(&names)?;
        let call = Call::new("delete_tags", names.join(", "));
        let answer = self.portal.api().delete_tags().body(TagNamesRequest { names }).send().await;
        call.envelope(answer).await.map(drop)
    }

    /// Whether any room has this tag.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is empty or longer than 255 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): there is no such tag.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator.
    pub async fn is_used(&self, name: impl Into<String>) -> Result<bool> {
        let name = name.into();
        input::tags(std::slice::from_ref(&name))?;
        let call = Call::new("check_tag_use", format!("of `{name}`"));
        // The portal reads the name only from the query, and accepts anything in the path
        // (docs/portal/tags-groups-logos-quotas.md).
        let answer = self.portal.api().check_tag_use().tag("tag").tag_name(name).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
