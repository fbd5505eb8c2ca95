//! Finds and reads the files of a manifest.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::problem::{Place, Problem, Problems};

/// The text of a file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name for messages.
    pub name: String,
    /// The directory that paths in the file begin at. `None` if the text is not from a file; then
    /// pictures are not looked for.
    pub directory: Option<PathBuf>,
    /// The text.
    pub text: String,
}

impl Source {
    /// A text that is not from a file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), directory: None, text: text.into() }
    }
}

/// Reads the texts of files. Of a directory, these are its files that end in `.yaml`, `.yml` or
/// `.json`, in the order of their names, without those in directories below it.
///
/// # Errors
///
/// Each file that cannot be read, and each directory without such a file.
pub fn sources<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Vec<Source>, Problems> {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let path = path.as_ref();
        match files(path) {
            Ok(files) if files.is_empty() => {
                let problem = Problem::new(None, format!("there is no manifest in the directory `{}`", path.display()));
                problems.push(problem.advise("give a directory with files that end in .yaml, .yml or .json"));
            }
            Ok(files) => {
                for file in files {
                    match read(&file) {
                        Ok(source) => sources.push(source),
                        Err(error) => problems.push(unreadable(&file, &error)),
                    }
                }
            }
            Err(error) => problems.push(unreadable(path, &error)),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(Problems(problems)) }
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        let is_manifest = file.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known));
        if is_manifest && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> io::Result<Source> {
    let text = fs::read_to_string(file)?;
    let directory = file.parent().map(Path::to_owned);
    Ok(Source { name: file.display().to_string(), directory, text })
}

fn unreadable(file: &Path, error: &io::Error) -> Problem {
    let place = Place { file: file.display().to_string(), line: 1, column: 1 };
    Problem::new(Some(place), format!("the file cannot be read: {error}"))
}
