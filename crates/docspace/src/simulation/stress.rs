//! Random programs on one portal: many waits, starts, bulk streams, dropped futures, losers of
//! `select!` and slow loop bodies, each polled at random times. Every program must end, and its
//! results must be true.
//!
//! A failure names its seed. `DOCSPACE_STRESS_SEED=17 cargo test -p docspace --lib stress` runs
//! that schedule again, and `DOCSPACE_STRESS_SCHEDULES=10000` sets the number of schedules.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::{BoxFuture, join_all};
use tokio::time::{Sleep, sleep, timeout};

use super::programs::{PROGRAMS, Program};
use super::{Setting, simulate};
use crate::transport::Throttle;
use crate::waiting::WaitPolicy;

/// Number of schedules in an ordinary test run.
const SCHEDULES: u64 = 400;

/// More virtual time than any schedule needs: each program makes a few calls, and each call ends by
/// a deadline.
const DAY: Duration = Duration::from_secs(86_400);

/// Each program works on its own rooms, so that its results can be checked.
const ROOMS_EACH: usize = 3;
const MOST_PROGRAMS: usize = 5;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn random_programs_end_with_true_results() {
    if let Some(seed) = number("DOCSPACE_STRESS_SEED") {
        return run(seed);
    }
    let schedules = number("DOCSPACE_STRESS_SCHEDULES").unwrap_or(SCHEDULES);
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < schedules) {
                    let outcome = catch_unwind(AssertUnwindSafe(|| run(seed)));
                    assert!(outcome.is_ok(), "run it again with DOCSPACE_STRESS_SEED={seed}");
                }
            });
        }
    });
}

/// Runs one schedule.
fn run(seed: u64) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let setting = Setting {
        limits: Throttle::default().reads(rng.usize(1..4)).writes(rng.usize(1..4)).per_minute(1500),
        policy: WaitPolicy::default().in_flight(rng.usize(1..4)),
        failures: if rng.bool() { 20 } else { 0 },
        files: if rng.u8(..4) == 0 { rng.usize(..2_000) } else { 0 },
        seed,
    };
    simulate(setting, async |scene, rooms| {
        scene.wire.lose(if rng.u8(..4) == 0 { rng.usize(1..3) } else { 0 });
        let mut kept: Vec<BoxFuture<'static, ()>> = Vec::new();
        let mut running = Vec::new();
        for rooms in rooms.chunks(ROOMS_EACH).take(rng.usize(2..=MOST_PROGRAMS)) {
            let (name, program): (&str, Program) = PROGRAMS[rng.usize(..PROGRAMS.len())];
            let work = program(scene.clone(), rooms.to_vec(), rng.fork());
            let mut work = Erratic { work, rng: rng.fork(), rest: None };
            if rng.u8(..5) == 0 {
                // A future that is polled for a while and then never again, but is not dropped.
                let _ = timeout(Duration::from_millis(rng.u64(1..2000)), &mut work).await;
                kept.push(Box::pin(work));
            } else {
                running.push(async move { timeout(DAY, work).await.unwrap_or_else(|_| panic!("`{name}` hangs")) });
            }
        }
        let programs = running.len() + kept.len();
        join_all(running).await;
        let requests = scene.wire.requests();
        assert!(requests < 400 * programs, "{requests} requests are too many");
    });
}

/// A future that is not always polled when it is woken, as in a program that is busy with other
/// work.
struct Erratic {
    work: BoxFuture<'static, ()>,
    rng: fastrand::Rng,
    rest: Option<Pin<Box<Sleep>>>,
}

impl Future for Erratic {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.rest.is_none() && self.rng.u8(..8) == 0 {
            self.rest = Some(Box::pin(sleep(Duration::from_millis(self.rng.u64(1..20_000)))));
        }
        if let Some(rest) = &mut self.rest {
            if rest.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.rest = None;
        }
        self.work.as_mut().poll(context)
    }
}
