//! How long operations take on a portal, so that a wait polls when they end, not before and not
//! much later.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Backoff, WaitPolicy};

/// When to poll an operation first, learned from earlier operations of its type.
///
/// The time becomes shorter with each operation that had ended by the first poll, and longer with
/// each that had not. So it follows the portal in both directions, and stays close to the end of
/// most operations.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Learned>);

#[derive(Debug, Default)]
struct Learned {
    /// When the next operation is polled first.
    first: Option<Duration>,
    /// Whether a first poll came too early. Until then, the time becomes shorter in large steps.
    was_early: bool,
}

impl Pace {
    /// The pauses before the polls of a new operation.
    pub(crate) fn backoff(&self, policy: &WaitPolicy) -> Backoff {
        match self.learned().first {
            Some(first) if first < policy.longest_pause => Backoff::expecting(first, policy),
            _ => Backoff::new(policy),
        }
    }

    /// Learns from an operation. `first` is the pause before its first poll, by which it had ended
    /// or not.
    pub(crate) fn learn(&self, first: Duration, had_ended: bool) {
        let mut learned = self.learned();
        if had_ended {
            learned.first = Some(first.mul_f64(if learned.was_early { 0.98 } else { 0.9 }));
        } else {
            learned.was_early = true;
            learned.first = learned.first.max(Some(first.mul_f64(1.04)));
        }
    }

    fn learned(&self) -> MutexGuard<'_, Learned> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time that a wait for operations of this length takes, and the polls, as an average of
    /// the last half of a thousand.
    fn average(length: impl Fn(u32) -> Duration, policy: &WaitPolicy) -> (Duration, f64) {
        let pace = Pace::default();
        let (mut total, mut polls) = (Duration::ZERO, 0);
        for number in 0..1000 {
            let mut backoff = pace.backoff(policy);
            let first = backoff.pause();
            let (mut elapsed, mut count) = (first, 1);
            while elapsed < length(number) {
                elapsed += backoff.pause();
                count += 1;
            }
            pace.learn(first, count == 1);
            if number >= 500 {
                (total, polls) = (total + elapsed, polls + count);
            }
        }
        (total / 500, f64::from(polls) / 500.0)
    }

    #[test]
    fn operations_of_one_length_are_polled_when_they_end() {
        let policy = WaitPolicy::default();
        for milliseconds in [50, 130, 700, 2500] {
            let length = Duration::from_millis(milliseconds);
            let (time, polls) = average(|_| length, &policy);
            assert!(time < length.mul_f64(1.05), "{length:?}: {time:?}");
            assert!(polls < 2.0, "{length:?}: {polls} polls");
        }
    }

    #[test]
    fn operations_of_different_lengths_take_a_few_polls() {
        let mut random = fastrand::Rng::with_seed(7);
        let lengths: Vec<u64> = (0..1000).map(|_| random.u64(200..800)).collect();
        let mean = Duration::from_millis(lengths.iter().sum::<u64>() / 1000);
        let length = |number: u32| Duration::from_millis(lengths[number as usize]);
        let (time, polls) = average(length, &WaitPolicy::default());
        assert!(time < mean.mul_f64(1.4) && polls < 3.5, "{mean:?}: {time:?}, {polls} polls");
    }

    #[test]
    fn a_long_operation_among_short_ones_is_polled_less_and_less() {
        let policy = WaitPolicy::default();
        let mut backoff = Backoff::expecting(Duration::from_millis(130), &policy);
        let pauses: Vec<Duration> = (0..30).map(|_| backoff.pause()).collect();
        assert!(pauses[1..].is_sorted() && pauses[29] == policy.longest_pause, "{pauses:?}");
        assert!(pauses[..14].iter().sum::<Duration>() > Duration::from_secs(10), "{pauses:?}");
    }
}
