//! `docspace rooms logo`.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

/// Maximum size of a picture in bytes, so that a wrong file is not read into memory.
const MAX_PICTURE_SIZE: u64 = 64 << 20;

const EXAMPLES: &str = r"Examples:
  docspace rooms logo 17 acme.png
  docspace rooms logo 17 --cover suitcase
  docspace rooms logo 17 --remove";

/// The arguments of `docspace rooms logo`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogoArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Picture of at most 1280 by 1280 pixels: a PNG, JPEG, GIF or WebP file, or `-` for standard
    /// input
    #[arg(value_name = "FILE", required_unless_present_any = ["remove", "cover"])]
    file: Option<PathBuf>,
    /// Remove the logo, so that the room shows its color
    #[arg(long, conflicts_with_all = ["file", "cover"])]
    remove: bool,
    /// Set the cover by the id of a built-in picture (see `docspace covers list`)
    #[arg(long, value_name = "COVER", conflicts_with = "file")]
    cover: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for LogoArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.room);
        let picture = self.file.as_deref().map(read).transpose()?;
        if self.dry_run.is_set() {
            let verb = if self.remove { "remove the logo of" } else { "change the logo of" };
            return Ok(self.dry_run.of_room(verb, &room.get().await?));
        }
        let unknown = UnknownOutcome::new(format!("whether room {} was changed", room.id()), hints::room(room.id()));
        let is_cover = self.cover.is_some();
        let changed = match (picture, self.cover) {
            (Some((name, picture)), _) => room.upload_logo(name, picture).await,
            (None, Some(cover)) => room.set_cover(cover).await,
            (None, None) => room.remove_logo().await,
        };
        let changed = changed.map_err(|error| {
            let is_unknown_cover = is_cover && error.is_invalid() && error.status() == Some(400);
            let failure = unknown.classify(error);
            if is_unknown_cover { failure.advise("`docspace covers list` lists the pictures") } else { failure }
        })?;
        Ok(Records::Row(RoomRecord(changed)).into())
    }
}

/// Reads a picture, and returns its file name and its content.
fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let mut picture = Vec::new();
    let outcome = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MAX_PICTURE_SIZE + 1).read_to_end(&mut picture)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_PICTURE_SIZE + 1).read_to_end(&mut picture))
    };
    let name = path.display();
    match outcome {
        Ok(_) if u64::try_from(picture.len()).is_ok_and(|size| size <= MAX_PICTURE_SIZE) => {
            let name = path.file_name().map_or_else(|| "logo".into(), |name| name.to_string_lossy().into_owned());
            Ok((name, picture))
        }
        Ok(_) => Err(Failure::usage(format!("{name} is too large for a logo"))
            .advise("use a picture of at most 1280 by 1280 pixels")),
        Err(error) => Err(Failure::usage(format!("cannot read the picture {name}: {error}"))
            .advise("give the path of a PNG, JPEG, GIF or WebP file")),
    }
}
