//! The mistakes in a file, reported together.

use std::fmt::Display;

use crate::failure::Failure;

/// The mistakes in the cells of a file.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<(usize, String)>);

impl Problems {
    /// Adds a mistake in a line.
    pub(crate) fn add_line(&mut self, line: usize, reason: impl Display) {
        self.0.push((line, format!(": {reason}")));
    }

    /// Adds a mistake in a cell.
    pub(crate) fn add(&mut self, line: usize, column: &str, value: &str, reason: impl Display) {
        let value = if value.is_empty() { String::new() } else { format!(" `{value}`") };
        self.0.push((line, format!(", {column}{value}: {reason}")));
    }

    /// Returns the value, or adds the mistake in its cell.
    pub(crate) fn check<T>(
        &mut self,
        line: usize,
        column: &str,
        value: &str,
        parsed: Result<T, impl Display>,
    ) -> Option<T> {
        parsed.map_err(|reason| self.add(line, column, value, reason)).ok()
    }

    /// Fails if there are mistakes. `file` names the file.
    pub(crate) fn into_result(mut self, file: &str) -> Result<(), Failure> {
        self.0.sort_by_key(|(line, _)| *line);
        let mistakes = match self.0.len() {
            0 => return Ok(()),
            1 => "a mistake".to_owned(),
            several => format!("{several} mistakes"),
        };
        let failure = Failure::usage(format!("{file} has {mistakes}, so nothing was changed:"));
        Err(failure
            .listing(listed(self.0).iter().map(String::as_str))
            .advise("correct the file, then run the command again"))
    }
}

/// Returns the mistakes as text. The same mistake in several lines is listed once.
fn listed(problems: Vec<(usize, String)>) -> Vec<String> {
    let mut groups: Vec<(Vec<usize>, String)> = Vec::new();
    for (line, text) in problems {
        match groups.iter_mut().find(|(_, same)| *same == text) {
            Some((lines, _)) => lines.push(line),
            None => groups.push((vec![line], text)),
        }
    }
    groups.into_iter().map(|(lines, text)| format!("{}{text}", line_numbers(&lines))).collect()
}

fn line_numbers(lines: &[usize]) -> String {
    match lines {
        [line] => format!("line {line}"),
        [first, .., last] if lines.len() > 2 && last - first == lines.len() - 1 => format!("lines {first} to {last}"),
        _ => format!("lines {}", lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_in_one_failure_in_the_order_of_the_lines() {
        let mut problems = Problems::default();
        assert_eq!(problems.check(3, "type", "custm", Err::<(), _>("use custom")), None);
        assert_eq!(problems.check(3, "type", "custom", Ok::<_, String>(1)), Some(1));
        problems.add_line(2, "there are 3 cells");
        let failure = problems.into_result("a.csv").expect_err("mistakes");
        assert_eq!(
            failure.message(),
            "a.csv has 2 mistakes, so nothing was changed:\n  line 2: there are 3 cells\n  line 3, type `custm`: use \
             custom"
        );
        assert!(Problems::default().into_result("a.csv").is_ok());
    }

    #[test]
    fn same_mistake_in_several_lines_is_listed_once() {
        let mut problems = Problems::default();
        for line in [2, 3, 4, 7] {
            problems.add(line, "type", "", "write a type");
        }
        for line in [3, 4, 5] {
            problems.add(line, "link", "all", "use read");
        }
        let failure = problems.into_result("a.csv").expect_err("mistakes");
        assert_eq!(
            failure.message(),
            "a.csv has 7 mistakes, so nothing was changed:\n  lines 2, 3, 4, 7, type: write a type\n  lines 3 to 5, \
             link `all`: use read"
        );
    }
}
