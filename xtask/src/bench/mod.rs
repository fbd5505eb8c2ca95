//! `cargo xtask bench`: measures speed, memory and sizes, and compares them with goals.
//!
//! A comparison is a ratio of two sides that one run measures in turns, so that it hardly depends
//! on the machine. Sizes and times do depend on it; the page names the machine. No test depends on
//! a figure.

mod benchmarks;
mod goal;
mod machine;
mod measure;
mod page;
mod process;
mod programs;
mod record;
mod tools;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::workspace::Metadata;
use benchmarks::{BENCHMARKS, Benchmark};
use measure::Bench;
use record::{Measured, Record};

pub(crate) use page::check;

/// Runs all benchmarks, or those named in `only`, and writes the figures and the page. A quick run
/// measures less and writes nothing.
pub(crate) fn run(root: &Path, only: &[String], quick: bool) -> Result<()> {
    let benchmarks = select(only)?;
    let started = Instant::now();
    let bench = Bench::prepare(&Metadata::read()?, quick)?;
    println!("the programs are built, after {} s", started.elapsed().as_secs());
    let (machine, date) = (machine::describe()?, machine::date()?);
    let mut record = Record::read(root)?;
    for benchmark in &benchmarks {
        let begun = Instant::now();
        let figures = (benchmark.run)(&bench);
        for (position, row) in benchmark.rows.iter().enumerate() {
            let mut measured = Measured { machine: machine.clone(), date: date.clone(), ..Measured::default() };
            match &figures {
                Ok(figures) => {
                    measured.figure = Some(record::rounded(figures[position].value));
                    measured.sides.clone_from(&figures[position].sides);
                }
                Err(error) => measured.not_measured = Some(format!("{error:#}")),
            }
            println!("{}", page::line(row, Some(&measured)));
            record.rows.insert(row.name.to_owned(), measured);
        }
        println!("    {}, in {} s", benchmark.name, begun.elapsed().as_secs());
        // At once, so that a run that is interrupted loses nothing.
        if !quick {
            record.write(root)?;
            page::write(root)?;
        }
    }
    println!("{} benchmarks in {} s", benchmarks.len(), started.elapsed().as_secs());
    Ok(())
}

/// Writes the page again, for changes of its texts.
pub(crate) fn render(root: &Path) -> Result<()> {
    page::write(root)
}

/// The benchmarks with these names, in their order; all of them if no name is given.
fn select(only: &[String]) -> Result<Vec<&'static Benchmark>> {
    if let Some(unknown) = only.iter().find(|only| BENCHMARKS.iter().all(|known| known.name != only.as_str())) {
        let names: Vec<&str> = BENCHMARKS.iter().map(|benchmark| benchmark.name).collect();
        bail!("there is no benchmark \"{unknown}\"; there are: {}", names.join(", "));
    }
    Ok(BENCHMARKS.iter().filter(|known| only.is_empty() || only.iter().any(|only| only == known.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn benchmarks_are_selected_by_name() {
        let only = ["mock-start", "get"].map(String::from);
        let names: Vec<&str> = select(&only).unwrap().iter().map(|benchmark| benchmark.name).collect();
        assert_eq!(names, ["get", "mock-start"]);
        let error = select(&["gets".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("no benchmark \"gets\"") && error.contains("get, list"), "{error}");
    }

    #[test]
    fn names_of_rows_are_unique() {
        let mut names = BTreeSet::new();
        for row in BENCHMARKS.iter().flat_map(|benchmark| benchmark.rows) {
            assert!(names.insert(row.name), "{}", row.name);
        }
    }
}
