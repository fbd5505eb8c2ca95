//! Printing the records of a report.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::field::{self, Field, Record};
use super::jq::Filter;
use super::report::{Records, Report};
use super::table;
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
    pub(crate) fn print(&self, report: Report<R>) -> Result<(), Failure> {
        if let Some(note) = &report.note {
            self.terminal.note(note);
        }
        if let Records::Found(records, none) = &report.records
            && records.is_empty()
            && self.fields.is_none()
        {
            self.terminal.note(none);
        }
        self.write(&report.records, &mut io::BufWriter::new(io::stdout()))?;
        report.failure.map_or(Ok(()), Err)
    }

    /// Writes the records in the format of this printer.
    fn write(&self, records: &Records<R>, out: &mut (impl Write + Send)) -> Result<(), Failure> {
        match (records, &self.fields) {
            (Records::None, _) => return Ok(()),
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
            (Records::Row(record), None) => out.write_all(self.rows(std::slice::from_ref(record)).as_bytes())?,
            (Records::Card(record), None) => out.write_all(self.card(record).as_bytes())?,
        }
        Ok(out.flush()?)
    }

    fn card(&self, record: &R) -> String {
        let mut text = String::new();
        for field in R::FIELDS {
            let value = (field.get)(record);
            if self.terminal.stdout {
                table::line(&mut text, field.name, &field::for_people(&value), self.terminal);
            } else {
                text.push_str(&format!("{}\t{}\n", field.name, field::for_scripts(&value)));
            }
        }
        text
    }

    fn rows(&self, records: &[R]) -> String {
        let columns: Vec<_> = R::FIELDS.iter().filter(|field| field.column).collect();
        if self.terminal.stdout {
            let cells = |record: &R| columns.iter().map(|field| field::for_people(&(field.get)(record))).collect();
            let names: Vec<_> = columns.iter().map(|field| field.name).collect();
            return table::table(&names, &records.iter().map(cells).collect::<Vec<_>>(), self.terminal);
        }
        let mut text = String::new();
        for record in records {
            let cells: Vec<_> = columns.iter().map(|field| field::for_scripts(&(field.get)(record))).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }

    fn write_json(&self, value: &impl Serialize, out: &mut (impl Write + Send)) -> Result<(), Failure> {
        let pretty = self.filter.is_none() && self.terminal.stdout;
        let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        let text = text.map_err(io::Error::from)?;
        match &self.filter {
            Some(filter) => {
                // In a pipe, the output contains the exact bytes.
                let to_output = if self.terminal.stdout { plain_lines } else { str::to_owned };
                filter.run(&text, to_output, out)
            }
            None if pretty => Ok(writeln!(out, "{}", field::escaped(&text))?),
            None => Ok(writeln!(out, "{text}")?),
        }
    }

    /// Returns a record as JSON. A filter writes strings without JSON escapes, so on a terminal
    /// control characters are removed before the filter runs. Line breaks of the expression itself
    /// are kept.
    fn object(&self, record: &R, fields: &[&'static Field<R>]) -> Object {
        let must_clean = self.filter.is_some() && self.terminal.stdout;
        let value = |field: &Field<R>| {
            let value = (field.get)(record);
            if must_clean { field::plain_value(value) } else { value }
        };
        Object(fields.iter().map(|field| (field.name, value(field))).collect())
    }
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
        const FIELDS: &'static [Field<Self>] =
            &[Field::column("name", |fruit| fruit.0.into()), Field::detail("weight", |fruit| fruit.1.into())];
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
        assert_eq!(printed(&printer, Records::Row(Fruit("pear", 180))), "NAME\npear\n");
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

    #[test]
    fn failure_of_a_report_is_returned() {
        let printer = Printer::<Fruit>::text(Terminal::none());
        let report = Report::from(Records::None).failing(Some(Failure::local("one is missing")));
        assert_eq!(printer.print(report).expect_err("the failure").message(), "one is missing");
    }
}
