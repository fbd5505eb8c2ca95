//! docs/performance.md, which is rendered from docs/performance.json.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::benchmarks::{BENCHMARKS, Row};
use super::goal::Goal;
use super::record::{self, Measured, Record};

const FILE: &str = "docs/performance.md";
const WIDTH: usize = 100;

/// Fails if the page is not what its figures and its texts make it.
pub(crate) fn check(root: &Path) -> Result<()> {
    let found = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let is_current = found == render(&Record::read(root)?);
    ensure!(is_current, "{FILE} differs from {}; run `cargo xtask bench --render`", record::FILE);
    println!("{FILE}: shows the figures of {}", record::FILE);
    Ok(())
}

pub(super) fn write(root: &Path) -> Result<()> {
    let page = render(&Record::read(root)?);
    std::fs::write(root.join(FILE), page).with_context(|| format!("cannot write {FILE}"))
}

/// A row as a line of a terminal.
pub(super) fn line(row: &Row, measured: Option<&Measured>) -> String {
    let (figure, verdict) = figure_and_verdict(row, measured);
    let sides = measured.map(|measured| measured.sides.as_str()).unwrap_or_default();
    let line = format!("{:<18} {:>14} {figure:>14}  {verdict}", row.name, row.goal.text(row.unit));
    if sides.is_empty() { line } else { format!("{line}\n{:<18} {sides}", "") }
}

fn figure_and_verdict(row: &Row, measured: Option<&Measured>) -> (String, String) {
    let Some(measured) = measured else { return (String::new(), "not measured yet".to_owned()) };
    match (measured.figure, &measured.not_measured) {
        (Some(figure), _) => {
            let verdict = match row.goal {
                Goal::None => String::new(),
                goal if goal.is_met(figure) => "met".to_owned(),
                _ => format!("not met: {}", row.if_missed),
            };
            (row.unit.text(figure), verdict)
        }
        (None, why) => (String::new(), format!("not measured here: {}", why.as_deref().unwrap_or("unknown"))),
    }
}

fn render(record: &Record) -> String {
    let mut text = "# Performance\n\n".to_owned();
    text += &wrapped(
        "`cargo xtask bench` measures these figures and writes this page. A comparison is a ratio of two sides that \
         one run measures in turns on one machine, so that it hardly depends on the machine. Sizes and times do \
         depend on it. CPU time is that of user and system together. Each figure is the median of several rounds, \
         unless its method states otherwise.",
        "",
    );
    text += "\n| What | Goal | Figure | |\n|---|---|---|---|\n";
    let measured = |row: &Row| record.rows.get(row.name);
    for row in BENCHMARKS.iter().flat_map(|benchmark| benchmark.rows) {
        let (figure, verdict) = figure_and_verdict(row, measured(row));
        text += &format!("| {} | {} | {figure} | {verdict} |\n", row.what, row.goal.text(row.unit));
    }
    text += "\n## Methods\n\n";
    text += "`cargo xtask bench --only NAME` repeats a benchmark and keeps the other figures.\n";
    for benchmark in &BENCHMARKS {
        text += &format!("\n### {}\n\n{}", benchmark.name, wrapped(benchmark.method, ""));
        let sides: Vec<String> = benchmark.rows.iter().filter_map(|row| sides(row, measured(row)?)).collect();
        if !sides.is_empty() {
            text += &format!("\n{}", sides.concat());
        }
    }
    text += "\n## Machines\n\n";
    for ((date, machine), names) in machines(record) {
        let names = if names.len() == record.rows.len() { "all rows".to_owned() } else { names.join(", ") };
        text += &wrapped(&format!("{date}, {machine}: {names}."), "- ");
    }
    text
}

/// What the figure of a row was computed from.
fn sides(row: &Row, measured: &Measured) -> Option<String> {
    (!measured.sides.is_empty()).then(|| wrapped(&format!("{}: {}", row.what, measured.sides), "- "))
}

/// The names of the rows by their dates and machines.
fn machines(record: &Record) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut machines = BTreeMap::<_, Vec<&str>>::new();
    for (name, measured) in &record.rows {
        machines.entry((measured.date.as_str(), measured.machine.as_str())).or_default().push(name);
    }
    machines
}

/// A paragraph, or an entry of a list, in lines that are not too wide.
fn wrapped(text: &str, bullet: &str) -> String {
    let indent = " ".repeat(bullet.len());
    let (mut lines, mut line) = (String::new(), bullet.to_owned());
    let mut is_start = true;
    for word in text.split_whitespace() {
        if !is_start && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines += &format!("{line}\n");
            line.clone_from(&indent);
            is_start = true;
        }
        if !is_start {
            line.push(' ');
        }
        line += word;
        is_start = false;
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, figure: f64) -> String {
        let measured = Measured { figure: Some(figure), sides: "3 and 2".to_owned(), ..Measured::default() };
        render(&Record { rows: [(name.to_owned(), measured)].into() })
    }

    #[test]
    fn missed_goals_are_shown_with_their_reasons() {
        let row = BENCHMARKS.iter().flat_map(|benchmark| benchmark.rows).find(|row| row.name == "get-cpu").unwrap();
        let missed = page(row.name, 1.5);
        let line = format!("| {} | ≤ 1.15 × | 1.5 × | not met: {} |", row.what, row.if_missed);
        assert!(missed.contains(&line), "{missed}");
        let met = page(row.name, 1.1);
        assert!(met.contains("| 1.1 × | met |") && !met.contains("not met:"), "{met}");
    }

    #[test]
    fn long_texts_are_wrapped() {
        let text = wrapped(&"word ".repeat(40), "- ");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.starts_with("- word") && text.lines().nth(1).unwrap().starts_with("  word"), "{text}");
    }
}
