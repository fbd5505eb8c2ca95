//! Groups of people, which can be members of rooms. A group of rooms is in
//! [`RoomGroups`](crate::rooms::RoomGroups).

use docspace_api::ClientPeopleExt;
use docspace_api::types::{CreatePeopleGroupRequest, PeopleGroup, PeopleGroupId, PersonId};
use futures::stream::TryStreamExt;

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::support::input;
use crate::support::optional::optional_settings;
use crate::support::pages::{self, PAGE, Page};

/// Maximum length of a group's name, in characters (docs/portal/dates-and-names.md#length).
const LONGEST_NAME: usize = 128;

/// The groups of people of a portal. Returned by [`Portal::people_groups`].
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_room(async |portal, room| {
/// let me = portal.my_id().await?;
/// let group = portal.people_groups().create("Auditors").members([me]).send().await?;
/// room.members().add(group.id, Access::Read).await?; // all people of the group
///
/// assert_eq!(portal.people_groups().list().await?.len(), 1);
/// # Ok(())
/// # });
/// ```
///
/// Users and guests cannot see groups of people, and only administrators can change them. A key
/// needs the scope `accounts:read` to read them; `accounts:write` does not include it.
#[derive(Clone, Debug)]
pub struct PeopleGroups {
    pub(crate) portal: Portal,
}

impl PeopleGroups {
    /// Lists all groups of people, without their members.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a user or guest, or the key lacks the
    ///   scope `accounts:read`.
    pub async fn list(&self) -> Result<Vec<PeopleGroup>> {
        let portal = self.portal.clone();
        let fetch = move |start| -> BoxFuture<'static, Result<Page<PeopleGroup>>> {
            let portal = portal.clone();
            Box::pin(async move {
                let call = Call::new("list_people_groups", "");
                let answer = portal.api().list_people_groups().count(PAGE).start_index(start).send().await;
                let envelope = call.envelope(answer).await?;
                Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
            })
        };
        pages::stream(fetch, |group| group.id).try_collect().await
    }

    /// Reads one group of people with its members.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such group.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a user or guest, or the key lacks the
    ///   scope `accounts:read`.
    pub async fn get(&self, id: PeopleGroupId) -> Result<PeopleGroup> {
        let call = Call::new("get_people_group", id.to_string());
        let answer = self.portal.api().get_people_group().id(id).include_members(true).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Creates a group of people with this name. Set its members, then call `send`.
    pub fn create(&self, name: impl Into<String>) -> CreatePeopleGroup {
        CreatePeopleGroup { portal: self.portal.clone(), request: CreatePeopleGroupRequest::new(name) }
    }

    /// Deletes a group of people. The people keep their accounts, but lose the access to rooms that
    /// the group gave them.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such group.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is not an administrator.
    pub async fn delete(&self, id: PeopleGroupId) -> Result<()> {
        let call = Call::new("delete_people_group", id.to_string());
        call.envelope(self.portal.api().delete_people_group().id(id).send().await).await
    }
}

/// A group of people to create. Returned by [`PeopleGroups::create`].
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let me = portal.my_id().await?;
/// let people = portal.people().list().all().await?;
/// let ids = people.iter().map(|person| person.id);
///
/// let group = portal.people_groups().create("All").members(ids).manager(me).send().await?;
/// assert_eq!(group.members.unwrap_or_default().len(), people.len());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreatePeopleGroup {
    portal: Portal,
    request: CreatePeopleGroupRequest,
}

brief_debug!(CreatePeopleGroup, |create| name: format_args!("{:?}", create.request.group_name));

optional_settings!(CreatePeopleGroup);

impl CreatePeopleGroup {
    /// Adds these people to the group.
    pub fn members(mut self, people: impl IntoIterator<Item = PersonId>) -> Self {
        self.request.members.get_or_insert_default().extend(people);
        self
    }

    /// Sets the manager of the group, who becomes a member too.
    pub fn manager(mut self, person: PersonId) -> Self {
        self.request.group_manager = Some(person);
        self
    }

    /// Creates the group.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the name is blank or longer than 128 characters.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is not an administrator.
    /// - [`NotDone`](ErrorKind::NotDone): the portal created the group, but a person is missing in
    ///   it, for example because there is no person with that id.
    pub async fn send(mut self) -> Result<PeopleGroup> {
        self.request.group_name = input::name("group of people", &self.request.group_name, LONGEST_NAME)?.to_owned();
        let wanted: Vec<PersonId> =
            self.request.members.iter().flatten().chain(&self.request.group_manager).copied().collect();
        let call = Call::new("create_people_group", format!("`{}`", self.request.group_name));
        let answer = self.portal.api().create_people_group().body(self.request).send().await;
        let group = call.response(answer, |envelope| envelope.response).await?;
        let is_member = |id: &PersonId| group.members.iter().flatten().any(|member| member.id == *id);
        let missing: Vec<String> = wanted.iter().filter(|id| !is_member(id)).map(|id| id.to_string()).collect();
        if missing.is_empty() {
            return Ok(group);
        }
        let reason = format!("the portal created the group {}, but without {}", group.id.0, missing.join(", "));
        let advice = "check the ids, and delete the group before trying again";
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise(advice))
    }
}
