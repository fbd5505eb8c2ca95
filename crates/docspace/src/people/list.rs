//! Lists of people, page by page.

use std::sync::Arc;

use docspace_api::types::{PeopleGroupId, PersonId, PersonType, Profile};
use docspace_api::{ClientPeopleExt, PersonStatus};
use futures::stream::TryStreamExt;

use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::optional::optional_settings;
use crate::support::pages::{self, PAGE, Page};

/// A list of people: set its filters, then read it. Returned by
/// [`People::list`](crate::people::People::list).
///
/// ```
/// use docspace::people::{PersonStatus, PersonType};
///
/// # doc_examples::with_portal(async |portal| {
/// for admin in portal.people().list().person_type(PersonType::RoomAdmin).all().await? {
///     println!("{}", admin.display_name);
/// }
/// let pending = portal.people().list().status(PersonStatus::Pending).total().await?;
/// println!("{pending} have not accepted their invitation yet");
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListPeople {
    portal: Portal,
    status: PersonStatus,
    person_types: Vec<PersonType>,
    search: Option<String>,
    group: Option<PeopleGroupId>,
    inviter: Option<PersonId>,
}

brief_debug!(ListPeople, |list| status: list.status);

optional_settings!(ListPeople);

impl ListPeople {
    pub(super) fn new(portal: Portal) -> Self {
        Self {
            portal,
            status: PersonStatus::Active,
            person_types: Vec::new(),
            search: None,
            group: None,
            inviter: None,
        }
    }

    /// Only people with this status; `Active` by default.
    ///
    /// `Pending` people were invited and have not accepted yet, `Terminated` people are disabled,
    /// and `All` lists all people.
    pub fn status(mut self, status: PersonStatus) -> Self {
        self.status = status;
        self
    }

    /// Only people of this type. Call it again to add another type.
    pub fn person_type(mut self, person_type: PersonType) -> Self {
        self.person_types.push(person_type);
        self
    }

    /// Only people whose name or e-mail address contains this text, in any case.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// Only people in this group.
    pub fn group(mut self, group: PeopleGroupId) -> Self {
        self.group = Some(group);
        self
    }

    /// Only people that this person has invited.
    pub fn invited_by(mut self, person: PersonId) -> Self {
        self.inviter = Some(person);
        self
    }

    /// The people as a stream. The client reads a page when the previous page is used up.
    ///
    /// Each person comes once, although a portal can list a person twice if the list changes
    /// between two pages.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a user or guest, or the key
    ///   lacks the scope `accounts:read`.
    pub fn stream(self) -> BoxStream<'static, Result<Profile>> {
        let list = Arc::new(self);
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Profile>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(start, PAGE).await })
        };
        pages::stream(fetch, |profile| profile.id)
    }

    /// Reads all of the people.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn all(self) -> Result<Vec<Profile>> {
        self.stream().try_collect().await
    }

    /// The number of people, without reading them.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn total(self) -> Result<u64> {
        Ok(self.page(0, 1).await?.count())
    }

    async fn page(&self, start: i32, count: i32) -> Result<Page<Profile>> {
        let request = self.portal.api().search_people().count(count).start_index(start);
        let mut request = request.employee_status(self.status);
        if !self.person_types.is_empty() {
            request = request.employee_types(self.person_types.clone());
        }
        if let Some(text) = &self.search {
            request = request.filter_value(text);
        }
        if let Some(group) = self.group {
            request = request.group_id(group);
        }
        if let Some(person) = self.inviter {
            request = request.inviter_id(person);
        }
        let call = Call::list_from("search_people", start);
        let envelope = call.envelope(request.send().await).await?;
        Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
    }
}
