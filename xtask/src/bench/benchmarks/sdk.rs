//! The vendor's SDK for Python.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Benchmark, Row, UNKNOWN};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Bench, Figure, alternate, number};
use crate::bench::process::{self, Server};
use crate::bench::tools::python_sdk;

const GOAL: Goal = Goal::AtMost(1.0 / 20.0);

pub(super) const SDK: Benchmark = Benchmark {
    name: "sdk",
    method: "The library against docspace-api-sdk 3.7.0 from PyPI on the same mock portal with 100 rooms: the CPU time \
             of the client for a call, after some calls that do not count, in 3 rounds; and the time from the start of \
             a program that lists the rooms to the line that it then prints, in 3 rounds.",
    rows: &[
        Row {
            name: "sdk-get",
            what: "docspace against the SDK for Python, reading a room, CPU time",
            goal: GOAL,
            unit: Unit::Fraction,
            if_missed: "most of the time is that of the system for a request: reqwest alone needs four fifths of it",
        },
        Row {
            name: "sdk-list",
            what: "docspace against the SDK for Python, listing 100 rooms, CPU time",
            goal: GOAL,
            unit: Unit::Fraction,
            if_missed: "the SDK's list returns entries with the common fields of files and folders only, and leaves \
                        out all that is special to rooms, while docspace reads each room completely",
        },
        Row {
            name: "sdk-create",
            what: "docspace against the SDK for Python, creating a room, CPU time",
            goal: GOAL,
            unit: Unit::Fraction,
            if_missed: "most of the time is that of the system for a request, as when reading a room",
        },
        Row {
            name: "sdk-start",
            what: "docspace against the SDK for Python, time from the start to the first answer",
            goal: GOAL,
            unit: Unit::Fraction,
            if_missed: UNKNOWN,
        },
    ],
    run: |bench| {
        let mock = bench.mock(100)?;
        let sdk = || {
            let mut sdk = python_sdk::program(&bench.tools())?;
            mock.used_by(&mut sdk);
            Ok::<_, anyhow::Error>(sdk)
        };
        let room = bench.run(&mock, &["first"])?["id"].to_string();
        let mut figures = Vec::new();
        // Creating comes last, because it makes the list longer.
        for (program, ours, theirs) in [("get", 2_000, 200), ("list", 200, 40), ("create", 1_000, 200)] {
            let (ours, theirs) = (bench.count(ours).to_string(), bench.count(theirs).to_string());
            let ours = || number(&bench.run(&mock, &[program, "docspace", &ours])?, "cpuMicroseconds");
            let theirs = || number(&process::json(sdk()?.args([program, &theirs, &room]))?, "cpuMicroseconds");
            let [ours, theirs] = alternate(bench.count(3), ours, theirs)?;
            figures.push(Figure::new(ours / theirs, format!("{ours:.0} µs a call, and {theirs:.0} µs for the SDK")));
        }
        let ours = || first_line(&mut first(bench, &mock));
        let [ours, theirs] = alternate(bench.count(3), ours, || first_line(sdk()?.arg("first")))?;
        figures.push(Figure::new(ours / theirs, format!("{ours:.1} ms, and {theirs:.0} ms for the SDK")));
        Ok(figures)
    },
};

fn first(bench: &Bench, mock: &Server) -> Command {
    let mut program = bench.program("bench");
    mock.used_by(program.arg("first"));
    program
}

/// The milliseconds from the start of a program to the first line that it prints.
fn first_line(program: &mut Command) -> Result<f64> {
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = program.spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
    let elapsed = start.elapsed();
    ensure!(child.wait()?.success() && !line.is_empty(), "the program failed");
    Ok(1000.0 * elapsed.as_secs_f64())
}
