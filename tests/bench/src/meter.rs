//! Measures the work of a program between two points.

use std::alloc::System;

use anyhow::Result;
use cpu_time::ProcessTime;
use serde_json::{Value, json};
use stats_alloc::Region;

use crate::ALLOCATOR;

/// Calls that are made before the measured ones, for connections, caches and lazy statics.
const WARM_UP: usize = 20;

/// Makes calls, and returns the CPU time and the allocations of one.
pub(crate) async fn measure(calls: usize, mut call: impl AsyncFnMut() -> Result<()>) -> Result<Value> {
    for _ in 0..WARM_UP {
        call().await?;
    }
    let allocations = Region::<'_, System>::new(ALLOCATOR);
    let cpu = ProcessTime::try_now()?;
    for _ in 0..calls {
        call().await?;
    }
    let cpu = cpu.try_elapsed()?;
    let allocated = allocations.change();
    let each = |count: usize| count as f64 / calls as f64;
    Ok(json!({
        "cpuMicroseconds": cpu.as_secs_f64() * 1e6 / calls as f64,
        "allocations": each(allocated.allocations + allocated.reallocations),
        "bytes": each(allocated.bytes_allocated),
    }))
}
