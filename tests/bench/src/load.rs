//! The same request over and over, with as little work of the client as possible.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::client::portal_and_key;

/// Sends requests over each connection for this long, and reports how many were answered.
pub(crate) fn run(path: &str, connections: usize, seconds: f64) -> Result<Value> {
    let (url, key) = portal_and_key()?;
    let host = url.strip_prefix("http://").context("the address is not an http:// address")?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n\r\n");
    let (start, length) = (Instant::now(), Duration::from_secs_f64(seconds));
    let counts = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..connections).map(|_| scope.spawn(|| repeat(host, &request, start + length))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Result<Vec<usize>>>()
    })?;
    let requests: usize = counts.iter().sum();
    Ok(json!({ "requests": requests, "requestsPerSecond": requests as f64 / start.elapsed().as_secs_f64() }))
}

fn repeat(host: &str, request: &str, end: Instant) -> Result<usize> {
    let mut connection = TcpStream::connect(host)?;
    connection.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(1 << 16, connection.try_clone()?);
    let mut body = Vec::new();
    let mut count = 0;
    while Instant::now() < end {
        connection.write_all(request.as_bytes())?;
        read_answer(&mut reader, &mut body)?;
        count += 1;
    }
    Ok(count)
}

/// Reads an answer with a known length or in chunks.
fn read_answer(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    ensure!(line.starts_with("HTTP/1.1 200 "), "the server answered {line:?}");
    let (mut length, mut chunked) = (None, false);
    loop {
        line.clear();
        ensure!(reader.read_line(&mut line)? > 0, "the answer ended early");
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = Some(value.trim().parse()?),
            Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
            Some(_) => {}
            None => break,
        }
    }
    if !chunked {
        return read(reader, body, length.context("the answer has no length")?);
    }
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16).context("not a chunk")?;
        read(reader, body, length + "\r\n".len())?;
        if length == 0 {
            return Ok(());
        }
    }
}

fn read(reader: &mut impl Read, body: &mut Vec<u8>, length: usize) -> Result<()> {
    body.resize(length, 0);
    Ok(reader.read_exact(body)?)
}
