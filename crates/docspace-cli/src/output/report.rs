//! The result of a command.

use std::fmt;

use super::listing::Listing;
use super::schema::Shape;
use crate::failure::Failure;

/// The result of a command, before it is printed.
#[must_use = "a report has to be printed"]
#[derive(Debug)]
pub(crate) struct Report<R> {
    /// A message for standard error, printed only on a terminal.
    pub(crate) note: Option<String>,
    /// The records for standard output.
    pub(crate) records: Records<R>,
    /// A message for standard error after the records, printed only on a terminal.
    pub(crate) summary: Option<String>,
    /// The failure of a command that has records to print nevertheless.
    pub(crate) failure: Option<Failure>,
}

/// The records of a report, and the form in which they are printed.
pub(crate) enum Records<R> {
    /// No record, and no output.
    None,
    /// The outcomes of a change: a table, one line for each, or a JSON array.
    List(Vec<R>),
    /// The same for a list command. If it is empty, the text is shown on a terminal.
    Found(Vec<R>, &'static str),
    /// The same for a list that can be long. In a pipe, records are written as they are read.
    Streamed(Listing<R>),
    /// One created or changed record: one line for each column, a line, or a JSON object.
    Row(R),
    /// One record with all of its fields: one line for each field, or a JSON object.
    Card(R),
}

impl<R> Records<R> {
    /// The shape of the records in JSON, if there is output.
    pub(crate) fn shape(&self) -> Option<Shape> {
        match self {
            Self::None => None,
            Self::List(_) | Self::Found(..) | Self::Streamed(_) => Some(Shape::Array),
            Self::Row(_) | Self::Card(_) => Some(Shape::Object),
        }
    }
}

impl<R: fmt::Debug> fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::List(records) | Self::Found(records, _) => f.debug_list().entries(records).finish(),
            Self::Streamed(_) => f.write_str("Streamed"),
            Self::Row(record) | Self::Card(record) => record.fmt(f),
        }
    }
}

impl<R> From<Records<R>> for Report<R> {
    fn from(records: Records<R>) -> Self {
        Self { note: None, records, summary: None, failure: None }
    }
}

impl<R> Report<R> {
    /// Adds a message that is printed only on a terminal.
    pub(crate) fn note(self, text: impl Into<String>) -> Self {
        Self { note: Some(text.into()), ..self }
    }

    /// Sets the message after the records that is printed only on a terminal.
    pub(crate) fn summary(self, text: Option<String>) -> Self {
        Self { summary: text, ..self }
    }

    /// Sets the failure that the command returns after its records are printed.
    pub(crate) fn failing(self, failure: Option<Failure>) -> Self {
        Self { failure, ..self }
    }
}
