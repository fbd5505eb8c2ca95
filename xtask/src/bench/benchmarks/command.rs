//! The command: its start and its size.

use super::{Benchmark, Row, UNKNOWN};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Figure, alternate};
use crate::bench::process;
use crate::bench::tools::gh;
use crate::workspace::command;

pub(super) const START: Benchmark = Benchmark {
    name: "command-start",
    method: "`docspace rooms list` on a mock portal on the same computer with 10 rooms, from the start of the program \
             to its end, against `gh --version` of Debian's package, which sends nothing. The median of 41 rounds.",
    rows: &[Row {
        name: "command-start",
        what: "`docspace rooms list` against `gh --version`, time from start to end",
        goal: Goal::AtMost(1.0 / 8.0),
        unit: Unit::Fraction,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let gh = gh::program(&bench.tools())?;
        let mock = bench.mock(10)?;
        let list = || {
            let mut list = bench.program("docspace");
            mock.used_by(list.args(["rooms", "list"]));
            Ok(1000.0 * process::wall_time(&mut list)?.as_secs_f64())
        };
        let version = || Ok(1000.0 * process::wall_time(command(&gh).arg("--version"))?.as_secs_f64());
        let [ours, theirs] = alternate(bench.count(41), list, version)?;
        Ok(vec![Figure::new(ours / theirs, format!("{ours:.1} ms, and {theirs:.1} ms for gh"))])
    },
};

pub(super) const SIZE: Benchmark = Benchmark {
    name: "command-size",
    method: "The file that `cargo build --release` makes of the command. A MB has 1,000,000 bytes.",
    rows: &[Row {
        name: "command-size",
        what: "Size of the command",
        goal: Goal::AtMost(10.0),
        unit: Unit::MegaBytes,
        if_missed: "the command contains TLS, the generated client, the filter language of `--jq` and the mock portal",
    }],
    run: |bench| {
        let bytes = std::fs::metadata(bench.file("docspace"))?.len();
        Ok(vec![Figure::new(bytes as f64 / 1e6, format!("{bytes} bytes"))])
    },
};
