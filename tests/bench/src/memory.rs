//! The memory of this program.

use anyhow::{Context, Result};

/// The largest memory so far, in KiB. Only Linux reports it.
pub(crate) fn peak_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("only Linux reports the memory")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
