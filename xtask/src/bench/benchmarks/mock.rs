//! The mock portal as a program.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Benchmark, Row, UNKNOWN};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Bench, Figure, alternate, median, number};
use crate::bench::process::{Server, free_port};
use crate::bench::tools::prism;
use crate::workspace::SPEC;

const ROOMS: &str = "api/2.0/files/rooms";
const MEBIBYTE: f64 = 1_048_576.0;

pub(super) const PRISM: Benchmark = Benchmark {
    name: "mock-prism",
    method: "`GET files/rooms` on a mock portal with one room, against Prism 5.14.2 from npm with our spec, whose \
             answer also has one room. The same program sends requests over 4 connections, for 2 seconds in each of 3 \
             rounds.",
    rows: &[Row {
        name: "mock-prism",
        what: "The mock portal against Prism, requests a second",
        goal: Goal::AtLeast(60.0),
        unit: Unit::Times,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let port = free_port()?;
        let mut prism = prism::program(&bench.tools())?;
        prism.args(["mock", "--verboseLevel", "fatal", "--host", "127.0.0.1", "--port", &port.to_string(), SPEC]);
        let prism = Server::start_on(port, &mut prism)?;
        let mock = bench.mock(1)?;
        let seconds = if bench.count(20) < 20 { "0.5" } else { "2" };
        let rate = |server: &Server| number(&bench.run(server, &["load", ROOMS, "4", seconds])?, "requestsPerSecond");
        let [ours, theirs] = alternate(3, || rate(&mock), || rate(&prism))?;
        Ok(vec![Figure::new(ours / theirs, format!("{ours:.0} requests a second, and {theirs:.0} for Prism"))])
    },
};

pub(super) const LIST: Benchmark = Benchmark {
    name: "mock-list",
    method: "The CPU time of the mock portal's process while a program sends `GET files/rooms` for 2 seconds over one \
             connection, divided by the number of requests. The median of 3 rounds.",
    rows: &[Row {
        name: "mock-list",
        what: "The mock portal, list of 100 rooms, CPU time of the server for a request",
        goal: Goal::AtMost(0.5),
        unit: Unit::Milliseconds,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let mock = bench.mock(100)?;
        let round = || -> Result<f64> {
            let before = mock.cpu()?;
            let requests = number(&bench.run(&mock, &["load", ROOMS, "1", "2"])?, "requests")?;
            Ok(1000.0 * (mock.cpu()? - before).as_secs_f64() / requests)
        };
        let rounds = (0..bench.count(3)).map(|_| round()).collect::<Result<Vec<f64>>>()?;
        Ok(vec![Figure::new(median(rounds), "")])
    },
};

pub(super) const START: Benchmark = Benchmark {
    name: "mock-start",
    method: "From the start of the program to the end of its first answer. The client reads the address from the \
             output of the program. The median of 41 starts.",
    rows: &[Row {
        name: "mock-start",
        what: "The mock portal, time from its start to its first answer",
        goal: Goal::AtMost(3.0),
        unit: Unit::Milliseconds,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let starts = (0..bench.count(41)).map(|_| start(bench)).collect::<Result<Vec<f64>>>()?;
        Ok(vec![Figure::new(median(starts), "")])
    },
};

pub(super) const MEMORY: Benchmark = Benchmark {
    name: "mock-memory",
    method: "The memory of the mock portal's process after a client has created 10,000 rooms in it over HTTP, \
             including its log of these requests. A MB has 1,000,000 bytes.",
    rows: &[Row {
        name: "mock-memory",
        what: "The mock portal, memory with 10,000 rooms",
        goal: Goal::AtMost(60.0),
        unit: Unit::MegaBytes,
        if_missed: UNKNOWN,
    }],
    run: |bench| {
        let megabytes = |rooms| -> Result<f64> { Ok(bench.mock(rooms)?.memory()? * MEBIBYTE / 1e6) };
        let (empty, full) = (megabytes(0)?, megabytes(bench.count(10_000))?);
        Ok(vec![Figure::new(full, format!("{full:.1} MB, and {empty:.1} MB without rooms"))])
    },
};

/// Starts the program and makes one call. Returns the milliseconds.
fn start(bench: &Bench) -> Result<f64> {
    let mut program = bench.mock_program();
    program.stdin(Stdio::null()).stdout(Stdio::piped());
    let start = Instant::now();
    let mut child = program.spawn().context("cannot start docspace-mock")?;
    let answered = first_answer(child.stdout.take().context("no output")?).map(|()| start.elapsed());
    child.kill()?;
    child.wait()?;
    Ok(1000.0 * answered?.as_secs_f64())
}

fn first_answer(output: impl std::io::Read) -> Result<()> {
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let (_, rest) = line.split_once("\"url\":\"http://").context("no address")?;
    let (address, _) = rest.split_once('"').context("no address")?;
    let mut connection = TcpStream::connect(address)?;
    let request = format!("GET /{ROOMS} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes())?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    // Without credentials, so that the client need not search the output for a key.
    ensure!(answer.starts_with("HTTP/1.1 401 "), "the mock portal answered {answer:?}");
    Ok(())
}
