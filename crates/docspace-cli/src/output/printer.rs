//! Printing the records of a report.

use std::io::{self, Write};

use futures::StreamExt;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::field::{self, Field, Record};
use super::jq::Filter;
use super::listing::Listing;
use super::pager::Output;
use super::report::{Records, Report};
use super::{json, table};
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::text::plain_lines;

/// Prints records of the type `R`.
pub(crate) struct Printer<R: Record> {
    /// The fields to print as JSON, or `None` to print text.
    fields: Option<Vec<&'static Field<R>>>,
    filter: Option<Filter>,
    terminal: Terminal,
}

impl<R: Record> Printer<R> {
    /// Returns a printer for text: tables on a terminal, tab-separated lines in a pipe.
    pub(crate) fn text(terminal: Terminal) -> Self {
        Self { fields: None, filter: None, terminal }
    }

    /// Returns a printer for JSON with these fields, separated by commas, and an optional jq
    /// expression.
    ///
    /// # Errors
    ///
    /// Fails if the records have no such field, or if the expression is not valid.
    pub(crate) fn json(fields: &str, expression: Option<&str>, terminal: Terminal) -> Result<Self, Failure> {
        let fields = select_fields::<R>(fields)?;
        let filter = expression.map(Filter::compile).transpose()?;
        Ok(Self { fields: Some(fields), filter, terminal })
    }

    /// Prints a report, and returns its failure if it has one.
    pub(crate) async fn print(&self, report: Report<R>) -> Result<(), Failure>
    where
        R: Send,
    {
        if let Some(note) = &report.note {
            self.terminal.note(note);
        }
        let mut out = Output::new(self.terminal);
        let outcome = match report.records {
            Records::Streamed(listing) => self.print_listing(listing, &mut out).await,
            records => {
                if let Records::Found(records, none) = &records {
                    self.note_if_empty(records, none);
                }
                self.write(&records, &mut out).map_err(|failure| match self.changed(&records) {
                    Some(changed) => failure.after_change(&changed),
                    None => failure,
                })
            }
        };
        out.finish(outcome)?;
        if let Some(summary) = &report.summary {
            self.terminal.note(summary);
        }
        report.failure.map_or(Ok(()), Err)
    }

