//! Printing records: tables on a terminal, tab-separated lines in a pipe, JSON with `--json`.

mod field;
mod jq;
mod printer;
mod progress;
mod raw;
mod report;
mod table;

pub(crate) use field::{Field, Record, instant, optional_instant};
pub(crate) use printer::Printer;
pub(crate) use progress::Bar;
pub(crate) use raw::BodyPrinter;
pub(crate) use report::{Records, Report};
