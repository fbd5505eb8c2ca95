//! The result file: what became of each row of a file, so that a second run goes on where the first
//! one stopped.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::dialect::Dialect;
use super::sheet::{Column, Row, Sheet};
use crate::failure::Failure;

/// The columns that the program adds to those of the input.
const OWN: [Column; 5] = [
    Column::required("id"),
    Column::required("url"),
    Column::required("state"),
    Column::required("error"),
    Column::required("portal"),
];

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The call for it was about to be sent. This remains only if the program was killed.
    Started,
    /// All of it is done.
    Created,
    /// The item existed already, and was not changed.
    Existing,
    /// The item exists, but a later step failed.
    Incomplete,
    /// The item does not exist.
    Failed,
    /// Whether the item exists is not known.
    Unknown,
}

impl State {
    const ALL: [Self; 6] =
        [Self::Started, Self::Created, Self::Existing, Self::Incomplete, Self::Failed, Self::Unknown];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Created => "created",
            Self::Existing => "existing",
            Self::Incomplete => "incomplete",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a later run has nothing to do for the row.
    pub(crate) fn is_done(self) -> bool {
        matches!(self, Self::Created | Self::Existing)
    }
}

/// The state of a row, and what the program knows about its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) error: Option<String>,
}

impl Outcome {
    pub(crate) fn new(state: State) -> Self {
        Self { state, id: None, url: None, error: None }
    }
}

/// The outcomes of the rows of a file. They are saved after each change, and the program can be
/// killed at any time.
pub(crate) struct ResultFile {
    /// `None` if the outcomes are not saved.
    path: Option<PathBuf>,
    portal: String,
    dialect: Dialect,
    /// The columns of the input, now and in earlier runs.
    columns: Vec<&'static str>,
    /// Lines of an earlier run about rows that the input does not contain any more.
    others: Vec<Row>,
    rows: Vec<(Row, Option<Outcome>)>,
}

impl ResultFile {
    /// Reads the file if it exists, and finds the rows of the sheet in it by their keys.
    ///
    /// # Errors
    ///
    /// Fails if the file is not a result file, or that of another portal.
    pub(crate) fn open(
        path: Option<PathBuf>,
        sheet: &Sheet,
        known: &[Column],
        portal: &str,
        key: impl Fn(&Row) -> String,
    ) -> Result<Self, Failure> {
        let mut file = Self {
            path,
            portal: portal.to_owned(),
            dialect: sheet.dialect,
            columns: sheet.columns.clone(),
            others: Vec::new(),
            rows: sheet.rows.iter().map(|row| (row.clone(), None)).collect(),
        };
        let Some(earlier) = file.read(known)? else { return Ok(file) };
        let places: HashMap<String, usize> =
            sheet.rows.iter().enumerate().map(|(index, row)| (key(row), index)).collect();
        let is_own = |name: &str| OWN.iter().any(|column| column.name == name);
        for column in earlier.columns {
            if !is_own(column) && !file.columns.contains(&column) {
                file.columns.push(column);
            }
        }
        for row in earlier.rows {
            if row.get("portal") != portal {
                return Err(file.mismatch(&format!("is about another portal, {}", row.get("portal"))));
            }
            let state = State::ALL.into_iter().find(|state| state.name() == row.get("state"));
            let Some(state) = state else {
                let (line, name) = (row.line, row.get("state"));
                return Err(file.mismatch(&format!("has the unknown state `{name}` in line {line}")));
            };
            let text = |column| row.value(column).map(str::to_owned);
            match places.get(&key(&row)) {
                Some(index) => {
                    let (id, url, error) = (text("id"), text("url"), text("error"));
                    file.rows[*index].1 = Some(Outcome { state, id, url, error });
                }
                None => file.others.push(row),
            }
        }
        Ok(file)
    }

    /// Returns what an earlier run did for a row.
    pub(crate) fn outcome(&self, index: usize) -> Option<&Outcome> {
        self.rows.get(index)?.1.as_ref()
    }

    /// Sets the outcome of a row, and saves the file.
    pub(crate) fn set(&mut self, index: usize, outcome: Outcome) -> Result<(), Failure> {
        if let Some((_, current)) = self.rows.get_mut(index) {
            *current = Some(outcome);
        }
        self.save()
    }

    /// Returns the name of the file for messages, if there is one.
    pub(crate) fn name(&self) -> Option<String> {
        self.path.as_ref().map(|path| path.display().to_string())
    }

