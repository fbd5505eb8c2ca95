//! The library against reqwest and `serde_json` without a library.

use anyhow::Result;
use serde_json::Value;

use super::{Benchmark, Row, UNKNOWN};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Bench, Figure, alternate, median, number};
use crate::bench::process::Server;

pub(super) const GET: Benchmark = Benchmark {
    name: "get",
    method: "`RoomHandle::get` against reqwest and serde_json, which read the same room into the same type with only \
             `response` of its envelope. Both keep their connection to the same mock portal, run on a runtime with one \
             thread, and make 2,000 calls in each of 5 rounds. The library's limit of calls in a minute is \
             raised, because they would reach it. The last row repeats it on a runtime with several \
             threads, where each attempt of the library moves to another thread. An allocator in the program counts \
             allocations, including those that grow.",
    rows: &[
        Row {
            name: "get-cpu",
            what: "Reading a room, CPU time of the client",
            goal: Goal::AtMost(1.15),
            unit: Unit::Times,
            if_missed: "each attempt runs in a task of its own, so that it goes on while its caller is not polled. On \
                        a runtime with one thread, the end of that task wakes the thread with a system call",
        },
        Row {
            name: "get-allocations",
            what: "Reading a room, allocations",
            goal: Goal::AtMost(1.15),
            unit: Unit::Times,
            if_missed: "an attempt has a task and two timeouts, keeps a copy of the request for a retry, and reads the \
                        body before it returns",
        },
        Row {
            name: "get-bytes",
            what: "Reading a room, allocated bytes",
            goal: Goal::None,
            unit: Unit::Times,
            if_missed: "",
        },
        Row {
            name: "get-cpu-threads",
            what: "Reading a room on a runtime with several threads, CPU time of the client",
            goal: Goal::None,
            unit: Unit::Times,
            if_missed: "",
        },
    ],
    run: |bench| {
        let mock = bench.mock(1)?;
        let [cpu, allocations, bytes] = compare(bench, &mock, "get", 2_000, &[])?;
        let [threads, ..] = compare(bench, &mock, "get", 2_000, &["--threads"])?;
        Ok(vec![cpu, allocations, bytes, threads])
    },
};

pub(super) const LIST: Benchmark = Benchmark {
    name: "list",
    method: "`ListRooms::all` on a portal with 100 rooms, which is one call, against reqwest and serde_json, as for \
             `get`, with 200 calls in each of 5 rounds.",
    rows: &[
        Row {
            name: "list-cpu",
            what: "Listing 100 rooms, CPU time of the client",
            goal: Goal::AtMost(1.05),
            unit: Unit::Times,
            if_missed: UNKNOWN,
        },
        Row {
            name: "list-allocations",
            what: "Listing 100 rooms, allocations",
            goal: Goal::None,
            unit: Unit::Times,
            if_missed: "",
        },
        Row {
            name: "list-bytes",
            what: "Listing 100 rooms, allocated bytes",
            goal: Goal::None,
            unit: Unit::Times,
            if_missed: "",
        },
    ],
    run: |bench| Ok(compare(bench, &bench.mock(100)?, "list", 200, &[])?.into()),
};

/// Runs a program of both clients in turns. Returns ratios of CPU time, allocations and bytes.
fn compare(bench: &Bench, mock: &Server, program: &str, calls: usize, flags: &[&str]) -> Result<[Figure; 3]> {
    let calls = bench.count(calls).to_string();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let side = |client: &str, printed: &mut Vec<Value>| {
        let value = bench.run(mock, &[&[program, client, &calls], flags].concat())?;
        let cpu = number(&value, CPU)?;
        printed.push(value);
        Ok(cpu)
    };
    alternate(5, || side("docspace", &mut ours), || side("raw", &mut theirs))?;
    let figure = |name: &str, unit: &str| -> Result<Figure> {
        let median = |side: &[Value]| -> Result<f64> {
            Ok(median(side.iter().map(|value| number(value, name)).collect::<Result<Vec<f64>>>()?))
        };
        let (ours, theirs) = (median(&ours)?, median(&theirs)?);
        Ok(Figure::new(ours / theirs, format!("{ours:.0} {unit} a call, and {theirs:.0} without the library")))
    };
    Ok([figure(CPU, "µs")?, figure("allocations", "allocations")?, figure("bytes", "bytes")?])
}

const CPU: &str = "cpuMicroseconds";
