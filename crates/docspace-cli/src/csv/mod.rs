//! Tables in CSV files, as people write them with a spreadsheet program or an editor.

mod cell;
mod dialect;
mod lines;
mod problems;
mod results;
mod sheet;

pub(crate) use cell::{entries, word};
pub(crate) use problems::Problems;
pub(crate) use results::{Outcome, ResultFile, State};
pub(crate) use sheet::{Column, Row, Sheet, rows};