    /// Writes the outcomes so far. A complete file replaces the one before.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        self.write(path).map_err(|error| {
            Failure::local(format!("cannot write the result file {}: {error}", path.display()))
                .advise("close it in other programs, or name another file with --result")
        })
    }

    fn read(&self, known: &[Column]) -> Result<Option<Sheet>, Failure> {
        let Some(path) = &self.path else { return Ok(None) };
        let bytes = match fs::read(path) {
            Ok(bytes) if bytes.is_empty() => return Ok(None),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.mismatch(&format!("cannot be read: {error}"))),
        };
        let known: Vec<_> = known.iter().chain(&OWN).copied().collect();
        match Sheet::parse(bytes, &known, "the file") {
            Ok(sheet) => Ok(Some(sheet)),
            Err(failure) => Err(self.mismatch(&format!("is not one of this command: {}", failure.message()))),
        }
    }

    fn mismatch(&self, reason: &str) -> Failure {
        let name = self.name().unwrap_or_default();
        Failure::usage(format!("the result file {name} {reason}"))
            .advise("name another file with --result, or remove this one to begin again")
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
        let mut file = new_file(path, directory.unwrap_or(Path::new(".")))?;
        if self.dialect.has_mark {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(self.dialect.separator).from_writer(&mut file);
        writer.write_record(self.columns.iter().copied().chain(OWN.map(|column| column.name)))?;
        for row in &self.others {
            let own = OWN.map(|column| row.get(column.name));
            writer.write_record(self.columns.iter().map(|column| row.raw(column)).chain(own))?;
        }
        for (row, outcome) in &self.rows {
            let Some(Outcome { state, id, url, error }) = outcome else { continue };
            let text = |value: &'_ Option<String>| value.clone().unwrap_or_default();
            let own = [text(id), text(url), state.name().to_owned(), text(error), self.portal.clone()];
            let input = self.columns.iter().map(|column| row.raw(column).to_owned());
            writer.write_record(input.chain(own))?;
        }
        writer.flush()?;
        drop(writer);
        file.persist(path)?;
        Ok(())
    }
}

/// Creates a file beside the one that it will replace, with the permissions of that one or, if
/// there is none, those of any new file.
fn new_file(path: &Path, directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let permissions = fs::metadata(path).ok().map(|file| file.permissions());
    #[cfg(unix)]
    let permissions = permissions.or_else(|| Some(std::os::unix::fs::PermissionsExt::from_mode(0o666)));
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    builder.tempfile_in(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Column; 2] = [Column::required("title"), Column::optional("tags")];

    fn sheet(text: &str) -> Sheet {
        Sheet::parse(text.as_bytes().to_vec(), &KNOWN, "a.csv").expect("a sheet")
    }

    fn open(path: &Path, text: &str, portal: &str) -> Result<ResultFile, Failure> {
        ResultFile::open(Some(path.to_owned()), &sheet(text), &KNOWN, portal, |row| row.get("title").to_owned())
    }

    #[test]
    fn outcomes_are_found_again_by_the_key_of_the_row() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.result.csv");
        let mut file = open(&path, "title;tags\nA; x \nB;\nC;\n", "http://one/").expect("no file yet");
        assert_eq!(file.outcome(0), None);
        file.set(2, Outcome::new(State::Started)).expect("saved");
        let made = Outcome { id: Some("7".into()), url: Some("http://u".into()), ..Outcome::new(State::Created) };
        file.set(0, made.clone()).expect("saved");
        let failed = Outcome { error: Some("no; never".into()), ..Outcome::new(State::Failed) };
        file.set(1, failed.clone()).expect("saved");
        let text = fs::read_to_string(&path).expect("a file");
        let expected = "title;tags;id;url;state;error;portal\nA; x ;7;http://u;created;;http://one/\n\
                        B;;;;failed;\"no; never\";http://one/\nC;;;;started;;http://one/\n";
        assert_eq!(text, expected);

        // The input has changed in between: its order, its columns and its rows.
        let mut file = open(&path, "title\nC\nD\nA\n", "http://one/").expect("the file");
        assert_eq!(file.outcome(2), Some(&made));
        assert_eq!((file.outcome(0).map(|outcome| outcome.state), file.outcome(1)), (Some(State::Started), None));
        file.set(1, failed).expect("saved");
        let text = fs::read_to_string(&path).expect("a file");
        assert!(
            text.starts_with("title,tags,id,url,state,error,portal\nB,,,,failed,no; never,http://one/\nC,"),
            "{text}"
        );
    }

    #[test]
    fn other_files_are_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.result.csv");
        for (text, reason) in [
            ("title,tags\nA,x\n", "is not one of this command: the header of the file has no column `id`"),
            ("title,id,url,state,error,portal\nA,,,created,,http://two/\n", "is about another portal, http://two/"),
            ("title,id,url,state,error,portal\nA,,,made,,http://one/\n", "has the unknown state `made` in line 2"),
        ] {
            fs::write(&path, text).expect("a file");
            let failure = open(&path, "title\nA\n", "http://one/").err().expect("another file");
            assert!(failure.message().ends_with(reason), "{failure:?}");
        }
        fs::write(&path, "").expect("a file");
        assert!(open(&path, "title\nA\n", "http://one/").is_ok(), "an empty file is not lost");
    }

    #[test]
    fn mark_and_separator_are_those_of_the_input() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.result.csv");
        let mut file = open(&path, "\u{feff}title\ttags\nA\tx\n", "p").expect("no file yet");
        file.set(0, Outcome::new(State::Unknown)).expect("saved");
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(text, "\u{feff}title\ttags\tid\turl\tstate\terror\tportal\nA\tx\t\t\tunknown\t\tp\n");
    }
}
