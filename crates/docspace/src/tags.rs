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

/// The tags of a portal. Made by [`Portal::tags`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # portal.rooms().create("Books", docspace::RoomType::Custom).tags(["audit"]).send().await?;
/// portal.tags().rename("audit", "audit 2026").await?; // in all rooms that have it
/// assert_eq!(portal.tags().list().await?, ["audit 2026"]);
/// assert!(portal.tags().is_used("audit 2026").await?);
/// # Ok(())
/// # }
/// ```
///
/// A tag is a name. Names are compared without regard to case, and the spelling that was there first stays.
#[derive(Clone, Copy, Debug)]
pub struct Tags<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The portal's tags.
    pub fn tags(&self) -> Tags<'_> {
        Tags { portal: self }
    }
}

impl Tags<'_> {
    /// All tags, the newest first; administrators see all, others those of the rooms they see.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without a `files` scope.
    pub async fn list(&self) -> Result<Vec<String>> {
        let portal = self.portal.clone();
        let fetch = move |start| -> BoxFuture<'static, Result<Page<String>>> {
            let portal = portal.clone();
            Box::pin(async move {
                let call = Call::new("list_tags", "");
                let answer = portal.api().list_tags().count(PAGE).start_index(start).send().await;
                let items = call.envelope(answer).await?.response.unwrap_or_default();
                // The envelope's count is 1 whatever the list holds, and there is no total (portal-facts 6.10).
                Ok(Page { items, total: None })
            })
        };
        pages::stream(fetch, String::clone).try_collect().await
    }

    /// Creates a tag, and returns it as the portal spells it: a tag that differs only in case is
    /// not created again. If the answer is lost, the client lists the tags and returns the one with
    /// this name.
    ///
    /// # Errors
    ///
    /// - `Invalid`: the name is empty.
    /// - `Forbidden`: the caller is a user or guest.
    pub async fn create(&self, name: impl Into<String>) -> Result<String> {
        let name = name.into();
        input::tags(std::slice::from_ref(&name))?;
        let call = Call::new("create_tag", format!("`{name}`"));
        let body = CreateTagRequest { name: name.clone() };
        let answer = self.portal.api().create_tag().body(body).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            // The portal returns an existing tag too, so it does not matter who created it.
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
    /// `Invalid` for an empty name; `Conflict` when there is a tag of the new name, in whatever case; `NotFound` when there
    /// is none of the old one; `Forbidden` for all but administrators.
    pub async fn rename(&self, from: impl Into<String>, to: impl Into<String>) -> Result<()> {
        let (old_name, new_name) = (from.into(), to.into());
        input::tags(&[old_name.clone(), new_name.clone()])?;
        let call = Call::new("rename_tag", format!("`{old_name}`"));
        let body = RenameTagRequest { old_name, new_name: new_name.clone() };
        let error = match call.envelope(self.portal.api().rename_tag().body(body).send().await).await {
            Err(error) if error.status() == Some(400) => error,
            outcome => return outcome.map(drop),
        };
        // What is wrong the portal says in its caller's language only (portal-facts 6.10).
        let same = |tag: &String| tag.to_lowercase() == new_name.to_lowercase();
        match self.list().await.unwrap_or_default().into_iter().find(same) {
            Some(there) => Err(error
                .conflict(format!("there is a tag `{there}` already"))
                .advise("give the rooms that tag instead, or take another name")),
            None => Err(error),
        }
    }

    /// Deletes tags and takes them off all rooms. Names that are no tags are ignored.
    ///
    /// # Errors
    ///
    /// `Forbidden` for all but administrators.
    pub async fn delete<T: Into<String>>(&self, names: impl IntoIterator<Item = T>) -> Result<()> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        input::tags(&names)?;
        let call = Call::new("delete_tags", names.join(", "));
        let answer = self.portal.api().delete_tags().body(TagNamesRequest { names }).send().await;
        call.envelope(answer).await.map(drop)
    }

    /// Whether a room has this tag.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such tag, `Forbidden` for all but administrators.
    pub async fn is_used(&self, name: impl Into<String>) -> Result<bool> {
        let name = name.into();
        input::tags(std::slice::from_ref(&name))?;
        let call = Call::new("check_tag_use", format!("of `{name}`"));
        // The portal reads the name from the query only, and takes anything in the path (portal-facts 6.10).
        let answer = self.portal.api().check_tag_use().tag("tag").tag_name(name).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
