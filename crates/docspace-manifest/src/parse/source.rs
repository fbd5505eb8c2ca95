//! Finds and reads the files of a manifest.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::problem::{Problem, Problems};

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
    let text = decoded(fs::read(file)?)?;
    let directory = file.parent().map(Path::to_owned);
    Ok(Source { name: file.display().to_string(), directory, text })
}

/// Decodes UTF-8, or UTF-16 with a byte order mark, which some shells write.
fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).map_err(|_| not_text("it is not text in UTF-8"))?;
            return Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
        }
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| not_text("it is not text in UTF-16"))
}

fn unreadable(file: &Path, error: &io::Error) -> Problem {
    let advice = match error.kind() {
        io::ErrorKind::InvalidData => "save the file as UTF-8",
        _ => "check the path",
    };
    Problem::new(None, format!("the file `{}` cannot be read: {error}", file.display())).advise(advice)
}

fn not_text(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_all_shells_are_decoded() {
        let utf_16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain("ä: 1".encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        for bytes in [
            "ä: 1".as_bytes().to_vec(),
            "\u{feff}ä: 1".as_bytes().to_vec(),
            utf_16([0xff, 0xfe], u16::to_le_bytes),
            utf_16([0xfe, 0xff], u16::to_be_bytes),
        ] {
            assert_eq!(decoded(bytes).unwrap(), "ä: 1");
        }
        assert!(decoded(vec![b'a', 0xe4]).is_err() && decoded(vec![]).unwrap().is_empty());
    }

    #[test]
    fn files_that_cannot_be_read_are_all_named() {
        let problems = sources(["nosuch.yaml", "other.yaml"]).unwrap_err().to_string();
        assert!(problems.contains("`nosuch.yaml`") && problems.contains("`other.yaml`"), "{problems}");
        assert!(!problems.contains("UTF-8"), "{problems}");
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("rooms.yaml");
        fs::write(&file, [b'a', 0xe4]).unwrap();
        let problems = sources([file]).unwrap_err().to_string();
        assert!(problems.ends_with("it is not text in UTF-8; save the file as UTF-8"), "{problems}");
    }
}
