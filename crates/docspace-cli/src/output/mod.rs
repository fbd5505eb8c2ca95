//! Printing: a table for people, lines with tabs for scripts, JSON for programs.

mod field;
mod jq;
mod printer;
mod progress;
mod report;
mod table;

pub(crate) use field::{Field, Record, day, instant};
pub(crate) use printer::Printer;
pub(crate) use progress::Bar;
pub(crate) use report::{Records, Report};
