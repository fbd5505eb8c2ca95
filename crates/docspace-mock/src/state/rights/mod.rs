//! The rights in rooms, root folders, folders and files, which answers list in `security`. Each is
//! a table with a row for each right and a column for each kind of caller
//! (docs/portal/permissions.md#security).

mod content;
mod room;
mod root;

use serde::{Serialize, Serializer};

pub(crate) use content::{of_file, of_folder};
pub(crate) use room::of_room;
pub(crate) use root::{none_of_root, of_root};

/// A table of rights. The rows are in the portal's order of rights.
#[derive(Debug)]
struct Table(Vec<Row>);

#[derive(Debug)]
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
    fn rights(&'static self, column: Option<usize>, grants: impl Fn(&str) -> bool) -> Rights {
        let granted = |row: &Row| column.and_then(|column| row.cells.get(column)).is_some_and(|cell| grants(cell));
        Rights::of(self, granted)
    }

    /// The rights in a column of a table with fewer rows than this one. The missing rights are not
    /// granted.
    fn rights_of_part(&'static self, part: &'static Table, column: usize) -> Rights {
        let granted = part.rights(Some(column), |cell| cell == "+");
        Rights::of(self, |row| granted.iter().any(|right| right == (row.right, true)))
    }
}

/// All rights of an entry, and whether each is granted.
#[derive(Debug)]
pub(crate) struct Rights {
    table: &'static Table,
    /// A bit for each row of the table, the first row in the lowest bit.
    granted: u32,
}

impl Rights {
    fn of(table: &'static Table, is_granted: impl Fn(&Row) -> bool) -> Self {
        let bit = |(index, row)| u32::from(is_granted(row)) << index;
        Self { table, granted: table.0.iter().enumerate().map(bit).sum() }
    }

    /// The granted rights as bits, which differ if the rights of two rooms differ.
    pub(crate) fn granted(&self) -> u32 {
        self.granted
    }

    fn iter(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.table.0.iter().enumerate().map(|(index, row)| (row.right, self.granted >> index & 1 == 1))
    }
}

impl Serialize for Rights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
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
            (&*content::FOLDER_TABLE, 7),
            (&*content::FILE_TABLE, 8),
        ] {
            for row in &table.0 {
                assert_eq!(row.cells.len(), columns, "{}", row.right);
                let known = |cell: &&str| ["+", "-", "link", "copy", "index", "index*", "text", "form"].contains(cell);
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
