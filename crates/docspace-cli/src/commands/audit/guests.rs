//! `docspace audit guests`.

use clap::Args;

use super::reported::Audit;
use crate::args::{AreaArgs, RoomFilterArgs};
use crate::audit::guests::{GuestLine, GuestRule, audit};
use crate::audit::{Reader, Selection, rules};
use crate::failure::Failure;
use crate::report::Document;

const HELP: &str = r#"Findings for --fail-on:
  guest-without-room  A guest is in none of the selected rooms
  pending-guest       A guest has not accepted the invitation
  disabled-guest      A guest has a disabled account
  guest-in-room       A guest is a member of a room
  unreadable-room     The members of a room, or some guests of the portal, cannot be read

Examples:
  docspace audit guests --all -o guests.html
  docspace audit guests --all --fail-on guest-without-room
  docspace audit guests --json email,room --jq '.[] | select(.room == null) | .email'"#;

/// The flags of `docspace audit guests`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct GuestsArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// Fail with exit code 9 if the report has this finding; repeat the flag for several (see
    /// below)
    #[arg(long, value_name = "RULE", value_enum, ignore_case = true, hide_possible_values = true)]
    fail_on: Vec<GuestRule>,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

impl Audit for GuestsArgs {
    type Record = GuestLine;

    fn fail_on(&self) -> Vec<String> {
        self.fail_on.iter().map(rules::name).collect()
    }

    async fn read(self, reader: &Reader<'_>) -> Result<Document<GuestLine>, Failure> {
        audit(reader, Selection { area: self.area, filter: self.filter }).await
    }
}
