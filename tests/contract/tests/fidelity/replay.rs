//! Plays every recording against the mock portal, whose answers must be as recorded.
//!
//! `REPLAY=rooms/list cargo test -p contract --test fidelity replay -- --nocapture` plays only the
//! recordings whose names begin with `rooms/list`.

use contract::recording;
use contract::replay::{self, Outcome, exceptions};

fn played() -> Vec<Outcome> {
    let only = std::env::var("REPLAY").unwrap_or_default();
    recording::all().iter().filter(|recording| recording.scenario.starts_with(&only)).map(replay::play).collect()
}

#[test]
fn the_mock_portal_answers_as_recorded() {
    let (exceptions, lines) = exceptions::all();
    assert!(lines <= exceptions::MOST_LINES, "replay-exceptions.yaml has {lines} lines");
    let outcomes = played();
    let mut failed = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.played > 0) {
        println!("{:<36} {:>4} steps, {:>4} equal", outcome.scenario, outcome.played, outcome.equal);
        for difference in &outcome.differences {
            let is_excepted =
                exceptions.iter().any(|one| one.scenario == outcome.scenario && one.step == difference.step);
            if !is_excepted {
                print!("{difference}");
                failed.push(format!("{} step {}", outcome.scenario, difference.step));
            }
        }
    }
    let (all, equal) = outcomes.iter().fold((0, 0), |(all, equal), one| (all + one.played, equal + one.equal));
    println!("{:<36} {all:>4} steps, {equal:>4} equal", "in total");
    assert!(failed.is_empty(), "{} steps differ: {}", failed.len(), failed.join(", "));
}

#[test]
fn every_exception_is_needed() {
    let (exceptions, _) = exceptions::all();
    for exception in exceptions {
        let outcome = replay::play(&recording::read(&exception.scenario));
        let is_needed = outcome.differences.iter().any(|difference| difference.step == exception.step);
        assert!(
            is_needed,
            "the answer to {} step {} is as recorded, so its exception can go: {}",
            exception.scenario, exception.step, exception.reason
        );
    }
}
