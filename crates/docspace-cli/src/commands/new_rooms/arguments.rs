//! The flags of the commands that create a room for each row of a file.

use std::path::{Path, PathBuf};

use clap::Args;

/// Returns the part of the help that describes the file. `types` describes the columns that the
/// command has besides those of all rooms.
pub(in crate::commands) fn columns_help(types: &str) -> String {
    format!(
        "Columns of the file. Only `title` is required. A flag such as --tag sets the value for rows whose
cell is empty.
  title                Title of the room; each title occurs once
{types}  tags                 Tags, separated by commas or semicolons
  color, cover, quota  As in the flags
  indexing             on or off
  deny-download        on or off
  members              People and their access: `ann@acme.com:editing bob@acme.com:read`
  link                 Access of an external link to create, such as read
  link-expires         When the link expires: 2027-01-31 or 30days (default: never)

The first line names the columns. Commas, semicolons or tabs separate the cells. The command checks
all rows before it creates the first room. The result file has the id of each room, the address of
its link, the state and the error. With the same result file, a second run goes on where the first
one stopped: it recognizes rows by their titles."
    )
}

/// The flags for a file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Several rooms")]
pub(in crate::commands) struct FileArgs {
    /// Create a room for each row of this CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    /// Write what became of each row to this file (default: clients.result.csv for clients.csv,
    /// and none for standard input)
    #[arg(long, value_name = "FILE", requires = "file")]
    result: Option<PathBuf>,
    /// Invite members without an account to the portal, as guests (default: fail for them)
    #[arg(long, requires = "file")]
    pub(super) invite: bool,
}

impl FileArgs {
    /// The path of the file, or `-`.
    pub(in crate::commands) fn path(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The path of the result file.
    pub(super) fn result(&self) -> Option<PathBuf> {
        let beside =
            || self.path().filter(|path| *path != "-").map(|path| Path::new(path).with_extension("result.csv"));
        self.result.clone().or_else(beside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::parsed;

    #[test]
    fn result_file_is_beside_the_input() {
        let result = |arguments: &[&str]| parsed::<FileArgs>(arguments).result();
        assert_eq!(result(&["--file", "a/clients.csv"]), Some(PathBuf::from("a/clients.result.csv")));
        assert_eq!(result(&["--file", "clients"]), Some(PathBuf::from("clients.result.csv")));
        assert_eq!(result(&["--file", "-"]), None);
        assert_eq!(result(&["--file", "-", "--result", "r.csv"]), Some(PathBuf::from("r.csv")));
    }
}
