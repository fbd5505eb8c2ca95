//! `cargo xtask test`: everything that must hold before a change lands, cheapest first.

mod attempt;
mod deny;
mod dependencies;
mod document;
mod nextest;
mod receivers;
mod rust_version;
mod step;
mod steps;
mod tool;
mod wasm;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::workspace::Metadata;
use step::{Outcome, Step};
use steps::STEPS;

/// Runs all steps, or those named in `only`, and prints a summary. Stops at the first failure
/// unless `keep_going` is set.
pub(crate) fn run(keep_going: bool, only: &[String]) -> Result<()> {
    let steps = select(only)?;
    let metadata = Metadata::read()?;
    let started = Instant::now();
    if steps.iter().any(|step| step.name == deny::STEP) {
        deny::prepare(&metadata);
    }
    if steps.iter().any(|step| step.name == document::STEP) {
        document::prepare(&metadata);
    }
    let mut results: Vec<Row> = Vec::new();
    for Step { name, run } in &steps {
        println!("\n== {name} ==");
        let begun = Instant::now();
        let outcome = run(&metadata);
        let elapsed = begun.elapsed();
        let row = Row::of(name, outcome, elapsed);
        println!("{}", row.line);
        let stop = row.failed && !keep_going;
        results.push(row);
        if stop {
            break;
        }
    }
    sum_up(&steps, &results, started.elapsed())
}

/// The steps with these names, in the order in which they run; all steps if no name is given.
fn select(only: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|only| STEPS.iter().all(|step| step.name != only.as_str())) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step \"{unknown}\"; there are: {}", names.join(", "));
    }
    Ok(STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|only| only == step.name)).collect())
}

/// One line of the summary.
struct Row {
    line: String,
    tests: usize,
    failed: bool,
}

impl Row {
    fn of(name: &str, outcome: Result<Outcome>, elapsed: Duration) -> Self {
        let failed = outcome.is_err();
        let (verdict, remark, tests) = match outcome {
            Ok(Outcome::Passed) => ("ok", String::new(), 0),
            Ok(Outcome::Remark(remark)) => ("ok", format!(": {remark}"), 0),
            Ok(Outcome::Tests(count)) => ("ok", format!(", {count} tests"), count),
            Ok(Outcome::Skipped(why)) => ("skipped", format!(": {why}"), 0),
            Err(error) => ("FAILED", format!(": {error:#}"), 0),
        };
        Self { line: format!("{verdict:<8} {:>12}  {name}{remark}", duration(elapsed)), tests, failed }
    }
}

fn sum_up(steps: &[&Step], results: &[Row], elapsed: Duration) -> Result<()> {
    println!("\n== Summary ==");
    for row in results {
        println!("{}", row.line);
    }
    for step in &steps[results.len()..] {
        println!("{:<8} {:>12}  {}", "not run", "", step.name);
    }
    let tests: usize = results.iter().map(|row| row.tests).sum();
    println!("{tests} tests passed, {} in all", duration(elapsed));
    let failed = results.iter().filter(|row| row.failed).count();
    if failed > 0 {
        bail!("{failed} of {} steps failed", steps.len());
    }
    Ok(())
}

fn duration(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds / 60 {
        0 => format!("{:.1} s", elapsed.as_secs_f32()),
        minutes => format!("{minutes} min {} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(61)), "1 min 1 s");
    }

    #[test]
    fn a_failed_step_fails_the_whole() {
        let steps = &select(&[]).unwrap()[..2];
        let row = |outcome| Row::of("step", outcome, Duration::ZERO);
        assert!(
            sum_up(steps, &[row(Ok(Outcome::Passed)), row(Ok(Outcome::Skipped("x".into())))], Duration::ZERO).is_ok()
        );
        let error = sum_up(steps, &[row(Ok(Outcome::Tests(3))), row(Err(anyhow::anyhow!("broken")))], Duration::ZERO);
        assert!(error.unwrap_err().to_string().starts_with("1 of 2 "));
    }

    #[test]
    fn steps_are_selected_by_name() {
        let only = ["docs", "format"].map(String::from);
        let names: Vec<&str> = select(&only).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(names, ["format", "docs"]);
        assert_eq!(select(&[]).unwrap().len(), STEPS.len());
        let error = select(&["doc".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("no step \"doc\"") && error.contains("doctests, docs"), "{error}");
    }
}