    /// Whether the field with this name is among the JSON fields, or the output is text.
    pub(crate) fn prints(&self, name: &str) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.iter().any(|field| field.name == name))
    }

    /// Shows a text on a terminal if there are no records.
    fn note_if_empty(&self, records: &[R], none: &str) {
        if records.is_empty() && self.fields.is_none() {
            self.terminal.note(none);
        }
    }

    /// Describes the records that a command has created or changed.
    fn changed(&self, records: &Records<R>) -> Option<String> {
        let records = match records {
            Records::Row(record) => std::slice::from_ref(record),
            Records::List(records) if !records.is_empty() => records,
            _ => return None,
        };
        let columns: Vec<_> = R::FIELDS.iter().filter(|field| field.column).collect();
        let describe = |record: &R| {
            let values = columns.iter().map(|field| (field.name, field::for_scripts(&field.value(record))));
            let values = values.filter(|(_, value)| !value.is_empty());
            values.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
        };
        Some(records.iter().map(describe).collect::<Vec<_>>().join("; "))
    }

    /// Prints a list that is read page by page. In a pipe, each page is written when it is read.
    async fn print_listing(&self, listing: Listing<R>, out: &mut (impl Write + Send)) -> Result<(), Failure>
    where
        R: Send,
    {
        let none = listing.if_none();
        match &self.fields {
            None if self.terminal.stdout => {
                let excerpt = listing.excerpt().await?;
                self.note_if_empty(&excerpt.records, &none);
                out.write_all(excerpt.heading.as_bytes())?;
                out.write_all(self.rows(&excerpt.records).as_bytes())?;
            }
            None => {
                let mut is_empty = true;
                let mut chunks = listing.chunks();
                while let Some(records) = chunks.next().await {
                    out.write_all(self.rows(&records?).as_bytes())?;
                    out.flush()?;
                    is_empty = false;
                }
                if is_empty {
                    self.terminal.note(&none);
                }
            }
            Some(fields) if self.filter.is_none() && !self.terminal.stdout => {
                let mut chunks = listing.chunks();
                let mut separator = "[";
                while let Some(records) = chunks.next().await {
                    for record in records? {
                        let object = serde_json::to_string(&self.object(&record, fields)).map_err(io::Error::from)?;
                        write!(out, "{separator}{object}")?;
                        separator = ",";
                    }
                    out.flush()?;
                }
                writeln!(out, "{}", if separator == "[" { "[]" } else { "]" })?;
            }
            // A filter needs the whole list, and a terminal is not faster than a person reads.
            Some(_) => self.write(&Records::List(listing.all().await?), out)?,
        }
        Ok(out.flush()?)
    }

    /// Writes the records in the format of this printer.
    fn write(&self, records: &Records<R>, out: &mut (impl Write + Send)) -> Result<(), Failure> {
        match (records, &self.fields) {
            (Records::None | Records::Streamed(_), _) => return Ok(()),
            (Records::List(records) | Records::Found(records, _), Some(fields)) => {
                let objects: Vec<_> = records.iter().map(|record| self.object(record, fields)).collect();
                self.write_json(&objects, out)?;
            }
            (Records::Row(record) | Records::Card(record), Some(fields)) => {
                self.write_json(&self.object(record, fields), out)?;
            }
            (Records::List(records) | Records::Found(records, _), None) => {
                out.write_all(self.rows(records).as_bytes())?;
            }
            (Records::Row(record), None) if self.terminal.stdout => {
                out.write_all(self.card(record, |field| field.column).as_bytes())?;
            }
            (Records::Row(record), None) => out.write_all(self.rows(std::slice::from_ref(record)).as_bytes())?,
            (Records::Card(record), None) => out.write_all(self.card(record, |_| true).as_bytes())?,
        }
        Ok(out.flush()?)
    }

    /// Formats a record with one line for each field, so that nothing is cut.
    fn card(&self, record: &R, is_printed: fn(&Field<R>) -> bool) -> String {
        let fields: Vec<_> = R::FIELDS.iter().filter(|field| is_printed(field)).collect();
        if self.terminal.stdout {
            let columns: Vec<_> = fields.iter().map(|field| field.as_column()).collect();
            let cells: Vec<_> = fields.iter().map(|field| field.cell(record)).collect();
            return table::card(&columns, &cells, self.terminal);
        }
        let line = |field: &&Field<R>| format!("{}\t{}\n", field.name, field::for_scripts(&field.value(record)));
        fields.iter().map(line).collect()
    }

    fn rows(&self, records: &[R]) -> String {
        if self.terminal.stdout {
            return table_of(records, self.terminal);
        }
        let columns: Vec<_> = R::FIELDS.iter().filter(|field| field.column).collect();
        let mut text = String::new();
        for record in records {
            let cells: Vec<_> = columns.iter().map(|field| field::for_scripts(&field.value(record))).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }

    fn write_json(&self, value: &impl Serialize, out: &mut (impl Write + Send)) -> Result<(), Failure> {
        let Some(filter) = &self.filter else {
            let text = match self.terminal.stdout {
                true => json::for_terminal(value, self.terminal.colors)?,
                false => serde_json::to_string(value).map_err(io::Error::from)?,
            };
            return Ok(writeln!(out, "{text}")?);
        };
        // In a pipe, the output contains the exact bytes.
        let to_output = if self.terminal.stdout { plain_lines } else { str::to_owned };
        filter.run(&serde_json::to_string(value).map_err(io::Error::from)?, to_output, out)
    }

    /// Returns a record as JSON. A filter writes strings without JSON escapes, so on a terminal
    /// control characters are removed before the filter runs. Line breaks of the expression itself
    /// are kept.
    fn object(&self, record: &R, fields: &[&'static Field<R>]) -> Object {
        let must_clean = self.filter.is_some() && self.terminal.stdout;
        let value = |field: &Field<R>| {
            let value = field.value(record);
            if must_clean { field::plain_value(value) } else { value }
        };
        Object(fields.iter().map(|field| (field.name, value(field))).collect())
    }
}

/// Formats records as a table that fits the terminal.
pub(crate) fn table_of<R: Record>(records: &[R], terminal: Terminal) -> String {
    let fields: Vec<_> = R::FIELDS.iter().filter(|field| field.is_column_of(records)).collect();
    let columns: Vec<_> = fields.iter().map(|field| field.as_column()).collect();
    let cells = |record: &R| fields.iter().map(|field| field.cell_in_list(record)).collect();
    table::table(&columns, &records.iter().map(cells).collect::<Vec<_>>(), terminal)
}

/// Returns the fields with these names, separated by commas.
fn select_fields<R: Record>(names: &str) -> Result<Vec<&'static Field<R>>, Failure> {
    let available = || R::FIELDS.iter().map(|field| field.name);
    if names.trim().is_empty() {
        let failure =
            Failure::usage("--json needs the names of fields, separated by commas. The available fields are:");
        return Err(failure.listing(available()));
    }
    let find = |name: &str| {
        let found = R::FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name.trim()));
        found.ok_or_else(|| {
            Failure::usage(format!("there is no field `{}`. The available fields are:", name.trim()))
                .listing(available())
        })
    };
    names.split(',').map(find).collect()
}

