//! Reading a CSV file: its header and its rows.

use super::dialect::{self, Dialect};
use super::lines::Lines;
use super::problems::Problems;
use crate::failure::Failure;
use crate::input;

/// A column that a command knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// The name in the header.
    pub(crate) name: &'static str,
    /// Other spellings of the name.
    pub(crate) aliases: &'static [&'static str],
    /// Whether the header must contain it.
    pub(crate) required: bool,
}

impl Column {
    pub(crate) const fn required(name: &'static str) -> Self {
        Self { name, aliases: &[], required: true }
    }

    pub(crate) const fn optional(name: &'static str) -> Self {
        Self { name, aliases: &[], required: false }
    }

    pub(crate) const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// Whether the header cell names this column. Case and surrounding spaces do not matter, and
    /// `Deny download` is the same as `deny-download`.
    fn is_named(&self, cell: &str) -> bool {
        let cell = cell.trim().to_lowercase().replace([' ', '_'], "-");
        cell == self.name || self.aliases.contains(&cell.as_str())
    }
}

/// The content of a CSV file.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The columns of the file, in its order.
    pub(crate) columns: Vec<&'static str>,
    pub(crate) rows: Vec<Row>,
    pub(crate) dialect: Dialect,
}

/// A row below the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The number of its first line, as an editor counts.
    pub(crate) line: usize,
    /// The cells as written, with their columns.
    pub(super) cells: Vec<(&'static str, String)>,
}

impl Row {
    /// Returns the cell in a column without the spaces around it. A column that the file does not
    /// have is empty.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.raw(column).trim()
    }

    /// Returns the cell in a column as written.
    pub(super) fn raw(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell)
    }

    /// Returns the cell in a column unless it is empty.
    pub(crate) fn value(&self, column: &str) -> Option<&str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }
}

impl Sheet {
    /// Reads a file, or standard input for `-`. Fails with all mistakes in its structure.
    pub(crate) fn read(path: &str, known: &[Column]) -> Result<Self, Failure> {
        let name = input::name(path);
        let sheet = Self::parse(input::read(path)?, known, name)?;
        if sheet.rows.is_empty() {
            return Err(Failure::usage(format!("{name} has no rows below its header"))
                .advise(format!("write one row for each item below the header; {}", columns_hint(known))));
        }
        Ok(sheet)
    }

    /// Parses the content of a file. `file` is its name in messages.
    pub(super) fn parse(bytes: Vec<u8>, known: &[Column], file: &str) -> Result<Self, Failure> {
        let has_mark = dialect::has_mark(&bytes);
        let text = text_of(bytes, file)?;
        let is_known = |cell: &str| known.iter().any(|column| column.is_named(cell));
        let (separator, start) =
            dialect::named_separator(&text).unwrap_or_else(|| (dialect::separator_of_header(&text, is_known), 0));
        check_quotes(&text, file)?;
        let mut records = records(&text, start, separator);
        let header = records.next().map(|(_, header)| header).unwrap_or_default();
        let columns = columns(&header, known, file)?;
        let (mut rows, mut problems) = (Vec::new(), Problems::default());
        for (line, record) in records {
            // A spreadsheet program also writes rows that a person has emptied.
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match row(line, &record, &columns) {
                Ok(row) => rows.push(row),
                Err(reason) => problems.add_line(line, reason),
            }
        }
        problems.into_result(file)?;
        let columns = columns.into_iter().flatten().collect();
        Ok(Self { columns, rows, dialect: Dialect { separator, has_mark } })
    }
}

