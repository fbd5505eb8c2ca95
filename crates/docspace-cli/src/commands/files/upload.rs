//! `docspace files upload`.

use std::path::Path;

use clap::{Args, ValueEnum};
use docspace::folders;

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
    /// Upload nothing, and fail
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
    /// The title of an uploaded file.
    fn title(&self, path: &str) -> String {
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
        let mut contents = Vec::new();
        for path in &self.files {
            contents.push((self.title(path), input::read(path)?));
        }
        let place = self.place.find(session).await?;
        let folder = session.portal.folder(&place);
        if self.dry_run.is_set() {
            let target = folder.get().await?.title;
            let files: Vec<String> =
                contents.iter().map(|(title, content)| format!("{title}, {} bytes", content.len())).collect();
            return Ok(self.dry_run.with_values(&format!("upload to “{target}”"), &files));
        }
        let choice = match self.if_exists {
            IfExists::NewVersion => folders::IfExists::NewVersion,
            IfExists::SecondFile => folders::IfExists::SecondFile,
            IfExists::Refuse => folders::IfExists::Refuse,
        };
        let bar = Bar::start(session.terminal, "uploading", contents.len());
        let mut uploaded = Vec::new();
        for (title, content) in contents {
            let question = format!("whether `{title}` was uploaded");
            let unknown = UnknownOutcome::new(question, format!("docspace files list {place}"));
            match change(&unknown, folder.upload(title, content).if_exists(choice).send()).await {
                Ok(file) => uploaded.push(FileRecord(file)),
                // The others before it are uploaded, and have to be reported.
                Err(failure) => return Ok(Report::from(Records::List(uploaded)).failing(Some(failure))),
            }
            bar.done();
        }
        Ok(Records::List(uploaded).into())
    }
}
