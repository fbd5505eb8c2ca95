//! `docspace people list`.

use clap::{Args, ValueEnum};
use docspace::people::{PersonStatus, PersonType};
use futures::TryStreamExt;

use crate::args::people::{PeopleGroupName, PersonName, person_type};
use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::PersonRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace people list --type room-admin
  docspace people list --status pending
  docspace people list --group Auditors --json email --jq '.[].email'";

/// The people to list.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Status {
    Active,
    Pending,
    Disabled,
    All,
}

/// The flags of `docspace people list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List people with this status: pending people have not accepted their invitation yet
    #[arg(long, value_name = "STATUS", value_enum, default_value = "active", ignore_case = true)]
    status: Status,
    /// List only people of this type; repeat the flag to include other types
    #[arg(long = "type", value_name = "TYPE", value_parser = person_type(), ignore_case = true)]
    person_types: Vec<PersonType>,
    /// List only people whose name or e-mail address contains this text
    #[arg(long, value_name = "TEXT", value_parser = values::text, allow_hyphen_values = true)]
    search: Option<String>,
    /// List only people in the people group with this name or id
    #[arg(long, value_name = "GROUP")]
    group: Option<PeopleGroupName>,
    /// List only people that this person has invited
    #[arg(long, value_name = "PERSON")]
    invited_by: Option<PersonName>,
    /// List at most this many people (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ListArgs {
    type Record = PersonRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<PersonRecord>, Failure> {
        let portal = &session.portal;
        let mut list = portal.people().list().status(match self.status {
            Status::Active => PersonStatus::Active,
            Status::Pending => PersonStatus::Pending,
            Status::Disabled => PersonStatus::Terminated,
            Status::All => PersonStatus::All,
        });
        list = self.person_types.into_iter().fold(list, |list, person_type| list.person_type(person_type));
        if let Some(text) = self.search {
            list = list.search(text);
        }
        if let Some(group) = self.group {
            list = list.group(group.id(portal).await?);
        }
        if let Some(person) = self.invited_by {
            list = list.invited_by(person.id(portal).await?);
        }
        let total = list.clone();
        let people = Listing::new("people", list.stream().map_ok(PersonRecord), session.terminal);
        Ok(Records::Streamed(people.limit(self.limit).total(async move { total.total().await })).into())
    }
}
