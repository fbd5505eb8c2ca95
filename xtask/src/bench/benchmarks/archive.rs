//! The same change of many rooms.

use super::{Benchmark, Row};
use crate::bench::goal::{Goal, Unit};
use crate::bench::measure::{Figure, number};
use crate::bench::process;

pub(super) const BULK: Benchmark = Benchmark {
    name: "bulk",
    method: "`ManyRooms::archive` of 1,000 rooms on a mock portal with the clock of the computer, without the limits \
             of the portal and of the client, once. The time is compared with that of the operations alone: as many \
             in flight as the client's default, each as long as the mock portal takes by its own clock.",
    rows: &[Row {
        name: "bulk-time",
        what: "Archiving 1,000 rooms, time above that of the portal's operations",
        goal: Goal::AtMost(5.0),
        unit: Unit::PercentLonger,
        if_missed: "the client learns from the first operations how long one takes, and then polls about when it ends",
    }],
    run: |bench| {
        let rooms = bench.count(1_000).to_string();
        let archived = process::json(bench.program("bench").args(["archive", &rooms]))?;
        let (seconds, least) = (number(&archived, "seconds")?, number(&archived, "leastSeconds")?);
        let operation = 1000.0 * number(&archived, "operationSeconds")?;
        let sides = format!(
            "{seconds:.1} s, and {least:.1} s for {rooms} operations of {operation:.0} ms with {} in flight; {} calls",
            archived["inFlight"], archived["calls"]
        );
        Ok(vec![Figure::new(100.0 * (seconds / least - 1.0), sides)])
    },
};

pub(super) const CALLS: Benchmark = Benchmark {
    name: "bulk-calls",
    method: "`ManyRooms::archive` of 500 rooms with the default limits of client and mock portal. The mock portal \
             counts the calls. With three calls for each of 500 rooms, the client does not yet reach its limit of \
             1,500 calls a minute.",
    rows: &[Row {
        name: "bulk-calls",
        what: "Archiving 500 rooms with the default limits, calls for a room",
        goal: Goal::AtMost(3.0),
        unit: Unit::CallsPerRoom,
        if_missed: "polls that come too early are repeated",
    }],
    run: |bench| {
        let rooms = bench.count(500);
        let archived = process::json(bench.program("bench").args(["archive", "--limits", &rooms.to_string()]))?;
        let (calls, seconds) = (number(&archived, "calls")?, number(&archived, "seconds")?);
        Ok(vec![Figure::new(calls / rooms as f64, format!("{calls:.0} calls, in {seconds:.0} s"))])
    },
};
