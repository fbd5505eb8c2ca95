//! Tables that fit the width of the terminal.

use std::fmt::Write;

use console::{Alignment, measure_text_width, pad_str, style, truncate_str};

use crate::terminal::Terminal;

/// The number of spaces between two columns.
const GAP: usize = 2;
/// The minimum width of a column that is narrowed.
const MIN_COLUMN_WIDTH: usize = 8;

/// Formats rows under their headings. Returns an empty text if there are no rows.
pub(super) fn table(names: &[&str], rows: &[Vec<String>], terminal: Terminal) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let headings: Vec<_> = names.iter().map(|name| heading(name)).collect();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| &row[column]).chain([&headings[column]]);
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or_default()
    };
    let widths = fit((0..names.len()).map(widest).collect(), terminal.columns);
    let mut text = String::new();
    let mut line = |cells: &[String], paint: fn(usize, &str, bool) -> String| {
        let painted = cells.iter().zip(&widths).enumerate().map(|(place, (cell, width))| {
            let cell = paint(place, &truncate_str(cell, *width, "…"), terminal.colors);
            pad_str(&cell, *width, Alignment::Left, None).into_owned()
        });
        text.push_str(painted.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end());
        text.push('\n');
    };
    line(&headings, |_, cell, colors| style(cell).dim().force_styling(colors).to_string());
    for row in rows {
        line(row, |place, cell, colors| {
            let cell = style(cell).force_styling(colors);
            if place == 0 { cell.cyan().to_string() } else { cell.to_string() }
        });
    }
    text
}

/// Appends one field of a record as a line.
pub(super) fn line(text: &mut String, name: &str, value: &str, terminal: Terminal) {
    let name = format!("{:<16}", heading(name).to_lowercase());
    let name = style(name).dim().force_styling(terminal.colors);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}", format!("{name}{value}").trim_end());
}

/// Converts a field name such as `usedSpace` to the heading `USED SPACE`.
fn heading(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            text.push(' ');
        }
        text.extend(letter.to_uppercase());
    }
    text
}

/// Narrows the widest columns until all columns fit.
fn fit(mut widths: Vec<usize>, columns: usize) -> Vec<usize> {
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > columns {
        match widths.iter_mut().max() {
            Some(width) if *width > MIN_COLUMN_WIDTH => *width -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widest_columns_are_narrowed_first() {
        assert_eq!(fit(vec![3, 40, 20], 40), [3, 17, 16]);
        assert_eq!(fit(vec![3, 5], 80), [3, 5]);
        assert_eq!(fit(vec![30, 30], 1), [8, 8]);
    }

    #[test]
    fn double_width_characters_count_twice() {
        let terminal = Terminal { columns: 20, ..Terminal::none() };
        let text = table(&["id", "title"], &[vec!["1".into(), "監査監査監査監査監査".into()]], terminal);
        assert!(text.lines().all(|line| measure_text_width(line) <= 20), "{text}");
    }
}
