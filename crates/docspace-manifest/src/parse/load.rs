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
    parse(&sources(paths)?)
}
