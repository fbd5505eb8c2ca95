//! The formats of a report.

use std::path::Path;

use clap::ValueEnum;

use super::document::Document;
use super::{csv, html, json, markdown, text};
use crate::failure::Failure;
use crate::output::Record;
use crate::terminal::Terminal;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Csv,
    Json,
    #[value(alias = "md")]
    Markdown,
    Html,
}

impl Format {
    /// Returns the format that the name of a file stands for.
    pub(crate) fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// Formats a report. Only a table depends on the width of the terminal.
    pub(crate) fn format<R: Record>(self, document: &Document<R>, terminal: Terminal) -> Result<String, Failure> {
        match self {
            Self::Table if terminal.stdout => Ok(text::table(document, terminal)),
            // Nothing is cut where there is no terminal.
            Self::Table => {
                Ok(text::table(document, Terminal { stdout: true, columns: usize::MAX, colors: false, ..terminal }))
            }
            Self::Csv => csv::format(document),
            Self::Json => json::format(document, terminal),
            Self::Markdown => Ok(markdown::format(document)),
            Self::Html => Ok(html::format(document)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_stand_for_formats() {
        let format = |name: &str| Format::of_file(Path::new(name));
        assert_eq!(format("a/links.HTML"), Some(Format::Html));
        assert_eq!(format("links.md"), Some(Format::Markdown));
        assert_eq!((format("links"), format("links.txt")), (None, None));
    }
}
