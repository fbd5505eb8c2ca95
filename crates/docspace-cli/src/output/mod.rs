//! What commands print: a table for people, lines with tabs for scripts, JSON for programs.

mod field;
mod jq;
mod progress;
mod table;
mod terminal;

use std::io::{self, Write};

pub(crate) use field::{Field, Record, day, instant, plain, plain_lines};
use jq::Filter;
pub(crate) use progress::Bar;
use serde::{Serialize, Serializer};
use serde_json::Value;
pub(crate) use terminal::Terminal;

use crate::app::App;
use crate::failure::Failure;

/// `--json` and `--jq`, for commands that print something.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Print JSON with these fields, separated by commas; without any, list those there are
    #[arg(long, value_name = "FIELDS")]
    json: Option<Option<String>>,
    /// Filter the JSON with a jq expression
    #[arg(long, value_name = "EXPRESSION", requires = "json")]
    jq: Option<String>,
}

impl OutputArgs {
    /// How to print records of this kind. Fails on a field that they do not have, before anything is sent.
    pub(crate) fn printer<R: Record>(&self, app: &App) -> Result<Printer<R>, Failure> {
        let fields = self.json.as_ref().map(|fields| chosen::<R>(fields.as_deref())).transpose()?;
        let filter = self.jq.as_deref().map(Filter::compile).transpose()?;
        Ok(Printer { fields, filter, terminal: app.terminal })
    }
}

fn chosen<R: Record>(names: Option<&str>) -> Result<Vec<&'static Field<R>>, Failure> {
    let known = || R::FIELDS.iter().map(|field| field.name);
    let names = names.unwrap_or_default();
    if names.trim().is_empty() {
        let failure = Failure::usage("`--json` needs a list of fields, separated by commas:");
        return Err(failure.listing(known()));
    }
    let find = |name: &str| {
        let found = R::FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name.trim()));
        found.ok_or_else(|| {
            Failure::usage(format!("there is no field `{}`; the fields are:", name.trim())).listing(known())
        })
    };
    names.split(',').map(find).collect()
}

/// Prints records of one kind.
pub(crate) struct Printer<R: Record> {
    fields: Option<Vec<&'static Field<R>>>,
    filter: Option<Filter>,
    terminal: Terminal,
}

impl<R: Record> Printer<R> {
    /// Several records: a table, a line for each, or an array.
    pub(crate) fn list(&self, records: &[R]) -> Result<(), Failure> {
        match &self.fields {
            Some(fields) => self.json(&records.iter().map(|record| self.object(record, fields)).collect::<Vec<_>>()),
            None => self.rows(records),
        }
    }

    /// The same, telling a person that there are none rather than showing nothing.
    pub(crate) fn found(&self, records: &[R], none: &str) -> Result<(), Failure> {
        if records.is_empty() && self.fields.is_none() {
            self.terminal.note(none);
        }
        self.list(records)
    }

    /// One record that was made or changed: a table of one, a line, or an object.
    pub(crate) fn row(&self, record: &R) -> Result<(), Failure> {
        match &self.fields {
            Some(fields) => self.json(&self.object(record, fields)),
            None => self.rows(std::slice::from_ref(record)),
        }
    }

    /// One record with all of its fields, each on a line, or an object.
    pub(crate) fn card(&self, record: &R) -> Result<(), Failure> {
        if let Some(fields) = &self.fields {
            return self.json(&self.object(record, fields));
        }
        let mut text = String::new();
        for field in R::FIELDS {
            let value = (field.get)(record);
            if self.terminal.stdout {
                table::line(&mut text, field.name, &field::for_people(&value), self.terminal);
            } else {
                text.push_str(&format!("{}\t{}\n", field.name, field::for_scripts(&value)));
            }
        }
        write(&text)
    }

    fn rows(&self, records: &[R]) -> Result<(), Failure> {
        let columns: Vec<_> = R::FIELDS.iter().filter(|field| field.column).collect();
        if self.terminal.stdout {
            let cells = |record: &R| columns.iter().map(|field| field::for_people(&(field.get)(record))).collect();
            let names: Vec<_> = columns.iter().map(|field| field.name).collect();
            return write(&table::table(&names, &records.iter().map(cells).collect::<Vec<_>>(), self.terminal));
        }
        let mut text = String::new();
        for record in records {
            let cells: Vec<_> = columns.iter().map(|field| field::for_scripts(&(field.get)(record))).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        write(&text)
    }

    fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let pretty = self.filter.is_none() && self.terminal.stdout;
        let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        let text = text.map_err(io::Error::from)?;
        match &self.filter {
            Some(filter) => {
                // In a pipe, every byte stays as it is.
                let shown = if self.terminal.stdout { plain_lines } else { str::to_owned };
                filter.run(&text, shown, &mut io::BufWriter::new(io::stdout()))
            }
            None if pretty => write(&format!("{}\n", field::escaped(&text))),
            None => write(&format!("{text}\n")),
        }
    }

    /// A record as JSON. A filter writes texts without JSON escapes, so for a terminal they are
    /// made plain beforehand. That keeps line breaks from the expression apart from those in a
    /// title.
    fn object(&self, record: &R, fields: &[&'static Field<R>]) -> Object {
        let clean = self.filter.is_some() && self.terminal.stdout;
        let value = |field: &Field<R>| {
            let value = (field.get)(record);
            if clean { field::plain_value(value) } else { value }
        };
        Object(fields.iter().map(|field| (field.name, value(field))).collect())
    }
}

/// A record as JSON, with its fields in the order in which they were asked for.
struct Object(Vec<(&'static str, Value)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Writes to standard output, where a closed pipe is a failure that nobody is told of.
pub(crate) fn write(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints a message for the user on standard error, on one line. Does nothing if standard error is
/// closed.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(format!("{}\n", plain(text)).as_bytes());
}
