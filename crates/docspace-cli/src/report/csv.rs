//! Reports as CSV, for spreadsheets.

use std::borrow::Cow;

use super::document::Document;
use crate::failure::Failure;
use crate::output::{Field, Record};

/// Formats all fields of the records, with a line for their names.
pub(super) fn format<R: Record>(document: &Document<R>) -> Result<String, Failure> {
    let fields: Vec<_> = R::FIELDS.iter().filter(|field| !document.hidden.contains(&field.name)).collect();
    let written = lines(&fields, &document.records);
    written.map_err(|error| Failure::local(format!("cannot write the report as CSV: {error}")))
}

fn lines<R: Record>(fields: &[&Field<R>], records: &[R]) -> Result<String, Box<dyn std::error::Error>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(fields.iter().map(|field| field.name))?;
    for record in records {
        writer.write_record(fields.iter().map(|field| cell(field, record).into_owned()))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn cell<R>(field: &Field<R>, record: &R) -> Cow<'static, str> {
    let text = field.script_cell(record);
    if field.value(record).is_number() { text.into() } else { without_formula(text) }
}

/// Puts an apostrophe in front of a text that a spreadsheet would execute as a formula, as OWASP
/// recommends against CSV injection.
fn without_formula(text: String) -> Cow<'static, str> {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line(&'static str, i64);

    impl Record for Line {
        const FIELDS: &'static [Field<Self>] = &[
            Field::<Self>::column("title", "Title", &|line| line.0),
            Field::<Self>::detail("size", "Size", &|line| line.1),
        ];
    }

    #[test]
    fn formulas_of_other_people_are_texts() {
        let fields: Vec<_> = Line::FIELDS.iter().collect();
        let text = |title| lines(&fields, &[Line(title, -1)]).expect("text");
        assert_eq!(text("=HYPERLINK(\"x\")"), "title,size\n\"'=HYPERLINK(\"\"x\"\")\",-1\n");
        for formula in ["+1", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(text(formula), format!("title,size\n'{formula},-1\n"));
        }
        assert_eq!(text("a, b\n=1"), "title,size\n\"a, b =1\",-1\n");
    }
}