/// A record as JSON, with the fields in the requested order.
struct Object(Vec<(&'static str, Value)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fruit(&'static str, u32);

    impl Record for Fruit {
        const FIELDS: &'static [Field<Self>] = &[
            Field::<Self>::column("name", "Name", &|fruit| fruit.0),
            Field::<Self>::detail("weight", "Weight in grams", &|fruit| fruit.1),
        ];
    }

    fn printed(printer: &Printer<Fruit>, records: Records<Fruit>) -> String {
        let mut out = Vec::new();
        printer.write(&records, &mut out).expect("memory to write to");
        String::from_utf8(out).expect("text")
    }

    fn fruits() -> Vec<Fruit> {
        vec![Fruit("pear", 180), Fruit("a\tb", 7)]
    }

    #[test]
    fn records_in_a_pipe_are_tab_separated_lines() {
        let printer = Printer::text(Terminal::none());
        assert_eq!(printed(&printer, Records::List(fruits())), "pear\na b\n");
        assert_eq!(printed(&printer, Records::Card(Fruit("pear", 180))), "name\tpear\nweight\t180\n");
        assert_eq!(printed(&printer, Records::Found(Vec::new(), "no fruits")), "");
    }

    #[test]
    fn records_on_a_terminal_are_a_table() {
        let printer = Printer::text(Terminal { stdout: true, ..Terminal::none() });
        assert_eq!(printed(&printer, Records::List(vec![Fruit("pear", 180)])), "NAME\npear\n");
        assert_eq!(printed(&printer, Records::Row(Fruit("pear", 180))), "name            pear\n");
    }

    #[test]
    fn optional_columns_without_values_are_left_out_of_tables_only() {
        struct Basket(&'static str, Option<u32>);
        impl Record for Basket {
            const FIELDS: &'static [Field<Self>] = &[
                Field::<Self>::column("name", "Name", &|basket| basket.0),
                Field::<Self>::column("count", "Count", &|basket| basket.1).optional(),
            ];
        }
        let terminal = Terminal { stdout: true, ..Terminal::none() };
        let text = |terminal, count| Printer::text(terminal).rows(&[Basket("a", None), Basket("b", count)]);
        assert_eq!(text(terminal, None), "NAME\na\nb\n");
        assert_eq!(text(terminal, Some(3)), "NAME  COUNT\na\nb     3\n");
        assert_eq!(text(Terminal::none(), None), "a\t\nb\t\n");
    }

    #[test]
    fn json_contains_the_requested_fields_in_order() {
        let printer = Printer::json("weight,name", None, Terminal::none()).expect("fields");
        assert_eq!(printed(&printer, Records::Row(Fruit("pear", 180))), "{\"weight\":180,\"name\":\"pear\"}\n");
        assert_eq!(printed(&printer, Records::List(Vec::new())), "[]\n");
        assert_eq!(printed(&printer, Records::None), "");
        let filtered = Printer::json("weight", Some("map(.weight) | add"), Terminal::none()).expect("a filter");
        assert_eq!(printed(&filtered, Records::List(fruits())), "187\n");
    }

    #[tokio::test]
    async fn long_lists_are_shortened_on_a_terminal_only() {
        const COUNT: u32 = 31;
        let listing = |terminal, limit| {
            let fruits = futures::stream::iter((0..COUNT).map(|weight| Ok(Fruit("pear", weight))));
            Listing::new("fruits", fruits, terminal).limit(limit).total(async { Ok(400) })
        };
        let printed = async |printer: Printer<Fruit>, limit| {
            let mut out = Vec::new();
            printer.print_listing(listing(printer.terminal, limit), &mut out).await.expect("memory to write to");
            String::from_utf8(out).expect("text")
        };
        let terminal = Terminal { stdout: true, ..Terminal::none() };
        let text = printed(Printer::text(terminal), None).await;
        assert!(text.starts_with("Showing 30 of 400 fruits; use --limit to see more\n\nNAME\npear\n"), "{text}");
        assert_eq!(text.matches("pear").count(), 30);
        assert_eq!(printed(Printer::text(terminal), Some(COUNT)).await.matches("pear").count(), 31);
        assert_eq!(printed(Printer::text(Terminal::none()), None).await, "pear\n".repeat(31));
        assert_eq!(printed(Printer::text(Terminal::none()), Some(2)).await, "pear\npear\n");
        let json = |terminal, filter| Printer::json("weight", filter, terminal).expect("fields");
        assert_eq!(printed(json(Terminal::none(), None), Some(2)).await, "[{\"weight\":0},{\"weight\":1}]\n");
        assert_eq!(printed(json(Terminal::none(), Some("length")), None).await, "31\n");
        assert_eq!(printed(json(terminal, Some("length")), None).await, "31\n");
    }

    #[tokio::test]
    async fn records_are_written_when_they_are_read() {
        struct Watched(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);
        impl Write for Watched {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().expect("no panic").write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let written = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let seen = written.clone();
        let first = futures::stream::iter([Ok(Fruit("pear", 1))]);
        let second = futures::stream::once(async move {
            tokio::task::yield_now().await;
            assert_eq!(seen.lock().expect("no panic").as_slice(), b"pear\n", "the first record is not yet written");
            Err(docspace::Error::from("x/y".parse::<docspace::RoomId>().expect_err("no id")))
        });
        let listing = Listing::new("fruits", first.chain(second), Terminal::none());
        let mut out = io::BufWriter::new(Watched(written));
        let ended = Printer::text(Terminal::none()).print_listing(listing, &mut out).await;
        assert!(ended.expect_err("the failure").message().contains("x/y"));
    }

    #[tokio::test]
    async fn failure_of_a_report_is_returned() {
        let printer = Printer::<Fruit>::text(Terminal::none());
        let report = Report::from(Records::None).failing(Some(Failure::local("one is missing")));
        assert_eq!(printer.print(report).await.expect_err("the failure").message(), "one is missing");
    }
}
