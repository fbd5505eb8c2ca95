//! `docspace quotas set`.

use clap::Args;
use docspace::{Room, RoomId};

use crate::args::values::{self, Quota};
use crate::args::{DryRunArgs, RoomsArg, described};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::lookup::read_rooms;
use crate::output::{Records, Report, Shape};
use crate::records::QuotaRecord;
use crate::session::Session;
use crate::terminal::print_message;

const EXAMPLES: &str = r"Examples:
  docspace quotas set 2GiB 17 18
  docspace quotas set unlimited 17
  docspace quotas set default 17 --dry-run";

/// A new storage limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NewQuota {
    /// The default of the portal.
    Default,
    Quota(Quota),
}

fn new_quota(text: &str) -> Result<NewQuota, String> {
    if text.trim().eq_ignore_ascii_case("default") {
        return Ok(NewQuota::Default);
    }
    values::quota(text.trim()).map(NewQuota::Quota).map_err(|error| format!("{error}, or `default`"))
}

/// The arguments of `docspace quotas set`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SetArgs {
    /// Storage limit of each room: a size such as 2GiB, a number of bytes, `unlimited`, or
    /// `default` for the limit that the portal sets
    #[arg(value_name = "SIZE", value_parser = new_quota)]
    quota: NewQuota,
    #[command(flatten)]
    rooms: RoomsArg,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for SetArgs {
    type Record = QuotaRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<QuotaRecord>, Failure> {
        let rooms = session.portal.rooms();
        let ids = self.rooms.find(session).await?;
        if self.dry_run.is_set() {
            let rooms = read_rooms(&session.portal, &ids).await?;
            let limit = |room: &Room| match room.quota_limit {
                None => "none".to_owned(),
                Some(bytes) => u64::try_from(bytes).map_or(Quota::Unlimited, Quota::Bytes).to_string(),
            };
            let new = match self.quota {
                NewQuota::Default => "the default of the portal".to_owned(),
                NewQuota::Quota(quota) => quota.to_string(),
            };
            let values: Vec<_> =
                rooms.iter().map(|room| format!("{}: {} → {new}", described(room), limit(room))).collect();
            let noun = if rooms.len() == 1 { "limit" } else { "limits" };
            return Ok(self.dry_run.with_values(&format!("change the storage {noun}"), &values));
        }
        let many = rooms.many(&ids);
        let bulk = match self.quota {
            NewQuota::Default => many.reset_quota(),
            NewQuota::Quota(Quota::Bytes(bytes)) => many.set_quota(bytes),
            NewQuota::Quota(Quota::Unlimited) => many.remove_quota(),
        };
        let outcomes = bulk.finish().await;
        let mut done = outcomes.done;
        done.sort_by_key(|(id, _)| ids.iter().position(|other| other == id));
        if done.iter().any(|(_, room)| room.quota_limit.is_none()) {
            print_message("room quotas are turned off on this portal, so the limits have no effect");
        }
        let failed = outcomes.failed.into_iter().map(|(id, error)| failure(&id, error).of(&id)).collect();
        let message = |count| format!("the storage limit of {count} rooms was not changed");
        let records = Records::List(done.into_iter().map(|(_, room)| QuotaRecord(room)).collect());
        Ok(Report::from(records).failing(Failure::combined(failed, message, session.terminal.json_failures)))
    }
}

fn failure(id: &RoomId, error: docspace::Error) -> Failure {
    UnknownOutcome::new(format!("whether the storage limit of room {id} was changed"), hints::room(id)).classify(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_can_be_set_to_the_default() {
        assert_eq!(new_quota("Default"), Ok(NewQuota::Default));
        assert_eq!(new_quota("2KiB"), Ok(NewQuota::Quota(Quota::Bytes(2048))));
        assert!(new_quota("much").is_err());
    }
}
