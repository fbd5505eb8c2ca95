//! `docspace rooms create`.

use clap::Args;
use docspace::RoomType;

use crate::args::{ApplyTo, RoomSettingsArgs, flag, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms create "Audit 2026" --type custom --tag audit
  id=$(docspace rooms create Deal --type virtual-data --deny-download | cut -f1)"#;

/// The room to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("quota", |arg| arg.help("The most it may hold, such as 2GiB, or `unlimited`; as the portal is set otherwise")))]
#[command(mut_arg("indexing", |arg| flag(arg).help("Number its entries")))]
#[command(mut_arg("deny_download", |arg| flag(arg).help("Keep members who only view from downloading, copying and printing")))]
pub(crate) struct CreateArgs {
    /// Its title
    title: String,
    /// What it is for
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    kind: RoomType,
    #[command(flatten)]
    settings: RoomSettingsArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let question = format!("whether the room “{}” was made", self.title.trim());
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&self.title));
        let room = session.portal.rooms().create(self.title, self.kind);
        let room = self.settings.apply_to(room).send().await.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(RoomRecord(room)).into())
    }
}
