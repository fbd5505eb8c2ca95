//! `docspace rooms open`.

use clap::Args;
use docspace::{Portal, Room};

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape};
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace rooms open 17
  docspace rooms open 17 --no-browser";

/// The arguments of `docspace rooms open`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OpenArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Print the address instead of opening the browser, as without a terminal
    #[arg(long, short)]
    no_browser: bool,
}

/// The address of a room in the browser.
pub(crate) struct AddressRecord(String);

impl Record for AddressRecord {
    const FIELDS: &'static [Field<Self>] =
        &[Field::<Self>::column("url", "Address of the room in the browser", &|address| address.0.clone()).never_cut()];
}

impl PortalCommand for OpenArgs {
    type Record = AddressRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<AddressRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?).get().await?;
        let address = address(&session.portal, &room);
        if self.no_browser || !session.terminal.stdout || !session.terminal.can_ask() {
            return Ok(Records::Row(AddressRecord(address)).into());
        }
        open::that_detached(&address).map_err(|error| {
            Failure::local(format!("cannot open the browser: {error}")).advise(format!("open {address}"))
        })?;
        Ok(Report::from(Records::None).note(format!("opening {address} in the browser")))
    }
}

/// Returns the address of the page of a room. The web pages of the portal use these paths.
pub(super) fn address(portal: &Portal, room: &Room) -> String {
    let area = if room.is_archived() { "archived" } else { "shared" };
    let base = portal.url().as_str().trim_end_matches('/');
    format!("{base}/rooms/{area}/{id}/filter?folder={id}", id = room.id)
}
