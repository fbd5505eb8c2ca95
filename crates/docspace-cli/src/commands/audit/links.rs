//! `docspace audit links`.

use clap::Args;
use docspace::Timestamp;

use super::reported::Audit;
use crate::args::{AreaArgs, OutputArgs, RoomFilterArgs, values};
use crate::audit::links::{LinkLine, LinkRule, audit};
use crate::audit::{Reader, Selection, rules};
use crate::failure::Failure;
use crate::report::Document;

const HELP: &str = r#"Findings for --fail-on:
  link-without-expiry    A link never expires
  link-without-password  An external link works, and has no password
  editing-link           An external link works, and allows editing
  expiring-link          A link expires within the time of --soon
  expired-link           A link has expired, and is still there
  external-link          An external link works, with or without a password
  unreadable-room        The links of a room cannot be read: only its owner and its managers can

The report has the links of rooms, and not those of single folders and files.

Examples:
  docspace audit links -o links.html
  docspace audit links --type public --format markdown
  docspace audit links --fail-on link-without-expiry --fail-on unreadable-room
  docspace audit links --json room,title,expires --jq '.[] | select(.expires == null) | .title'"#;

/// The flags of `docspace audit links`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct LinksArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// Report links as expiring soon if they expire within this time, such as 30days, or before the
    /// end of a date such as 2027-01-31
    #[arg(long, value_name = "DATE", default_value = "30days", value_parser = values::date)]
    soon: Timestamp,
    /// Include the addresses of the links: everyone who has them can open the rooms
    #[arg(long)]
    with_urls: bool,
    /// Fail with exit code 9 if the report has this finding; repeat the flag for several (see
    /// below)
    #[arg(long, value_name = "RULE", value_enum, ignore_case = true, hide_possible_values = true)]
    fail_on: Vec<LinkRule>,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

impl Audit for LinksArgs {
    type Record = LinkLine;

    fn fail_on(&self) -> Vec<String> {
        self.fail_on.iter().map(rules::name).collect()
    }

    fn check(&self, output: &OutputArgs) -> Result<(), Failure> {
        if output.names("url") && !self.with_urls {
            return Err(Failure::usage("the addresses of links are left out, because they open rooms")
                .advise("add --with-urls to include them"));
        }
        Ok(())
    }

    async fn read(self, reader: &Reader<'_>) -> Result<Document<LinkLine>, Failure> {
        audit(reader, Selection { area: self.area, filter: self.filter }, self.soon, self.with_urls).await
    }
}
