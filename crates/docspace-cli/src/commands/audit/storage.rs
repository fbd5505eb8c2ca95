//! `docspace audit storage`.

use clap::Args;

use super::reported::Audit;
use crate::args::{AreaArgs, RoomFilterArgs};
use crate::audit::storage::{StorageLine, StorageRule, audit};
use crate::audit::{Reader, Selection, rules};
use crate::failure::Failure;
use crate::report::Document;

const HELP: &str = r#"Findings for --fail-on:
  room-over-quota     A room uses more than its limit
  room-nearly-full    A room uses more than --over of its limit, but not more than the limit
  portal-nearly-full  The portal uses more than --over of its limit
  room-without-quota  A room has no limit
  unreadable-room     The used space of a room or of the portal cannot be read

Examples:
  docspace audit storage
  docspace audit storage --all --over 90% -o storage.html
  docspace audit storage --fail-on room-over-quota --fail-on room-nearly-full
  docspace audit storage --json room,used --jq 'map(.used // 0) | add'"#;

/// The flags of `docspace audit storage`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct StorageArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// Report a room as nearly full if it uses more than this percentage of its limit
    #[arg(long, value_name = "PERCENT", default_value = "80%", value_parser = percent)]
    over: u32,
    /// Fail with exit code 9 if the report has this finding; repeat the flag for several (see
    /// below)
    #[arg(long, value_name = "RULE", value_enum, ignore_case = true, hide_possible_values = true)]
    fail_on: Vec<StorageRule>,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

/// Parses a number of percent, with or without the sign.
fn percent(text: &str) -> Result<u32, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
    number
        .filter(|percent| (1..=100).contains(percent))
        .ok_or_else(|| "not a number of percent from 1 to 100: use a form such as 80%".to_owned())
}

impl Audit for StorageArgs {
    type Record = StorageLine;

    fn fail_on(&self) -> Vec<String> {
        self.fail_on.iter().map(rules::name).collect()
    }

    async fn read(self, reader: &Reader<'_>) -> Result<Document<StorageLine>, Failure> {
        audit(reader, Selection { area: self.area, filter: self.filter }, self.over).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_a_number_from_1_to_100() {
        assert_eq!((percent("80%"), percent(" 100 ")), (Ok(80), Ok(100)));
        for text in ["0", "101%", "-1", "much", ""] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
