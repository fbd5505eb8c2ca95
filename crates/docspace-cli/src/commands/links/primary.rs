//! `docspace links primary`.

use clap::Args;
use docspace::links::LinkRules;

use super::link_name;
use super::scope::read_room;
use crate::args::DryRunArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::lookup::RoomName;
use crate::output::{Records, Report, Shape};
use crate::records::{LinkRecord, LinkRoom};
use crate::session::Session;
use crate::text::kebab;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace links primary 17 --json url --jq .url
  docspace links primary 17 --create";

/// The arguments of `docspace links primary`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PrimaryArgs {
    /// Id, title or portal address of the room (see `docspace rooms list`)
    #[arg(value_name = "ROOM")]
    room: RoomName,
    /// Create the link if there is none; everyone who has it can then read the room
    #[arg(long)]
    create: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for PrimaryArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let (room, links) = read_room(&self.room, session).await?;
        let record = |link| LinkRecord(link, LinkRoom::only(&room));
        let missing = match link_name::primary(&room.id, &links) {
            Ok(link) => return Ok(Records::Row(record(link.clone())).into()),
            Err(failure) => failure,
        };
        if !self.create {
            return Err(missing);
        }
        if self.dry_run.is_set() {
            if LinkRules::of(room.room_type).is_some_and(|rules| !rules.has_primary()) {
                let name = kebab(&room.room_type.to_string());
                return Err(Failure::usage(format!("rooms of type {name} cannot have external links"))
                    .advise("create an invitation link with `docspace links create --invite`"));
            }
            let of_room = format!("room {} “{}”", room.id, room.title);
            return Ok(self
                .dry_run
                .report(&format!("create the primary link of {of_room}, with which everyone can read it")));
        }
        let unknown = UnknownOutcome::new("whether the primary link was created", hints::links_of(&room.id));
        let link = change(&unknown, session.portal.room(&room).links().primary()).await?;
        let note =
            "created the primary link: everyone who has it can read the room, without a password, until it is revoked";
        Ok(Report::from(Records::Row(record(link))).note(note))
    }
}
