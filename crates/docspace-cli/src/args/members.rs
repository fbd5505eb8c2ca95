//! The arguments that commands for members share.

use clap::builder::TypedValueParser;
use clap::{Args, value_parser};
use docspace::members::Invitee;
use docspace::{Access, Portal};

use super::people::{PeopleGroupName, PersonName};
use super::values;
use crate::failure::Failure;

/// All accesses that a member can have, the strongest first. The type of the room limits them
/// further.
const MEMBER_ACCESSES: [Access; 7] = [
    Access::RoomManager,
    Access::ContentCreator,
    Access::Editing,
    Access::Review,
    Access::Comment,
    Access::FillForms,
    Access::Read,
];

/// Parses the access of a member.
pub(crate) fn member_access() -> impl TypedValueParser<Value = Access> {
    values::access(&MEMBER_ACCESSES)
}

/// The people and people groups that a command is about.
#[derive(Debug, Args)]
pub(crate) struct InviteesArgs {
    /// E-mail addresses or ids of the people
    #[arg(value_name = "PERSON", required_unless_present = "groups")]
    people: Vec<PersonName>,
    /// Name or id of a people group; repeat the flag for several groups
    #[arg(long = "group", value_name = "GROUP", value_parser = value_parser!(PeopleGroupName))]
    groups: Vec<PeopleGroupName>,
}

impl InviteesArgs {
    /// Returns the people and people groups, in their order. Looks up the names of groups.
    pub(crate) async fn resolve(&self, portal: &Portal) -> Result<Vec<Invitee>, Failure> {
        let mut all: Vec<Invitee> = self.people.iter().map(Invitee::from).collect();
        all.extend(PeopleGroupName::ids(&self.groups, portal).await?.into_iter().map(Invitee::from));
        Ok(all)
    }
}
