//! What a command returns.

use crate::failure::Failure;

/// The result of a command, before it is printed.
#[must_use = "a report is seen only if it is printed"]
#[derive(Debug)]
pub(crate) struct Report<R> {
    /// A line that only a person wants to read.
    pub(crate) note: Option<String>,
    /// What is printed on standard output.
    pub(crate) records: Records<R>,
    /// Why the command failed although it has something to print.
    pub(crate) failure: Option<Failure>,
}

/// The records of a report, in the form in which they are printed.
#[derive(Debug)]
pub(crate) enum Records<R> {
    /// Nothing is printed.
    None,
    /// Any number: a table, a line for each, or an array.
    List(Vec<R>),
    /// The same; a person who would see an empty table reads the text instead.
    Found(Vec<R>, &'static str),
    /// One that was created or changed: a table of one, a line, or an object.
    Row(R),
    /// One with all of its fields, each on a line, or an object.
    Card(R),
}

impl<R> From<Records<R>> for Report<R> {
    fn from(records: Records<R>) -> Self {
        Self { note: None, records, failure: None }
    }
}

impl<R> Report<R> {
    /// Adds a line that only a person wants to read.
    pub(crate) fn note(self, text: impl Into<String>) -> Self {
        Self { note: Some(text.into()), ..self }
    }

    /// Makes the command fail after the records are printed, if there is a failure.
    pub(crate) fn failing(self, failure: Option<Failure>) -> Self {
        Self { failure, ..self }
    }
}
