//! Why a crate has no twin.

use std::fmt;

/// Everything in the source that no rule covers. [`Display`](fmt::Display) writes one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub(crate) faults: Vec<Fault>,
}

impl Error {
    /// At least one fault, in the order of files and lines.
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

/// One thing that cannot be mirrored. [`Display`](fmt::Display) writes `file:line: why`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the folder of the crate's root.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The reason.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.why)
    }
}

/// A part of the twin, or why there is none.
pub(crate) type Translated<T> = Result<T, Fault>;
