//! The rights in rooms, root folders, folders and files, which answers list in `security`. Each is
//! a table with a row for each right and a column for each kind of caller
//! (docs/portal/permissions.md#security).

mod content;
mod room;
mod root;

use serde::{Serialize, Serializer};

pub(crate) use content::{of_file, of_folder};
pub(crate) use room::of_room;
pub(crate) use root::of_root;

/// A table of rights. The rows are in the portal's order of rights.
struct Table(Vec<Row>);

struct Row {
    right: &'static str,
    /// The condition of the right in each column.
    cells: Vec<&'static str>,
}

impl Table {
    /// Parses a table. A row is the name of the right, followed by a cell for each column.
    fn read(rows: &[&'static str]) -> Self {
        let read = |row: &'static str| {
            let mut words = row.split_ascii_whitespace();
            Row { right: words.next().unwrap_or_default(), cells: words.collect() }
        };
        Self(rows.iter().map(|row| read(row)).collect())
    }

    /// The rights in a column. Without a column no right is granted.
    fn rights(&self, column: Option<usize>, grants: impl Fn(&str) -> bool) -> Rights {
        let granted = |row: &Row| column.and_then(|column| row.cells.get(column)).is_some_and(|cell| grants(cell));
        Rights(self.0.iter().map(|row| (row.right, granted(row))).collect())
    }

    /// The rights in a column of a table with fewer rows than this one. The missing rights are not
    /// granted.
    fn rights_of_part(&self, part: &Table, column: usize) -> Rights {
        let granted = part.rights(Some(column), |cell| cell == "+");
        Rights(self.0.iter().map(|row| (row.right, granted.0.contains(&(row.right, true)))).collect())
    }
}

/// All rights of an entry, and whether each is granted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rights(Vec<(&'static str, bool)>);

impl Serialize for Rights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_a_known_cell_for_each_column() {
        for (table, columns) in [
            (&*room::ROOM_TABLE, 11),
            (&*root::ROOT_TABLE, 6),
            (&*content::FOLDER_TABLE, 3),
            (&*content::FILE_TABLE, 2),
        ] {
            for row in &table.0 {
                assert_eq!(row.cells.len(), columns, "{}", row.right);
                let known = |cell: &&str| ["+", "-", "link", "index", "index*"].contains(cell);
                assert!(row.cells.iter().all(known), "{}", row.right);
            }
        }
    }

    #[test]
    fn partial_tables_contain_only_rights_of_rooms() {
        let rights: Vec<&str> = room::ROOM_TABLE.0.iter().map(|row| row.right).collect();
        for row in root::ROOT_TABLE.0.iter().chain(&content::FOLDER_TABLE.0) {
            assert!(rights.contains(&row.right), "{}", row.right);
        }
    }
}
