//! Tables that fit the width of the terminal. What people copy is never cut.

use std::fmt::Write;

use console::{Alignment, measure_text_width, pad_str, style, truncate_str};

use crate::terminal::Terminal;

/// The number of spaces between two columns.
const GAP: usize = 2;
/// The minimum width of a column that is narrowed.
const MIN_COLUMN_WIDTH: usize = 16;
/// The least width of the names of fields, in records with one line for each field.
const NAME_WIDTH: usize = 16;

/// The meaning of a value, which determines its color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    #[default]
    Plain,
    /// The value by which commands find the record.
    Id,
    /// Not in use at the moment, such as an archived room.
    Dim,
    /// Needs attention soon, such as a link that is about to expire.
    Warning,
    /// No longer works, such as an expired link.
    Bad,
}

impl Tone {
    fn paint(self, text: &str, colors: bool) -> String {
        let text = style(text).force_styling(colors);
        match self {
            Self::Plain => text,
            Self::Id => text.cyan(),
            Self::Dim => text.dim(),
            Self::Warning => text.yellow(),
            Self::Bad => text.red(),
        }
        .to_string()
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    /// Whether its values are always printed whole.
    pub(super) never_cut: bool,
    /// In a narrow table, columns with a low priority are left out first.
    pub(super) priority: u8,
}

/// The text of a value, and its meaning.
pub(crate) type Cell = (String, Tone);

/// Formats rows under their headings. Returns an empty text if there are no rows.
///
/// If the columns do not fit, long texts are shortened and columns are left out. If not even the
/// two most important columns fit, each record is printed with one line for each field.
pub(super) fn table(columns: &[Column], rows: &[Vec<Cell>], terminal: Terminal) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let headings: Vec<_> = columns.iter().map(|column| heading(column.name)).collect();
    let widest = |place: usize| {
        let cells = rows.iter().map(|row| &row[place].0).chain([&headings[place]]);
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..columns.len()).map(widest).collect();
    let Some(layout) = fit(columns, &widths, terminal.columns) else {
        return rows.iter().map(|row| card(columns, row, terminal)).collect::<Vec<_>>().join("\n");
    };
    let mut text = String::new();
    let mut line = |cell: &dyn Fn(usize) -> Cell| {
        let cells = layout.iter().map(|(place, width)| {
            let (text, tone) = cell(*place);
            let text = tone.paint(&truncate_str(&text, *width, "…"), terminal.colors);
            pad_str(&text, *width, Alignment::Left, None).into_owned()
        });
        text.push_str(cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end());
        text.push('\n');
    };
    line(&|place| (headings[place].clone(), Tone::Dim));
    for row in rows {
        line(&|place| row[place].clone());
    }
    text
}

/// Formats a record with one line for each column that has a value.
pub(super) fn card(columns: &[Column], row: &[Cell], terminal: Terminal) -> String {
    let filled: Vec<_> = columns.iter().zip(row).filter(|(_, (value, _))| !value.is_empty()).collect();
    let names = || filled.iter().map(|(column, _)| heading(column.name).to_lowercase());
    let width = names().map(|name| name.len() + 1).max().unwrap_or_default().max(NAME_WIDTH);
    let mut text = String::new();
    for ((_, (value, tone)), name) in filled.iter().zip(names()) {
        let name = format!("{name:<width$}");
        let name = Tone::Dim.paint(&name, terminal.colors);
        let value = tone.paint(value, terminal.colors);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}{value}");
    }
    text
}

/// Converts a field name such as `usedSpace` to the heading `USED SPACE`.
pub(super) fn heading(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            text.push(' ');
        }
        text.extend(letter.to_uppercase());
    }
    text
}

/// Returns the columns to print and their widths. Returns `None` if the two most important columns
/// do not fit.
fn fit(columns: &[Column], widths: &[usize], available: usize) -> Option<Vec<(usize, usize)>> {
    let min_width = |place: usize| match columns[place].never_cut {
        true => widths[place],
        false => widths[place].min(MIN_COLUMN_WIDTH),
    };
    let gaps = |count: usize| GAP * count.saturating_sub(1);
    let mut by_priority: Vec<usize> = (0..columns.len()).collect();
    by_priority.sort_by_key(|place| std::cmp::Reverse(columns[*place].priority));
    let (mut kept, mut used) = (Vec::new(), 0);
    for (rank, place) in by_priority.into_iter().enumerate() {
        let width = min_width(place);
        if used + width + gaps(kept.len() + 1) <= available {
            used += width;
            kept.push(place);
        } else if rank < 2 {
            return None;
        }
    }
    kept.sort_unstable();
    let mut layout: Vec<_> = kept.into_iter().map(|place| (place, widths[place])).collect();
    while layout.iter().map(|(_, width)| width).sum::<usize>() + gaps(layout.len()) > available {
        let narrowable = layout.iter_mut().filter(|(place, width)| *width > min_width(*place));
        narrowable.max_by_key(|(_, width)| *width)?.1 -= 1;
    }
    Some(layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Column = Column { name: "id", never_cut: true, priority: 100 };
    const TITLE: Column = Column { name: "title", never_cut: false, priority: 90 };
    const TAGS: Column = Column { name: "tags", never_cut: false, priority: 30 };

    #[test]
    fn long_texts_are_shortened_before_columns_are_left_out() {
        let columns = [ID, TITLE, TAGS];
        assert_eq!(fit(&columns, &[3, 40, 20], 80), Some(vec![(0, 3), (1, 40), (2, 20)]));
        assert_eq!(fit(&columns, &[3, 40, 20], 40), Some(vec![(0, 3), (1, 17), (2, 16)]));
        assert_eq!(fit(&columns, &[3, 40, 20], 38), Some(vec![(0, 3), (1, 33)]));
        assert_eq!(fit(&columns, &[30, 40, 3], 40), None);
        assert_eq!(fit(&[ID], &[5], 40), Some(vec![(0, 5)]));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_no_id_is_cut() {
        let row: Vec<Cell> = ["d912e9b7-6dc0", "監査監査監査監査監査監査監査", "one, two, three, four"]
            .map(|text| (text.to_owned(), Tone::Plain))
            .to_vec();
        for columns in 31..=300 {
            let terminal = Terminal { columns, ..Terminal::none() };
            let text = table(&[ID, TITLE, TAGS], std::slice::from_ref(&row), terminal);
            assert!(text.lines().all(|line| measure_text_width(line) <= columns), "{columns}: {text}");
            assert!(text.contains("d912e9b7-6dc0"), "{columns}: {text}");
        }
    }

    #[test]
    fn records_that_do_not_fit_have_one_line_for_each_field() {
        let row: Vec<Cell> =
            vec![("d912e9b7-6dc0".to_owned(), Tone::Id), ("Audit 2026, second half".to_owned(), Tone::Plain)];
        let terminal = Terminal { columns: 20, ..Terminal::none() };
        let text = table(&[ID, TITLE], &[row.clone(), row], terminal);
        let card = "id              d912e9b7-6dc0\ntitle           Audit 2026, second half\n";
        assert_eq!(text, format!("{card}\n{card}"));
    }
}
