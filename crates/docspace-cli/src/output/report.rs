//! The result of a command.

use crate::failure::Failure;

/// The result of a command, before it is printed.
#[must_use = "a report has to be printed"]
#[derive(Debug)]
pub(crate) struct Report<R> {
    /// A message for standard error, printed only on a terminal.
    pub(crate) note: Option<String>,
    /// The records for standard output.
    pub(crate) records: Records<R>,
    /// The failure of a command that has records to print nevertheless.
    pub(crate) failure: Option<Failure>,
}

/// The records of a report, and the form in which they are printed.
#[derive(Debug)]
pub(crate) enum Records<R> {
    /// No record, and no output.
    None,
    /// Any number of records: a table, one line for each, or a JSON array.
    List(Vec<R>),
    /// The same for a list command. If it is empty, the text is shown on a terminal.
    Found(Vec<R>, &'static str),
    /// One created or changed record: a table with one row, a line, or a JSON object.
    Row(R),
    /// One record with all of its fields: one line for each field, or a JSON object.
    Card(R),
}

impl<R> From<Records<R>> for Report<R> {
    fn from(records: Records<R>) -> Self {
        Self { note: None, records, failure: None }
    }
}

impl<R> Report<R> {
    /// Adds a message that is printed only on a terminal.
    pub(crate) fn note(self, text: impl Into<String>) -> Self {
        Self { note: Some(text.into()), ..self }
    }

    /// Sets the failure that the command returns after its records are printed.
    pub(crate) fn failing(self, failure: Option<Failure>) -> Self {
        Self { failure, ..self }
    }
}
