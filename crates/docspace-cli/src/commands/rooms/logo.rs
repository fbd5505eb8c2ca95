//! `docspace rooms logo`.

use std::path::Path;

use clap::{ArgGroup, Args};

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::input;
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace rooms logo 17 acme.png
  docspace rooms logo 17 --cover suitcase
  docspace rooms logo 17 --remove";

/// The arguments of `docspace rooms logo`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(override_usage = "docspace rooms logo [OPTIONS] <ROOM> <FILE|--remove|--cover <COVER>>")]
#[command(group = ArgGroup::new("picture").args(["file", "remove", "cover"]).required(true))]
pub(crate) struct LogoArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Picture of at most 1280 by 1280 pixels: a PNG, JPEG, GIF or WebP file, or `-` for standard
    /// input
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// Remove the logo, so that the room shows its color
    #[arg(long)]
    remove: bool,
    /// Set the cover by the id of a built-in picture (see `docspace covers list`)
    #[arg(long, value_name = "COVER")]
    cover: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for LogoArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        let picture = self.file.as_deref().map(read).transpose()?;
        if self.dry_run.is_set() {
            let verb = if self.remove { "remove the logo of" } else { "change the logo of" };
            return Ok(self.dry_run.of_room(verb, &room.get().await?));
        }
        let unknown = UnknownOutcome::new(format!("whether room {} was changed", room.id()), hints::room(room.id()));
        let changed = match (picture, self.cover) {
            (Some((name, picture)), _) => change(&unknown, room.upload_logo(name, picture)).await,
            (None, Some(cover)) => change(&unknown, room.set_cover(cover)).await,
            (None, None) => change(&unknown, room.remove_logo()).await,
        };
        Ok(Records::Row(RoomRecord(changed.map_err(Failure::with_cover_hint)?)).into())
    }
}

/// Reads a picture, and returns its file name and its content.
fn read(path: &str) -> Result<(String, Vec<u8>), Failure> {
    let name = Path::new(path).file_name().map_or_else(|| "logo".into(), |name| name.to_string_lossy().into_owned());
    Ok((name, input::read(path)?))
}
