//! Writes a table of the files and folders that changed in the rooms with a tag since a date, and
//! uploads it into a room for reports.

use contract::target::Target;
use docspace::{Portal, Result, RoomRef, RoomType, Timestamp};
use futures::TryStreamExt;

use crate::fixture::files;

/// Returns the table that was uploaded.
async fn report_changes(portal: &Portal, tag: &str, since: Timestamp, reports: impl Into<RoomRef>) -> Result<String> {
    let mut table = String::from("room,day,change,entry,person\n");
    let mut rooms = portal.rooms().list().tag(tag).stream();
    while let Some(room) = rooms.try_next().await? {
        let mut history = portal.room(&room).history().since(since).stream();
        while let Some(event) = history.try_next().await? {
            let is_content = event.action.key.starts_with("File") || event.action.key.starts_with("Folder");
            let (true, Some(data)) = (is_content, event.data) else { continue };
            let entry = data.title.or(data.new_title).unwrap_or_default();
            let cells = [
                room.title.clone(),
                event.date.date().to_string(),
                event.action.key,
                entry,
                event.initiator.display_name,
            ];
            table += &format!("{}\n", cells.map(|cell| quoted(&cell)).join(","));
        }
    }
    let name = format!("changes since {}.csv", since.date());
    portal.room(reports).upload(name, table.clone()).send().await?;
    Ok(table)
}

/// A cell of a CSV table.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[tokio::test]
async fn report_has_the_changes_of_tagged_rooms_since_a_date() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let reports = portal.rooms().create("Reports", RoomType::Custom).send().await.unwrap();
        let deal = portal.rooms().create("Deal", RoomType::Custom).tags(["contracts"]).send().await.unwrap();
        let other = portal.rooms().create("Other", RoomType::Custom).send().await.unwrap();
        portal.room(&other).upload("other.txt", "x").send().await.unwrap();
        portal.room(&deal).upload("early.txt", "x").send().await.unwrap();
        let week = std::time::Duration::from_secs(7 * 86_400);
        mock.advance(week);
        let since = Timestamp::in_days(6);

        let folder = portal.room(&deal).folders().create("Annex").await.unwrap();
        let file = portal.folder(&folder).upload("plan.txt", "x").send().await.unwrap();
        mock.advance(std::time::Duration::from_secs(60));
        let renamed = portal.file(&file).rename("plan, signed").await.unwrap();
        portal.room(&deal).add_tags(["urgent"]).await.unwrap();

        let table = report_changes(&portal, "contracts", since, &reports).await.unwrap();
        let me = portal.me().await.unwrap().display_name;
        let line = |change: &str, entry: &str, date: Timestamp| {
            format!("\"Deal\",\"{}\",\"{change}\",\"{entry}\",\"{me}\"", date.date())
        };
        let lines: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!((lines.len(), &*renamed.title), (3, "plan, signed.txt"), "{table}");
        assert_eq!(lines[0], line("FileRenamed", &renamed.title, renamed.updated));
        assert!(lines.contains(&&*line("FileUploaded", "plan.txt", file.created)), "{table}");
        assert!(lines.contains(&&*line("FolderCreated", "Annex", folder.created)), "{table}");
        let uploaded = files(portal.room(&reports).content()).await;
        assert_eq!(uploaded[0].title, format!("changes since {}.csv", since.date()));
        assert_eq!(uploaded[0].size(), u64::try_from(table.len()).unwrap());
    })
    .await;
}
