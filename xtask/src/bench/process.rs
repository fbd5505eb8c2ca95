//! Programs in their own processes: their output, CPU time and memory, as Linux reports them.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// A server that ends when this value is dropped.
pub(super) struct Server {
    child: Child,
    pub(super) url: String,
    /// The API key of the owner.
    pub(super) key: String,
}

impl Server {
    /// Starts a program that prints its address and keys as the mock portal does.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let mut child = spawn(command.stdout(Stdio::piped()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().context("no output")?).read_line(&mut line)?;
        let mut server = Self { child, url: String::new(), key: String::new() };
        let printed: Value = serde_json::from_str(&line).context("the server did not print JSON")?;
        server.url = printed["url"].as_str().context("no address")?.to_owned();
        server.key = printed["people"][0]["key"].as_str().context("no key")?.to_owned();
        Ok(server)
    }

    /// Starts a program that listens on this port of this computer, and waits until it does.
    pub(super) fn start_on(port: u16, command: &mut Command) -> Result<Self> {
        let child = spawn(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let url = format!("http://127.0.0.1:{port}");
        let mut server = Self { child, url, key: "sk-0123".to_owned() };
        let end = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(server.child.try_wait()?.is_none(), "the server ended");
            ensure!(Instant::now() < end, "the server did not listen within a minute");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Lets a program use the server.
    pub(super) fn used_by(&self, command: &mut Command) {
        command.env("DOCSPACE_URL", &self.url).env("DOCSPACE_API_KEY", &self.key);
    }

    /// The CPU time so far.
    pub(super) fn cpu(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        ticks(&stat, [UTIME, STIME])
    }

    /// The memory now, in MiB.
    pub(super) fn memory(&self) -> Result<f64> {
        memory(self.child.id(), "VmRSS").context("no memory")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program that prints JSON.
pub(super) fn json(command: &mut Command) -> Result<Value> {
    let output = command.stdin(Stdio::null()).output().with_context(|| start_failed(command))?;
    ensure!(output.status.success(), "{}: {}", name(command), String::from_utf8_lossy(&output.stderr).trim());
    serde_json::from_slice(&output.stdout).with_context(|| format!("{} did not print JSON", name(command)))
}

/// How long a program takes from its start to its end.
pub(super) fn wall_time(command: &mut Command) -> Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().with_context(|| start_failed(command))?;
    let elapsed = start.elapsed();
    ensure!(status.success(), "{}: {status}", name(command));
    Ok(elapsed)
}

/// The CPU time of a program and of all programs that it starts.
pub(super) fn cpu_time(command: &mut Command) -> Result<Duration> {
    let before = children_cpu()?;
    let output = command.stdin(Stdio::null()).output().with_context(|| start_failed(command))?;
    ensure!(output.status.success(), "{}: {}", name(command), String::from_utf8_lossy(&output.stderr).trim());
    Ok(children_cpu()? - before)
}

/// Runs a program whose output goes to a pipe. Returns the largest memory, in MiB, and the number
/// of lines of its output.
///
/// The memory is read every millisecond, because Linux reports it only while the program runs.
pub(super) fn peak_memory(command: &mut Command) -> Result<(f64, usize)> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    let mut output = child.stdout.take().context("no output")?;
    let reader = std::thread::spawn(move || {
        let (mut buffer, mut lines) = (vec![0; 1 << 16], 0);
        loop {
            match output.read(&mut buffer)? {
                0 => return Ok::<_, std::io::Error>(lines),
                read => lines += buffer[..read].iter().filter(|byte| **byte == b'\n').count(),
            }
        }
    });
    let mut peak = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(memory(child.id(), "VmHWM").unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(1));
    };
    ensure!(status.success(), "{}: {status}", name(command));
    let Ok(lines) = reader.join() else { bail!("the reader panicked") };
    Ok((peak, lines?))
}

/// A port that is free now.
pub(super) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.stdin(Stdio::null()).spawn().with_context(|| start_failed(command))
}

fn start_failed(command: &Command) -> String {
    format!("cannot start {}", name(command))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A line of `/proc/PID/status`, in MiB. `None` for a program that has ended.
fn memory(id: u32, line: &str) -> Option<f64> {
    kib(&std::fs::read_to_string(format!("/proc/{id}/status")).ok()?, line).map(|kib| kib / 1024.0)
}

fn kib(status: &str, name: &str) -> Option<f64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    value.trim().strip_suffix(" kB")?.parse().ok()
}

/// The CPU time of all ended programs that this one has started.
fn children_cpu() -> Result<Duration> {
    ticks(&std::fs::read_to_string("/proc/self/stat")?, [CUTIME, CSTIME])
}

// Positions in `/proc/PID/stat` after the name of the program, see proc(5).
const UTIME: usize = 11;
const STIME: usize = 12;
const CUTIME: usize = 13;
const CSTIME: usize = 14;

/// The sum of times that are given in hundredths of a second.
fn ticks(stat: &str, positions: [usize; 2]) -> Result<Duration> {
    // The name may contain spaces and parentheses.
    let (_, fields) = stat.rsplit_once(')').context("not the state of a process")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let mut sum = Duration::ZERO;
    for position in positions {
        let ticks: u64 = fields.get(position).context("no CPU time")?.parse()?;
        sum += Duration::from_millis(10 * ticks);
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_memory_are_read_as_linux_writes_them() {
        let stat = "42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 150 50 7 3 20 0";
        assert_eq!(ticks(stat, [UTIME, STIME]).unwrap(), Duration::from_secs(2));
        assert_eq!(ticks(stat, [CUTIME, CSTIME]).unwrap(), Duration::from_millis(100));
        assert_eq!(kib("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1024 kB\n", "VmRSS"), Some(1024.0));
    }

    #[test]
    fn programs_that_fail_are_named() {
        let error = json(&mut Command::new("no-such-program")).unwrap_err();
        assert!(format!("{error:#}").starts_with("cannot start no-such-program"));
    }
}
