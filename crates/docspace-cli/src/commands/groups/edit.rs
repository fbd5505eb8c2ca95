//! `docspace groups edit`.

use clap::Args;
use docspace::rooms::RoomGroup;
use docspace::{Room, RoomId};

use crate::args::RoomGroupName;
use crate::args::{DryRunArgs, SettingChange, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::lookup::{Kind, RoomName, read_rooms};
use crate::output::{Records, Report, Shape};
use crate::records::RoomGroupRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace groups edit Clients --name "Clients 2027"
  docspace groups edit Clients --add-room 19 --remove-room 17"#;

/// The arguments of `docspace groups edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    /// Name or id of the room group (see `docspace groups list`)
    group: RoomGroupName,
    /// Rename the room group
    #[arg(long, value_name = "NAME", value_parser = values::text, allow_hyphen_values = true)]
    name: Option<String>,
    /// Set the icon by the id of a built-in picture (see `docspace covers list`)
    #[arg(long, value_name = "COVER")]
    icon: Option<String>,
    /// Add a room by its id, title or portal address; repeat the flag to add several
    #[arg(long = "add-room", value_name = "ROOM")]
    add_rooms: Vec<RoomName>,
    /// Remove a room by its id, title or portal address; repeat the flag to remove several
    #[arg(long = "remove-room", value_name = "ROOM")]
    remove_rooms: Vec<RoomName>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl EditArgs {
    /// Returns the changes, for a dry run.
    fn changes(&self, group: &RoomGroup, add: &[Room], remove: &[RoomId]) -> Vec<SettingChange> {
        let old: Vec<&Room> = group.rooms.iter().flatten().collect();
        let is_new = |room: &&Room| old.iter().all(|known| known.id != room.id);
        let new = old.iter().copied().chain(add.iter().filter(is_new)).filter(|room| !remove.contains(&room.id));
        let titles = |rooms: Vec<&Room>| {
            let titles = rooms.iter().map(|room| format!("“{}”", room.title)).collect::<Vec<_>>().join(", ");
            Some(titles).filter(|titles| !titles.is_empty())
        };
        let rooms = (titles(new.collect()), titles(old.clone()));
        let mut changes = Vec::new();
        if let Some(name) = &self.name {
            changes.push(SettingChange { setting: "name", old: Some(group.name.clone()), new: Some(name.clone()) });
        }
        if let Some(icon) = &self.icon {
            changes.push(SettingChange { setting: "icon", old: Some(group.icon.id.clone()), new: Some(icon.clone()) });
        }
        if !(add.is_empty() && remove.is_empty()) {
            changes.push(SettingChange { setting: "rooms", old: rooms.1, new: rooms.0 });
        }
        changes
    }
}

impl PortalCommand for EditArgs {
    type Record = RoomGroupRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        let changes_rooms = !(self.add_rooms.is_empty() && self.remove_rooms.is_empty());
        if self.name.is_some() || self.icon.is_some() || changes_rooms {
            return Ok(());
        }
        Err(Failure::usage("there is nothing to change").advise("give --name, --icon, --add-room or --remove-room"))
    }

    async fn run(self, session: &Session) -> Result<Report<RoomGroupRecord>, Failure> {
        let groups = session.portal.room_groups();
        let portal = &session.portal;
        let id = self.group.id(portal).await?;
        let (add, remove) = (
            RoomName::find_all(&self.add_rooms, portal, Kind::Room).await?,
            RoomName::find_all(&self.remove_rooms, portal, Kind::Room).await?,
        );
        if self.dry_run.is_set() {
            let group = groups.get(id).await?;
            let changes = self.changes(&group, &read_rooms(portal, &add).await?, &remove);
            return Ok(self.dry_run.with_values(&format!("change the room group “{}”", group.name), &changes));
        }
        let unknown = UnknownOutcome::new(format!("whether room group {id} was changed"), hints::ROOM_GROUPS);
        if let Some(name) = self.name {
            change(&unknown, groups.rename(id, name)).await?;
        }
        if let Some(icon) = self.icon {
            change(&unknown, groups.set_icon(id, icon)).await.map_err(Failure::with_cover_hint)?;
        }
        if !add.is_empty() {
            change(&unknown, groups.add(id, &add)).await?;
        }
        if !remove.is_empty() {
            change(&unknown, groups.remove(id, &remove)).await?;
        }
        Ok(Records::Row(RoomGroupRecord(groups.get(id).await?)).into())
    }
}
