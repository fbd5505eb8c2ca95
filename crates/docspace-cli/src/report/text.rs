//! The table of a report, and its columns in all formats for people.

use super::document::Document;
use crate::output::{Field, Record, table_with};
use crate::terminal::Terminal;

/// Returns the columns of a report.
pub(crate) fn columns<R: Record>(document: &Document<R>) -> Vec<&'static Field<R>> {
    R::FIELDS.iter().filter(|field| field.column && !document.hidden.contains(&field.name)).collect()
}

/// Formats the records as a table.
pub(super) fn table<R: Record>(document: &Document<R>, terminal: Terminal) -> String {
    table_with(&columns(document), &document.records, terminal)
}
