//! Reads a manifest from files.

use std::path::Path;

use super::set::parse;
use super::source::sources;
use crate::problem::Problems;
use crate::wanted::Wanted;

/// Reads a manifest from files and directories, as [`sources`] and [`parse`] do.
///
/// # Errors
///
/// All problems of all files.
pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Wanted, Problems> {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match sources([path]) {
            Ok(mut sources) => read.append(&mut sources),
            Err(found) => problems.extend(found.0),
        }
    }
    let parsed = parse(&read);
    if problems.is_empty() {
        return parsed;
    }
    problems.extend(parsed.err().into_iter().flat_map(|found| found.0));
    Err(Problems(problems))
}
