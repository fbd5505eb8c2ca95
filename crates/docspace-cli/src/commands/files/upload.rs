//! `docspace files upload`.

use std::collections::HashSet;
use std::path::Path;

use clap::{Args, ValueEnum};
use docspace::folders::{self, FolderHandle};

use crate::args::DryRunArgs;
use crate::command::PortalCommand;
use crate::commands::contents::PlaceArg;
use crate::failure::{Failure, UnknownOutcome};
use crate::input;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::FileRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace files upload "Audit 2026" plan.docx notes.txt
  docspace files upload 17 report.pdf --if-exists second-file
  docspace rooms list --json id,title | docspace files upload 17 - --name rooms.json"#;

/// What happens to a file with the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum IfExists {
    /// Add a new version of the file
    NewVersion,
    /// Add a second file with a title such as `plan (1).docx`
    SecondFile,
    /// Upload none of the files, and fail
    Refuse,
}

/// The arguments of `docspace files upload`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UploadArgs {
    #[command(flatten)]
    place: PlaceArg,
    /// Files to upload, of at most 64 MiB each; `-` reads standard input and needs --name
    #[arg(value_name = "PATH", required = true)]
    files: Vec<String>,
    /// Set the title of the file on the portal (default: the name of the file)
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,
    /// What happens if the room or folder contains a file with this name
    #[arg(long, value_name = "CHOICE", default_value = "new-version")]
    if_exists: IfExists,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl UploadArgs {
    /// The name of an uploaded file.
    fn name(&self, path: &str) -> String {
        let name = || Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
        self.name.clone().or_else(name).unwrap_or_else(|| path.to_owned())
    }
}

impl PortalCommand for UploadArgs {
    type Record = FileRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        if self.name.is_some() && self.files.len() > 1 {
            return Err(Failure::usage("--name is for a single file").advise("upload the files one by one"));
        }
        if self.name.is_none() && self.files.iter().any(|path| path == "-") {
            return Err(Failure::usage("standard input has no name").advise("give the title of the file with --name"));
        }
        Ok(())
    }

    async fn run(self, session: &Session) -> Result<Report<FileRecord>, Failure> {
        self.files.iter().try_for_each(|path| input::check(path))?;
        let place = self.place.find(session).await?;
        let folder = session.portal.folder(&place);
        let titles: Vec<String> =
            self.files.iter().map(|path| folder.upload(self.name(path), "").title()).collect::<Result<_, _>>()?;
        if self.if_exists != IfExists::SecondFile {
            check_different(&titles)?;
        }
        if self.if_exists == IfExists::Refuse {
            check_new(&folder, &titles).await?;
        }
        if self.dry_run.is_set() {
            let target = folder.get().await?.title;
            return Ok(self.dry_run.with_values(&format!("upload to “{target}”"), &titles));
        }
        let choice = match self.if_exists {
            IfExists::NewVersion => folders::IfExists::NewVersion,
            IfExists::SecondFile => folders::IfExists::SecondFile,
            IfExists::Refuse => folders::IfExists::Refuse,
        };
        let bar = Bar::start(session.terminal, "uploading", titles.len());
        let (mut uploaded, mut failures) = (Vec::new(), Vec::new());
        for (path, title) in self.files.iter().zip(&titles) {
            let unknown =
                UnknownOutcome::new(format!("whether `{title}` was uploaded"), format!("docspace files list {place}"));
            let upload = folder.upload(self.name(path), input::read(path)?).if_exists(choice);
            match change(&unknown, upload.send()).await {
                Ok(file) => uploaded.push(FileRecord(file)),
                Err(failure) => failures.push(failure.with_subject(title)),
            }
            bar.done();
        }
        let message = |count| format!("{count} of {} files were not uploaded", titles.len());
        let failure = Failure::combined(failures, message, session.terminal.json_failures);
        Ok(Report::from(Records::List(uploaded)).failing(failure))
    }
}

/// Fails if two files would get the same title, so that one would replace the other.
fn check_different(titles: &[String]) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    let twice: Vec<&str> =
        titles.iter().filter(|title| !seen.insert(title.to_lowercase())).map(String::as_str).collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(Failure::usage("several of the files would have the same title:")
        .listing(twice)
        .advise("upload them one by one with --name, or all of them with --if-exists second-file"))
}

/// Fails if the folder contains one of the files.
async fn check_new(folder: &FolderHandle, titles: &[String]) -> Result<(), Failure> {
    let existing = folder.existing_files(titles).await?;
    if existing.is_empty() {
        return Ok(());
    }
    Err(Failure::conflict("nothing was uploaded, because these files exist:")
        .listing(existing.iter().map(|file| file.title.as_str()))
        .advise("use --if-exists to add new versions or second files"))
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;
    use futures::TryStreamExt;

    use super::*;
    use crate::testing::{mock_session, parsed};

    /// Uploads files with these names, and returns the titles in the room or the message of the
    /// failure.
    async fn uploaded(existing: &[&str], arguments: &[&str], names: &[&str]) -> Result<Vec<String>, String> {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", RoomType::Custom).send().await.expect("a room");
        let handle = session.portal.room(&room);
        for name in existing {
            handle.upload(*name, "old").send().await.expect("a file");
        }
        let directory = tempfile::tempdir().expect("a directory");
        let mut all = vec![room.id.to_string()];
        for name in names {
            let path = directory.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
            std::fs::write(&path, "new").expect("a file");
            all.push(path.display().to_string());
        }
        all.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        let upload: UploadArgs = parsed(&all.iter().map(String::as_str).collect::<Vec<_>>());
        let report = upload.run(&session).await.map_err(|failure| failure.message().to_owned());
        let content: Vec<_> = handle.content().try_collect().await.expect("the content");
        let mut titles: Vec<String> = content.iter().map(|entry| entry.title().to_owned()).collect();
        titles.sort_unstable();
        report.map(|_| titles)
    }

    #[tokio::test]
    async fn refused_files_are_found_before_the_first_upload() {
        let message = uploaded(&["b.txt", "LICENSE"], &["--if-exists", "refuse"], &["a.txt", "B.txt", "LICENSE"]).await;
        let mut lines: Vec<String> = message.expect_err("a conflict").lines().map(str::to_owned).collect();
        lines.sort_unstable();
        assert_eq!(lines, ["  LICENSE.", "  b.txt", "nothing was uploaded, because these files exist:"]);
    }

    #[tokio::test]
    async fn files_that_would_replace_each_other_are_refused() {
        let message = uploaded(&[], &[], &["one/a.txt", "two/A.txt"]).await.expect_err("a usage error");
        assert!(message.contains("the same title:\n  A.txt"), "{message}");
        let both = uploaded(&[], &["--if-exists", "second-file"], &["one/a.txt", "two/A.txt"]).await;
        assert_eq!(both.expect("two files").len(), 2);
    }
}
