//! `docspace audit access`.

use clap::Args;
use docspace::Timestamp;

use super::reported::Audit;
use crate::args::people::PersonName;
use crate::args::{AreaArgs, RoomFilterArgs, values};
use crate::audit::access::{AccessLine, AccessRule, audit};
use crate::audit::{Reader, Selection, rules};
use crate::failure::Failure;
use crate::report::Document;

const HELP: &str = r#"Findings for --fail-on:
  external-link    An external link opens a room without an account
  disabled-member  A member has a disabled account
  pending-member   A member has not accepted the invitation
  guest-in-room    A member is a guest
  group-in-room    A member is a people group
  unreadable-room  The members or links of a room cannot be read

The report has the links of rooms, and not those of single folders and files.

Examples:
  docspace audit access -o access.html
  docspace audit access --person ann@acme.com
  docspace audit access --tag client --fail-on guest-in-room --format csv -o access.csv
  docspace audit access --json room,email,access --jq '.[] | select(.access == "room-manager")'"#;

/// The flags of `docspace audit access`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct AccessArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// Report only the rooms that this person can open, also through people groups: an e-mail
    /// address or an id
    #[arg(long, value_name = "PERSON")]
    person: Option<PersonName>,
    /// Report links as expiring soon if they expire within this time, such as 30days, or before the
    /// end of a date such as 2027-01-31
    #[arg(long, value_name = "DATE", default_value = "30days", value_parser = values::date)]
    soon: Timestamp,
    /// Fail with exit code 9 if the report has this finding; repeat the flag for several (see
    /// below)
    #[arg(long, value_name = "RULE", value_enum, ignore_case = true, hide_possible_values = true)]
    fail_on: Vec<AccessRule>,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

impl Audit for AccessArgs {
    type Record = AccessLine;

    fn fail_on(&self) -> Vec<String> {
        self.fail_on.iter().map(rules::name).collect()
    }

    async fn read(self, reader: &Reader<'_>) -> Result<Document<AccessLine>, Failure> {
        let selection = Selection { area: self.area, filter: self.filter };
        audit(reader, selection, self.soon, self.person.as_ref()).await
    }
}
