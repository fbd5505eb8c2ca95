//! The machine on which the figures were measured.

use anyhow::{Context, Result, ensure};

use crate::workspace::command;

/// The cores, the processor, the memory, the system and the compiler.
pub(super) fn describe() -> Result<String> {
    let read = |path: &str| std::fs::read_to_string(path).with_context(|| format!("cannot read {path}; use Linux"));
    let (processors, memory) = (read("/proc/cpuinfo")?, read("/proc/meminfo")?);
    let processor = value(&processors, "model name").unwrap_or("unknown processor");
    let kib: u64 = value(&memory, "MemTotal").and_then(|text| text.trim_end_matches(" kB").parse().ok()).unwrap_or(0);
    let cores = std::thread::available_parallelism()?;
    let (system, rustc) = (output("uname", &["-sr"])?, output("rustc", &["--version"])?);
    Ok(format!("{cores} cores ({processor}), {} GiB of memory, {system}, {rustc}", kib.div_ceil(1 << 20)))
}

/// Today, such as 2026-11-28.
pub(super) fn date() -> Result<String> {
    output("date", &["-u", "+%F"])
}

/// The value in the first line `name : value`.
fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let named = text.lines().filter_map(|line| line.split_once(':')).find(|(found, _)| found.trim() == name);
    named.map(|(_, value)| value.trim())
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = command(program).args(arguments).output().with_context(|| format!("cannot start {program}"))?;
    ensure!(output.status.success(), "{program}: {}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_name() {
        assert_eq!(value("processor\t: 0\nmodel name\t: Fast 3000\n", "model name"), Some("Fast 3000"));
        assert_eq!(value("processor\t: 0\n", "model name"), None);
    }
}
