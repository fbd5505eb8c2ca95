//! `docspace rooms create`.

use clap::Args;
use docspace::{RoomId, RoomType};

use super::outcome;
use crate::args::{ApplyTo, DryRunArgs, RoomSettingsArgs, flag, values};
use crate::command::{PortalCommand, RowsCommand};
use crate::commands::contents::TreeFile;
use crate::commands::new_rooms::{Defaults, FileArgs, NewRoomRecord, NewRooms, Source, columns_help, room_titled};
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::text::{counted, kebab};
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace rooms create "Audit 2026" --type custom --tag audit
  docspace rooms create Deal --type virtual-data --folders tree.txt
  id=$(docspace rooms create Deal --type virtual-data --deny-download | cut -f1)
  docspace rooms create --file clients.csv --type custom --tag client --dry-run
  docspace rooms create --file clients.csv --type custom --if-missing --json title,url

To create rooms from a template, use `docspace templates use`."#;

/// The line of the help about the column that only these rooms have.
const TYPE_COLUMN: &str = "  type                 Type of the room (default: --type)\n";

/// The arguments of `docspace rooms create`.
#[derive(Debug, Args)]
#[command(
    override_usage = "docspace rooms create [OPTIONS] --type <TYPE> <TITLE>\n       docspace rooms create [OPTIONS] --file <FILE>"
)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", columns_help(TYPE_COLUMN)))]
#[command(mut_arg("quota", |arg| {
    arg.help("Set the storage limit: a size such as 2GiB, a number of bytes, or `unlimited` (default: the limit in the \
         settings of the portal)")
}))]
#[command(mut_arg("indexing", |arg| flag(arg).help("Number the files and folders in the room")))]
#[command(mut_arg("deny_download", |arg| {
    flag(arg).help("Prevent members with view-only access from downloading, copying and printing")
}))]
pub(crate) struct CreateArgs {
    /// Title of the room
    #[arg(value_parser = values::text, required_unless_present = "file", conflicts_with = "file")]
    title: Option<String>,
    /// Set the type of the room
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true, required_unless_present = "file")]
    room_type: Option<RoomType>,
    #[command(flatten)]
    settings: RoomSettingsArgs,
    /// Create no second room if an active one has the same title and type, but create its missing
    /// --folders (default: create the room)
    #[arg(long)]
    if_missing: bool,
    /// Create the folders of this text file in the room, one on each line, as a path or indented
    /// below its parent; `-` reads standard input
    #[arg(long, value_name = "PATH", conflicts_with = "file")]
    folders: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    file: FileArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let (Some(title), Some(room_type)) = (self.title, self.room_type) else {
            return Err(Failure::usage("the title or the type of the room is missing").advise("give both, or --file"));
        };
        let folders = self.folders.as_deref().map(TreeFile::read).transpose()?;
        if self.if_missing
            && let Some(room) = room_titled(&session.portal, &title, room_type).await?
        {
            let exists = format!("room {} “{}” exists already", room.id, room.title);
            let missing = match folders {
                Some(TreeFile(paths)) => session.portal.room(&room.id).folders().missing(paths).await?,
                None => Vec::new(),
            };
            if missing.is_empty() {
                let note = format!("{exists}, so nothing was created");
                return Ok(Report::from(Records::Row(RoomRecord(room))).note(note));
            }
            if self.dry_run.is_set() {
                let what = format!(
                    "create {} in room {} “{}”",
                    counted(missing.len(), "folder", "folders"),
                    room.id,
                    room.title
                );
                return Ok(self.dry_run.with_values(&what, &missing));
            }
            create_folders(session, &room.id, &missing).await?;
            let note = format!("{exists}; created {} in it", counted(missing.len(), "folder", "folders"));
            return Ok(Report::from(Records::Row(RoomRecord(room))).note(note));
        }
        if self.dry_run.is_set() {
            let room_type = kebab(&room_type.to_string());
            let what = format!("create the {room_type} room “{title}”");
            let folders = folders.map(|tree| format!("folders: {}", tree.0.join(", ")));
            let values: Vec<String> = self.settings.values().iter().map(ToString::to_string).chain(folders).collect();
            return Ok(self.dry_run.with_values(&what, &values));
        }
        let question = format!("whether the room “{title}” was created");
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&title));
        let room = session.portal.rooms().create(&title, room_type);
        let quota = self.settings.shared.quota;
        let call = self.settings.apply_to(room).send();
        let room = change(&unknown, call).await.map_err(Failure::with_cover_hint)?;
        if let Some(TreeFile(paths)) = folders {
            let created = create_folders(session, &room.id, &paths).await;
            created.map_err(|failure| failure.after_change(&format!("room {} was created", room.id)))?;
        }
        Ok(outcome::report(room, Some(&title), quota))
    }
}

