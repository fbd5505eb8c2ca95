//! The confirmation of a deletion: a table of what the command deletes, and a question that a
//! person cannot answer by accident.

use crate::failure::Failure;
use crate::output::{Record, table_of};
use crate::prompt;
use crate::terminal::{Terminal, print_lines};

/// Maximum number of rows in the table.
const MOST_ROWS: usize = 20;

/// The words of a question about a deletion.
pub(crate) struct Words {
    /// The noun for the thing that is deleted, such as `room`.
    pub(crate) noun: &'static str,
    /// The word for its name: `title` or `name`.
    pub(crate) name: &'static str,
    /// A sentence about the consequences, or an empty text.
    pub(crate) consequence: &'static str,
}

/// Shows what a command deletes, and asks for the name of a single thing, or for the number of
/// several.
pub(crate) fn of_deletion<'r, R: Record>(
    records: &'r [R],
    name: impl Fn(&'r R) -> &'r str,
    words: &Words,
    terminal: Terminal,
) -> Result<(), Failure> {
    show(records, terminal);
    let Words { noun, name: word, consequence } = words;
    let consequence = if consequence.is_empty() { String::new() } else { format!(" {consequence}") };
    let these = these(records.len(), noun, &format!("{noun}s"));
    match records {
        [only] => {
            let question = format!("Permanently delete {these}?{consequence} Type its {word} to confirm:");
            prompt::confirm_by_typing(&question, name(only))
        }
        several => {
            let count = several.len().to_string();
            let question = format!("Permanently delete {these}?{consequence} Type {count} to confirm:");
            prompt::confirm_by_typing(&question, &count)
        }
    }
}

/// Returns a phrase such as `this room` or `these 2 rooms`.
pub(crate) fn these(count: usize, noun: &str, plural: &str) -> String {
    if count == 1 { format!("this {noun}") } else { format!("these {count} {plural}") }
}

/// Shows the table for a question on standard error.
pub(crate) fn show<R: Record>(records: &[R], terminal: Terminal) {
    let listed = &records[..records.len().min(MOST_ROWS)];
    print_lines(&table_of(listed, terminal));
    if records.len() > listed.len() {
        print_lines(&format!("and {} more\n", records.len() - listed.len()));
    }
}
