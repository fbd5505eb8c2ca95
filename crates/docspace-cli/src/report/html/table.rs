//! The table with all records. A script sorts and filters it; without the script it is complete.

use maud::{Markup, html};

use crate::output::{Field, Record, Tone};
use crate::report::document::Document;
use crate::report::text::columns;

/// The number of characters that a cell shows on one line.
const LONGEST_LINE: usize = 24;

pub(super) fn table<R: Record>(document: &Document<R>) -> Markup {
    let columns = columns(document);
    let numbers: Vec<_> = columns.iter().map(|field| is_number(field, &document.records)).collect();
    html! {
        section aria-labelledby="table" {
            h2 #table { "All " (document.nouns) }
            @if document.records.is_empty() {
                p.nothing { "There are no " (document.nouns) "." }
            } @else {
                form.filter role="search" hidden {
                    label for="filter" { "Filter" }
                    input #filter type="search" autocomplete="off" placeholder="Title, name, state";
                    output for="filter" aria-live="polite" {}
                }
                div.scroll role="region" aria-labelledby="table" tabindex="0" {
                    table {
                        caption { (document.records.len()) " " (document.nouns) " of " (document.about.portal) ", " (document.about.date()) }
                        thead {
                            tr {
                                @for (field, is_number) in columns.iter().zip(&numbers) {
                                    th scope="col" class=[is_number.then_some("number")] { (field.heading()) }
                                }
                            }
                        }
                        tbody {
                            @for record in &document.records {
                                tr {
                                    @for (field, is_number) in columns.iter().zip(&numbers) {
                                        (cell(field, record, *is_number))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether all values are numbers, so that they are aligned to the right.
fn is_number<R: Record>(field: &Field<R>, records: &[R]) -> bool {
    let mut values = records.iter().map(|record| field.value(record)).filter(|value| !value.is_null()).peekable();
    values.peek().is_some() && values.all(|value| value.is_number())
}

fn cell<R: Record>(field: &Field<R>, record: &R, is_number: bool) -> Markup {
    let (text, tone) = field.cell(record);
    let raw = field.script_cell(record);
    let tone = match tone {
        Tone::Bad => Some("bad"),
        Tone::Warning => Some("warning"),
        Tone::Dim => Some("dim"),
        Tone::Plain | Tone::Id => None,
    };
    // Dates and short names stay on one line.
    let is_short = text.chars().count() <= LONGEST_LINE;
    html! {
        td.number[is_number].short[is_short] class=[tone] data-sort=[(raw != text).then_some(raw)] { (text) }
    }
}