/// Reads the rows of a file with or without a header, each with the number of its line. The first
/// line has the most cells that `is_known` recognizes with the separator of the file. Empty rows
/// are left out, and so are empty cells at the end of a row.
pub(crate) fn rows(path: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<(usize, Vec<String>)>, Failure> {
    let name = input::name(path);
    rows_of(&text_of(input::read(path)?, name)?, is_known, name)
}

fn rows_of(text: &str, is_known: impl Fn(&str) -> bool, file: &str) -> Result<Vec<(usize, Vec<String>)>, Failure> {
    let (separator, start) =
        dialect::named_separator(text).unwrap_or_else(|| (dialect::separator_of_header(text, is_known), 0));
    check_quotes(text, file)?;
    let cells = |record: csv::StringRecord| {
        let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        cells
    };
    let rows = records(text, start, separator).map(|(line, record)| (line, cells(record)));
    Ok(rows.filter(|(_, cells)| !cells.is_empty()).collect())
}

fn text_of(bytes: Vec<u8>, file: &str) -> Result<String, Failure> {
    input::decoded(bytes).ok_or_else(|| {
        Failure::usage(format!("{file} is neither UTF-8 nor UTF-16 with a byte order mark"))
            .advise("save the file as UTF-8: in Excel, choose the type `CSV UTF-8`")
    })
}

/// Numbers the lines of the records from this place on. Empty lines are not records.
fn records(text: &str, start: usize, separator: u8) -> impl Iterator<Item = (usize, csv::StringRecord)> {
    let mut lines = Lines::new(text);
    dialect::reader(&text[start..], separator).into_records().map(move |record| {
        // Text always converts to text.
        let record = record.unwrap_or_default();
        let place = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        (lines.number_at(start.saturating_add(place)), record)
    })
}

/// Fails for a quote that is never closed. The reader would put the rest of the file into its cell.
fn check_quotes(text: &str, file: &str) -> Result<(), Failure> {
    if text.matches('"').count().is_multiple_of(2) {
        return Ok(());
    }
    // A cell can have several lines, so this shows only where to look.
    let odd = text.lines().enumerate().filter(|(_, line)| line.matches('"').count() % 2 == 1);
    let lines: Vec<_> = odd.map(|(index, _)| (index + 1).to_string()).collect();
    let failure = Failure::usage(format!(
        "{file} has a quotation mark that is not closed; the lines with an odd number of them are: {}",
        lines.join(", ")
    ));
    Err(failure.advise("close the quotation mark; inside a quoted cell, write `\"\"` for `\"`"))
}

/// Returns the column of each cell of the header. An empty cell is not a column.
fn columns(header: &csv::StringRecord, known: &[Column], file: &str) -> Result<Vec<Option<&'static str>>, Failure> {
    let hint = || columns_hint(known);
    let find = |cell: &str| known.iter().find(|column| column.is_named(cell)).map(|column| column.name);
    let unknown: Vec<_> = header
        .iter()
        .filter(|cell| !cell.trim().is_empty() && find(cell).is_none())
        .map(|cell| format!("`{}`", cell.trim()))
        .collect();
    if !unknown.is_empty() {
        let (noun, names) = (if unknown.len() == 1 { "column" } else { "columns" }, unknown.join(", "));
        return Err(Failure::usage(format!("the header of {file} has the unknown {noun} {names}")).advise(hint()));
    }
    let columns: Vec<_> = header.iter().map(find).collect();
    for column in known {
        match columns.iter().flatten().filter(|name| **name == column.name).count() {
            0 if column.required => {
                let failure = Failure::usage(format!("the header of {file} has no column `{}`", column.name));
                return Err(failure.advise(hint()));
            }
            0 | 1 => {}
            _ => {
                let failure = Failure::usage(format!("the header of {file} has the column `{}` twice", column.name));
                return Err(failure.advise("remove one of them"));
            }
        }
    }
    Ok(columns)
}

fn columns_hint(known: &[Column]) -> String {
    let names: Vec<_> = known.iter().map(|column| column.name).collect();
    format!("the first line must name the columns; the known ones are {}", names.join(", "))
}