async fn create_folders(session: &Session, id: &RoomId, paths: &[String]) -> Result<(), Failure> {
    let question = format!("which folders room {id} has");
    let unknown = UnknownOutcome::new(question, format!("docspace folders list {id} --recursive"));
    change(&unknown, session.portal.room(id).folders().create_tree(paths)).await.map(drop)
}

impl RowsCommand for CreateArgs {
    type Row = NewRoomRecord;

    fn has_file(&self) -> bool {
        self.file.path().is_some()
    }

    async fn run_rows(self, session: &Session) -> Result<Report<NewRoomRecord>, Failure> {
        let defaults = Defaults { room_type: self.room_type, settings: self.settings };
        let new = NewRooms::read(&self.file, Source::Settings, &defaults, self.if_missing, session).await?;
        new.create(&self.dry_run, session).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::args::SettingsArgs;
    use crate::output::Records;
    use crate::testing::{mock_session, parse, parsed};

    #[test]
    fn flags_are_parsed_into_settings() {
        let create: CreateArgs =
            parsed(&["Audit", "--type", "custom", "--tag", "a", "--tag", "b", "--quota", "1KiB", "--indexing"]);
        assert_eq!((create.title.as_deref(), create.room_type), (Some("Audit"), Some(RoomType::Custom)));
        let tags = Some(vec!["a".to_owned(), "b".to_owned()]);
        let shared = SettingsArgs { tags, quota: Some(values::Quota::Bytes(1024)), ..SettingsArgs::default() };
        assert_eq!(create.settings, RoomSettingsArgs { shared, indexing: Some(true), ..RoomSettingsArgs::default() });
    }

    #[test]
    fn switches_of_create_take_no_value() {
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--indexing=off"]).is_err());
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--deny-download", "on"]).is_err());
    }

    #[tokio::test]
    async fn existing_room_gets_its_missing_folders() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", RoomType::Custom).send().await.expect("a room");
        let folders = session.portal.room(&room).folders();
        folders.create("A").await.expect("a folder");
        let tree = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(tree.path(), "A\n  B\nC\n").expect("a file");
        let tree = tree.path().display().to_string();
        let create: CreateArgs = parsed(&["Audit", "--type", "custom", "--if-missing", "--folders", &tree]);
        let report = create.run(&session).await.expect("a room");
        let Records::Row(RoomRecord(found)) = report.records else { panic!("one room is reported") };
        assert_eq!(found.id, room.id);
        let paths: Vec<String> = folders.tree().await.expect("folders").into_iter().map(|entry| entry.path).collect();
        assert_eq!(paths, ["A", "A/B", "C"]);
    }

    #[tokio::test]
    async fn room_is_created_with_the_given_settings_only() {
        let (mock, session) = mock_session().await;
        let create: CreateArgs = parsed(&["Audit", "--type", "custom", "--color", "FF5733", "--deny-download"]);
        let report = create.run(&session).await.expect("a room");
        let Records::Row(RoomRecord(room)) = report.records else { panic!("one room is reported") };
        assert_eq!((&*room.title, room.deny_download), ("Audit", true));
        let sent = mock.requests().pop().and_then(|request| request.json()).expect("a body");
        let expected = json!({"title": "Audit", "roomType": 5, "color": "FF5733", "denyDownload": true});
        assert_eq!(sent, expected, "settings without a flag are not sent");
    }
}
