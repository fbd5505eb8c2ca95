//! `docspace audit events`.

use clap::Args;
use docspace::audit::{AuditAction, ListAuditEvents};
use futures::TryStreamExt;

use super::action;
use crate::args::{PeriodArgs, PersonName};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::lookup::{Kind, RoomName};
use crate::output::{Listing, Records, Report, Shape};
use crate::records::AuditEventRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace audit events --since 7days
  docspace audit events --room 17 --action RoomExternalLinkUpdated
  docspace audit events --person ann@example.com --json time,action,text

Actions have the names that the column `action` shows. --room means the room
itself: its settings, members, links and tags. `docspace history` also lists
what happened to its folders and files.

Only administrators can list events. The command fails on a portal without an
audit trail: such a portal ignores all filters and returns its last 20 events.";

/// The flags of `docspace audit events`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EventsArgs {
    /// List only events of this room: id, title or portal address
    #[arg(long, value_name = "ROOM")]
    room: Option<RoomName>,
    /// List only events of this person: e-mail address or id
    #[arg(long, value_name = "PERSON")]
    person: Option<PersonName>,
    /// List only events of this action; repeat the flag for several actions
    #[arg(long, value_name = "ACTION", value_parser = action::parse)]
    action: Vec<AuditAction>,
    #[command(flatten)]
    period: PeriodArgs,
}

impl PortalCommand for EventsArgs {
    type Record = AuditEventRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        self.period.check()
    }

    async fn run(self, session: &Session) -> Result<Report<AuditEventRecord>, Failure> {
        let mut list = session.portal.audit().events();
        if let Some(room) = &self.room {
            list = list.room(room.find(&session.portal, Kind::Room).await?);
        }
        if let Some(person) = &self.person {
            list = list.person(person.id(&session.portal).await?);
        }
        let list = self.action.into_iter().fold(list, ListAuditEvents::action);
        let list = list
            .with_option(self.period.since, ListAuditEvents::since)
            .with_option(self.period.until, ListAuditEvents::until);
        let events = Listing::new("events", list.stream().map_ok(AuditEventRecord), session.terminal);
        Ok(Records::Streamed(events.limit(self.period.limit)).into())
    }
}
