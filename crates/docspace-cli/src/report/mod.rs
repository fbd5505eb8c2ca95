//! Reports that people read and pass on: one result in several formats.

mod chart;
mod csv;
mod document;
mod file;
mod format;
mod html;
mod json;
mod markdown;
mod text;

pub(crate) use chart::{Chart, Color, Part};
pub(crate) use document::{About, Document, Figure, Finding, Unread};
pub(crate) use file::OutputFile;
pub(crate) use format::Format;
pub(crate) use text::columns;
