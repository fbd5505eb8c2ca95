//! The memory that a long list needs.

use anyhow::{Result, ensure};

use super::{Benchmark, Row};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Bench, Figure, number};
use crate::bench::process::{self, Server};

const FEW: usize = 1_000;
const MANY: usize = 100_000;

pub(super) const STREAM: Benchmark = Benchmark {
    name: "stream-memory",
    method: "`ListRooms::stream`, read to its end by a program that keeps no room. The program reports its own peak \
             after 1,000 and after 100,000 rooms. A small server makes the pages from an answer of the mock portal, \
             which would sort 100,000 rooms for each of the 1,000 pages. Each is measured once.",
    rows: &[Row {
        name: "stream-memory",
        what: "100,000 rooms as a stream, peak memory above that of 1,000",
        goal: Goal::AtMost(5.0),
        unit: Unit::MebiBytes,
        if_missed: "the stream keeps the ids of all rooms, so that no room comes twice",
    }],
    run: |bench| {
        let peak = |rooms: usize| -> Result<f64> {
            let read = bench.run(&pages(bench, rooms)?, &["stream"])?;
            ensure!(read["rooms"] == rooms, "the stream had {} rooms", read["rooms"]);
            Ok(number(&read, "peakKib")? / 1024.0)
        };
        Ok(vec![growth(peak(FEW)?, peak(MANY)?)])
    },
};

pub(super) const COMMAND: Benchmark = Benchmark {
    name: "command-memory",
    method: "`docspace rooms list` with its output in a pipe, on the server of `stream-memory`. The peak of its memory \
             is read from outside every millisecond. Each is measured once.",
    rows: &[Row {
        name: "command-memory",
        what: "`docspace rooms list` of 100,000 rooms in a pipe, peak memory above that of 1,000",
        goal: Goal::AtMost(5.0),
        unit: Unit::MebiBytes,
        if_missed: "the list keeps the ids of all rooms, so that no room comes twice",
    }],
    run: |bench| {
        let peak = |rooms: usize| -> Result<f64> {
            let (server, mut list) = (pages(bench, rooms)?, bench.program("docspace"));
            server.used_by(list.args(["rooms", "list"]));
            let (peak, lines) = process::peak_memory(&mut list)?;
            ensure!(lines >= rooms, "the command printed {lines} lines");
            Ok(peak)
        };
        Ok(vec![growth(peak(FEW)?, peak(MANY)?)])
    },
};

fn growth(few: f64, many: f64) -> Figure {
    Figure::new(many - few, format!("{many:.1} MiB, and {few:.1} MiB for 1,000 rooms"))
}

/// A server with this many rooms.
fn pages(bench: &Bench, rooms: usize) -> Result<Server> {
    Server::start(bench.program("bench").args(["pages", &rooms.to_string()]))
}
