//! Printing records: tables on a terminal, tab-separated lines in a pipe, JSON with `--json`.

mod field;
mod jq;
pub(crate) mod json;
mod listing;
mod printer;
mod progress;
mod raw;
mod report;
mod table;

pub(crate) use field::{Field, Record, instant, local_time, optional_instant};
pub(crate) use listing::Listing;
pub(crate) use printer::{Printer, table_of, table_with};
pub(crate) use progress::Bar;
pub(crate) use raw::BodyPrinter;
pub(crate) use report::{Records, Report};
pub(crate) use table::Tone;
