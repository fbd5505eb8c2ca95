//! Whose access is meant.

use docspace_api::types::{Member, MemberId, PeopleGroupId, PersonId};

/// Whose access is meant: a person or a group of people by id, or a person by e-mail address.
///
/// ```
/// use docspace::Access;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let ann = portal.people().create("ann@acme.com", "Ann", "Archer", docspace::people::PersonType::User);
/// # ann.password("s3cret-enough").send().await?;
/// let ann = portal.people().find("ann@acme.com").await?.expect("she has an account");
/// let members = portal.room(&room).members();
/// members.add(ann.id, Access::Read).await?; // by id
/// members.add("bob@acme.com", Access::Read).await?; // by address
/// assert_eq!(members.get("ann@acme.com").await?.id(), members.get(ann.id).await?.id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitee {
    /// A person or a group of people of the portal.
    Id(MemberId),
    /// A person by e-mail address, known to the portal or not.
    Email(String),
}

impl Invitee {
    /// Whether this member is meant.
    pub(crate) fn is(&self, member: &Member) -> bool {
        match self {
            Self::Id(id) => member.id() == Some(*id),
            Self::Email(email) => member.email().is_some_and(|known| known.eq_ignore_ascii_case(email)),
        }
    }

    /// Whether both name the same by the same means.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id(one), Self::Id(other)) => one == other,
            (Self::Email(one), Self::Email(other)) => one.eq_ignore_ascii_case(other),
            _ => false,
        }
    }
}

impl From<MemberId> for Invitee {
    fn from(id: MemberId) -> Self {
        Self::Id(id)
    }
}

impl From<PersonId> for Invitee {
    fn from(id: PersonId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<PeopleGroupId> for Invitee {
    fn from(id: PeopleGroupId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<&str> for Invitee {
    fn from(email: &str) -> Self {
        Self::Email(email.trim().to_owned())
    }
}

impl From<String> for Invitee {
    fn from(email: String) -> Self {
        email.as_str().into()
    }
}

impl std::fmt::Display for Invitee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.0.fmt(f),
            Self::Email(email) => email.fmt(f),
        }
    }
}