/// Returns the cells of a row. Fails if it is not clear to which columns they belong.
fn row(line: usize, record: &csv::StringRecord, columns: &[Option<&'static str>]) -> Result<Row, String> {
    let is_filled = |cell: Option<&str>| cell.is_some_and(|cell| !cell.trim().is_empty());
    let beyond = record.iter().skip(columns.len()).any(|cell| is_filled(Some(cell)));
    if beyond || record.len() < columns.len() {
        let cells = if record.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", record.len()) };
        let names = columns.len();
        return Err(format!(
            "the row has {cells}, but the header has {names}; quote a cell that contains the separator"
        ));
    }
    if columns.iter().zip(record).any(|(column, cell)| column.is_none() && is_filled(Some(cell))) {
        return Err("a cell is in a column without a name".to_owned());
    }
    let cells = columns.iter().zip(record).filter_map(|(column, cell)| Some(((*column)?, cell.to_owned())));
    Ok(Row { line, cells: cells.collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KNOWN: [Column; 3] =
        [Column::required("title"), Column::optional("tags"), Column::optional("deny-download").aliases(&["dd"])];

    fn parsed(text: &str) -> Result<Sheet, Failure> {
        Sheet::parse(text.as_bytes().to_vec(), &KNOWN, "a.csv")
    }

    fn message(text: &str) -> String {
        parsed(text).expect_err("a mistake").message().to_owned()
    }

    #[test]
    fn names_of_columns_ignore_case_spaces_and_order() {
        let sheet = parsed(" TAGS ;Title;Deny Download;\n a ;\"b;\"\"c\"\"\";on;\n;;;\n\n;d;;;;\n").expect("a sheet");
        assert_eq!(sheet.columns, ["tags", "title", "deny-download"]);
        let cells: Vec<_> = sheet.rows.iter().map(|row| (row.line, row.get("title"), row.get("tags"))).collect();
        assert_eq!(cells, [(2, "b;\"c\"", "a"), (5, "d", "")]);
        assert_eq!(sheet.rows[0].value("deny-download"), Some("on"));
        assert_eq!((sheet.rows[1].value("tags"), sheet.rows[1].get("other")), (None, ""));
    }

    #[test]
    fn line_numbers_are_those_of_an_editor() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["sep=;", "", "title;tags", "\"a", "b\";c", "", "d;e", ""].join(end);
            let sheet = parsed(&text).expect("a sheet");
            let lines: Vec<_> = sheet.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [4, 7], "{text:?}");
            assert_eq!(sheet.rows[0].get("title"), format!("a{end}b"));
        }
    }

    #[test]
    fn mistakes_in_the_structure_are_named() {
        assert_eq!(message("titel,tags,kind\n"), "the header of a.csv has the unknown columns `titel`, `kind`");
        assert_eq!(message("tags\na\n"), "the header of a.csv has no column `title`");
        assert_eq!(message("title,DD,dd\n"), "the header of a.csv has the column `deny-download` twice");
        assert_eq!(message(""), "the header of a.csv has no column `title`");
        let rows = message("title,tags\na\nb,c\nd,e,f\n");
        assert!(rows.starts_with("a.csv has 2 mistakes") && rows.contains("line 2: the row has 1 cell,"), "{rows}");
        assert!(rows.contains("line 4: the row has 3 cells, but the header has 2"), "{rows}");
        assert!(message("title,,\na,b,\n").ends_with("a cell is in a column without a name"));
        assert!(message("title,tags\n\"a,b\nc,d\n").ends_with("are: 2"));
        assert!(Sheet::parse(b"title\n\xe9".to_vec(), &KNOWN, "a.csv").is_err());
    }

    #[test]
    fn rows_need_no_header() {
        for text in ["a@x,b@y\n\n\"c@x\" ,d@y,,\n", "a@x;b@y\r\n;;\r\nc@x;d@y\r\n"] {
            let rows = rows_of(text, |cell| cell.contains('@'), "a.csv").expect("rows");
            assert_eq!(rows, [(1, vec!["a@x".to_owned(), "b@y".to_owned()]), (3, vec!["c@x".into(), "d@y".into()])]);
        }
        assert!(rows_of("a@x,\"b@y\n", |_| true, "a.csv").is_err());
    }

    #[derive(Clone, Copy, Debug)]
    enum Encoding {
        Utf8,
        MarkedUtf8,
        Utf16,
    }

    impl Encoding {
        fn encode(self, text: &str) -> Vec<u8> {
            match self {
                Self::Utf8 => text.as_bytes().to_vec(),
                Self::MarkedUtf8 => format!("\u{feff}{text}").into_bytes(),
                Self::Utf16 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            }
        }
    }

    proptest! {
        #[test]
        fn cells_survive_every_separator_line_end_and_encoding(
            rows in proptest::collection::vec(("[^\u{feff}]*[a-z][^\u{feff}]*", any::<String>(), any::<String>()), 0..6),
            separator in proptest::sample::select(dialect::SEPARATORS.to_vec()),
            end in proptest::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n')]),
            quotes in proptest::sample::select(vec![csv::QuoteStyle::Necessary, csv::QuoteStyle::Always]),
            encoding in proptest::sample::select(vec![Encoding::Utf8, Encoding::MarkedUtf8, Encoding::Utf16]),
        ) {
            let mut writer = csv::WriterBuilder::new();
            let mut writer = writer.delimiter(separator).terminator(end).quote_style(quotes).from_writer(Vec::new());
            writer.write_record(["Title", "tags", "dd"]).expect("memory");
            for (one, two, three) in &rows {
                writer.write_record([one, two, three]).expect("memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
            let sheet = Sheet::parse(encoding.encode(&text), &KNOWN, "a.csv").expect("a sheet");
            let read: Vec<_> = sheet.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.clone())).collect();
            let read: Vec<Vec<String>> = read.into_iter().map(Iterator::collect).collect();
            let written: Vec<_> = rows.into_iter().map(|(one, two, three)| vec![one, two, three]).collect();
            prop_assert_eq!(read, written);
            prop_assert_eq!(sheet.dialect.separator, separator);
        }
    }
}
