//! Groups of people, which can be members of rooms like people. What keeps rooms together is
//! [`Groups`](crate::rooms::Groups).

use docspace_api::ClientPeopleExt;
use docspace_api::types::{CreatePeopleGroupRequest, PeopleGroup, PeopleGroupId, PersonId};
use futures::stream::TryStreamExt;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::support::input;
use crate::support::pages::{self, PAGE, Page};

/// The longest name of a group (the document of the API says so).
const LONGEST_NAME: usize = 128;

/// The groups of people of a portal. Made by [`Portal::people_groups`]. Users and guests may not see them; only
/// administrators may change them.
///
/// ```
/// use docspace::Access;
///
/// # use docspace_mock::{MockPortal, Role};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = MockPortal::builder().person("ann", Role::User).start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let ann = portal.people().find(mock.email("ann")).await?.unwrap();
/// # let room = portal.rooms().create("Audit", docspace::RoomType::Custom).send().await?;
/// let group = portal.people_groups().create("Auditors").members([ann.id]).send().await?;
/// portal.room(&room).members().add(group.id, Access::Read).await?; // all of them
/// assert_eq!(portal.people_groups().list().await?.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PeopleGroups<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The portal's groups of people.
    pub fn people_groups(&self) -> PeopleGroups<'_> {
        PeopleGroups { portal: self }
    }
}

impl PeopleGroups<'_> {
    /// All groups of people, without their members.
    ///
    /// # Errors
    ///
    /// `Forbidden` for users and guests, and for a key without the scope `accounts:read`.
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

    /// One group of people with its members.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such group; otherwise as for [`list`](Self::list).
    pub async fn get(&self, id: PeopleGroupId) -> Result<PeopleGroup> {
        let call = Call::new("get_people_group", id.to_string());
        let answer = self.portal.api().get_people_group().id(id).include_members(true).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Makes a group of people of this name: say who belongs to it, then `send`.
    pub fn create(&self, name: impl Into<String>) -> CreatePeopleGroup {
        CreatePeopleGroup { portal: self.portal.clone(), request: CreatePeopleGroupRequest::new(name) }
    }

    /// Deletes a group of people. The people stay; what they could do in rooms by way of the group is over.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such group, `Forbidden` for all but administrators.
    pub async fn delete(&self, id: PeopleGroupId) -> Result<()> {
        let call = Call::new("delete_people_group", id.to_string());
        call.envelope(self.portal.api().delete_people_group().id(id).send().await).await
    }
}

/// A group of people to be made. Made by [`PeopleGroups::create`].
///
/// ```
/// # use docspace_mock::{MockPortal, Role};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = MockPortal::builder().person("ann", Role::User).start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let people = portal.people().list().all().await?;
/// let me = portal.my_id().await?;
/// let group = portal.people_groups().create("Everybody").members(people.iter().map(|person| person.id)).manager(me);
/// assert_eq!(group.send().await?.members.unwrap_or_default().len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreatePeopleGroup {
    portal: Portal,
    request: CreatePeopleGroupRequest,
}

impl CreatePeopleGroup {
    /// Puts these people into it.
    pub fn members(mut self, people: impl IntoIterator<Item = PersonId>) -> Self {
        self.request.members.get_or_insert_default().extend(people);
        self
    }

    /// Who manages it, and becomes a member too.
    pub fn manager(mut self, person: PersonId) -> Self {
        self.request.group_manager = Some(person);
        self
    }

    /// Makes the group.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long name, `Forbidden` for all but administrators. `NotDone` when somebody is
    /// missing in it, such as an id that nobody has; the group is there then.
    pub async fn send(mut self) -> Result<PeopleGroup> {
        self.request.group_name = input::name("group of people", &self.request.group_name, LONGEST_NAME)?.to_owned();
        let wanted: Vec<PersonId> =
            self.request.members.iter().flatten().chain(&self.request.group_manager).copied().collect();
        let call = Call::new("create_people_group", format!("`{}`", self.request.group_name));
        let answer = self.portal.api().create_people_group().body(self.request).send().await;
        let group = call.response(answer, |envelope| envelope.response).await?;
        let there = |id: &PersonId| group.members.iter().flatten().any(|member| member.id == *id);
        let missing: Vec<String> = wanted.iter().filter(|id| !there(id)).map(|id| id.to_string()).collect();
        if missing.is_empty() {
            return Ok(group);
        }
        let reason = format!("the group {} is there, but without {}", group.id.0, missing.join(", "));
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("check the ids; delete the group to try again"))
    }
}
