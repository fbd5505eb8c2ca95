//! The programs that `cargo xtask bench` measures. Each prints its figures as JSON.
//!
//! The portal is the one of `DOCSPACE_URL` and `DOCSPACE_API_KEY`, unless a program brings its own.

mod archive;
mod calls;
mod client;
mod load;
mod memory;
mod meter;
mod pages;
mod stream;

use std::alloc::System;

use anyhow::Result;
use clap::Parser;
use serde_json::Value;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use client::Client;

/// Counts the allocations of all programs, so that both sides of a comparison pay for counting.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Run one of the programs that are measured
#[derive(Parser)]
enum Program {
    /// Read the same room again and again
    Get(Repeated),
    /// Read all rooms again and again
    List(Repeated),
    /// Create rooms
    Create(Repeated),
    /// Create this many rooms, and measure nothing
    Fill { rooms: usize },
    /// Read all rooms once, print the first id, and end
    First,
    /// Read all rooms as a stream, and report the largest memory of the program
    Stream,
    /// Serve lists of this many rooms until the program is ended
    Pages { rooms: usize },
    /// Send the same request over several connections for some seconds
    Load { path: String, connections: usize, seconds: f64 },
    /// Archive this many rooms of a mock portal of its own
    Archive {
        rooms: usize,
        /// Keep the limits of the portal and of the client
        #[arg(long)]
        limits: bool,
    },
}

#[derive(clap::Args)]
struct Repeated {
    client: Client,
    calls: usize,
    /// Use a runtime with several threads
    #[arg(long)]
    threads: bool,
}

fn main() -> Result<()> {
    let program = Program::parse();
    let figures = match program {
        Program::Pages { rooms } => return pages::serve(rooms),
        Program::Load { path, connections, seconds } => load::run(&path, connections, seconds)?,
        Program::Get(Repeated { client, calls, threads }) => run(threads, calls::get(client, calls))?,
        Program::List(Repeated { client, calls, threads }) => run(threads, calls::list(client, calls))?,
        Program::Create(Repeated { client, calls, threads }) => run(threads, calls::create(client, calls))?,
        Program::Fill { rooms } => run(false, calls::fill(rooms))?,
        Program::First => run(false, calls::first())?,
        Program::Stream => run(false, stream::run())?,
        Program::Archive { rooms, limits } => run(true, archive::run(rooms, limits))?,
    };
    println!("{figures}");
    Ok(())
}

fn run(threads: bool, program: impl Future<Output = Result<Value>>) -> Result<Value> {
    let mut runtime = match threads {
        true => tokio::runtime::Builder::new_multi_thread(),
        false => tokio::runtime::Builder::new_current_thread(),
    };
    runtime.enable_all().build()?.block_on(program)
}
