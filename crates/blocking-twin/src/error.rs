//! The error of generating a twin.

use std::fmt;

/// The twin cannot be generated.
///
/// Contains all faults that were found. [`Display`](fmt::Display) writes one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub(crate) faults: Vec<Fault>,
}

impl Error {
    /// The faults, at least one, in the order of files and lines.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.faults.iter().map(Fault::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Error {}

/// One part of the source that cannot be mirrored.
///
/// [`Display`](fmt::Display) writes `file:line: why`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The path of the file, from the folder of the crate's root.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The reason.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.why)
    }
}

/// A part of the twin, or the fault.
pub(crate) type Translated<T> = Result<T, Fault>;
