//! Printing records: tables on a terminal, tab-separated lines in a pipe, JSON with `--json`.

mod field;
mod jq;
pub(crate) mod json;
mod listing;
mod pager;
mod printer;
mod progress;
mod raw;
mod report;
mod schema;
mod size;
mod table;
mod times;
mod values;

pub(crate) use field::{Field, Record};
pub(crate) use json::for_terminal as pretty_json;
pub(crate) use listing::Listing;
pub(crate) use printer::{Printer, table_of, table_with};
pub(crate) use progress::Bar;
pub(crate) use raw::BodyPrinter;
pub(crate) use report::{Records, Report};
pub(crate) use schema::{Shape, generator as schema_generator, schema_of};
pub(crate) use size::{size, size_text};
pub(crate) use table::Tone;
pub(crate) use times::{expiry_tone, local_time, local_zone};
pub(crate) use values::{Id, Instant, Name, instant, one_of, optional_instant};
