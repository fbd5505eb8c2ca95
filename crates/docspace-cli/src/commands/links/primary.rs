//! `docspace links primary`.

use clap::Args;

use super::scope::read_owner;
use super::{link_name, rules};
use crate::args::{DryRunArgs, LinkPlace};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace links primary 17 --json url --jq .url
  docspace links primary 17 --create
  docspace links primary file:5 --create";

/// The arguments of `docspace links primary`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PrimaryArgs {
    /// Id, title or portal address of the room (see `docspace rooms list`), or `folder:ID` or
    /// `file:ID` for the links of a folder or file
    #[arg(value_name = "ROOM")]
    room: LinkPlace,
    /// Create the link if there is none; everyone who has it can then read the room,
    /// folder or file
    #[arg(long)]
    create: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for PrimaryArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let (owner, links) = read_owner(&self.room, session).await?;
        let record = |link| LinkRecord(link, owner.only());
        let missing = match link_name::primary(&owner, &links) {
            Ok(link) => return Ok(Records::Row(record(link.clone())).into()),
            Err(failure) => failure,
        };
        if !self.create {
            return Err(missing);
        }
        if self.dry_run.is_set() {
            if !rules::has_external_links(&owner) {
                let advice = match owner.room() {
                    Some(_) => "create an invitation link with `docspace links create --invite`",
                    None => "move it to a room of another type, or share the room",
                };
                return Err(Failure::usage(format!("{} cannot have external links", owner.kind())).advise(advice));
            }
            let what = owner.describe();
            return Ok(self
                .dry_run
                .report(&format!("create the primary link of {what}, with which everyone can read it")));
        }
        let question = "whether the primary link was created";
        let unknown = UnknownOutcome::new(question, hints::links_of(&owner.id().argument()));
        let link = change(&unknown, owner.links(&session.portal).primary()).await?;
        let note = format!(
            "created the primary link: everyone who has it can read the {}, without a password, until it is revoked",
            owner.noun()
        );
        Ok(Report::from(Records::Row(record(link))).note(note))
    }
}
